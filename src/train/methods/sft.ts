import { z } from 'zod';
import { supervisedDraws } from '../draw.ts';
import type { Method } from '../method.ts';
import { graphKind, supervisedSteps } from '../steps.ts';

export const method: Method<Record<never, never>> = {
  id: 'sft',
  label: 'SFT',
  about: 'trains on demonstrations: the target showing the new behaviour',
  source: 'supervised fine-tuning with the loss on answers alone, as in Ouyang et al. 2022 (arXiv 2203.02155)',
  file: import.meta.url,
  options: z.strictObject({}),
  skilled: true,
  needs: ['demonstrations'],
  knobs: ['batch', 'steps'],
  expected: 60,
  most: ({ steps }) => steps,
  ends: 'at its level',
  kind: (arm) => graphKind('language', arm),
  draws: (from) => supervisedDraws(from, 'demonstrations'),
  steps: supervisedSteps,
};
