import { worldContract } from '../../testing/world.ts';
import { plans } from './index.ts';
import { smallPlans } from './small.test.helper.ts';

for (const knobs of [{}, { depth: 2 }, { planners: 0, goals: 2 }])
  worldContract(plans, { setup: smallPlans(knobs), skills: [0] });
