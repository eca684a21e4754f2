import { supervisedDraws } from '../draw.ts';
import type { Method } from '../method.ts';
import { graphKind, supervisedSteps } from '../steps.ts';
import { asLongAsRl, type StepsOptions, stepsOptions } from '../steps-of-rl.ts';

export const method: Method<StepsOptions> = {
  id: 'sft',
  label: 'SFT',
  about: 'trains on demonstrations: the target showing the new behaviour',
  source: 'supervised fine-tuning with the loss on answers alone, as in Ouyang et al. 2022 (arXiv 2203.02155)',
  file: import.meta.url,
  options: stepsOptions,
  skilled: true,
  needs: ['demonstrations'],
  knobs: ['batch', 'steps'],
  expected: 60,
  most: ({ steps }) => steps,
  ends: asLongAsRl,
  kind: (arm) => graphKind('language', arm),
  draws: (from) => supervisedDraws(from, 'demonstrations'),
  steps: supervisedSteps,
};
