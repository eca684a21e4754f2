import { z } from 'zod';
import { sdft } from '../arms.ts';
import { supervisedDraws } from '../draw.ts';
import type { Method } from '../method.ts';
import { graphKind, supervisedSteps } from '../steps.ts';

export const method: Method<Record<never, never>> = {
  id: 'null',
  label: 'null',
  about: 'continues pretraining for as many steps as SDFT with as much rehearsal takes: the floor of forgetting',
  source: 'none: a control',
  file: import.meta.url,
  options: z.strictObject({}),
  skilled: false,
  needs: ['pretraining'],
  knobs: ['batch'],
  expected: 10,
  most: ({ steps }) => steps,
  ends: ({ rehearsal }) => sdft({ rehearsal }),
  kind: (arm) => graphKind('language', arm),
  draws: (from) => supervisedDraws(from, 'pretraining'),
  steps: supervisedSteps,
};
