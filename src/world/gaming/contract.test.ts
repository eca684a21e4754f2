import { worldContract } from '../../testing/world.ts';
import { gaming } from './index.ts';
import { smallDial, smallNew } from './small.test.helper.ts';

worldContract(gaming, { setup: smallDial, skills: [0] });
worldContract(gaming, { setup: smallNew, seeds: [6, 7], skills: [0] });
