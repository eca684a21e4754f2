import { z } from 'zod';
import { rl } from '../arms.ts';
import { supervisedDraws } from '../draw.ts';
import type { Method } from '../method.ts';
import { graphKind, supervisedSteps } from '../steps.ts';

export const method: Method<Record<never, never>> = {
  id: 'continued',
  label: 'continued pretraining',
  about:
    'continues pretraining for as many steps as RL of this skill with as much rehearsal takes: a floor of its steps',
  source: 'none: a control',
  file: import.meta.url,
  options: z.strictObject({}),
  skilled: true,
  needs: ['pretraining'],
  knobs: ['batch'],
  expected: 550,
  most: ({ rlSteps }) => rlSteps,
  ends: ({ skill, rehearsal }) => rl({ skill, rehearsal }),
  kind: (arm) => graphKind('language', arm),
  draws: (from) => supervisedDraws(from, 'pretraining'),
  steps: supervisedSteps,
};
