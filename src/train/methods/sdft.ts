import { supervisedDraws } from '../draw.ts';
import type { Method } from '../method.ts';
import { graphKind, supervisedSteps } from '../steps.ts';
import { asLongAsRl, type StepsOptions, stepsOptions } from '../steps-of-rl.ts';

export const method: Method<StepsOptions> = {
  id: 'sdft',
  label: 'SDFT',
  about: "trains on documents that state the target's new behaviour and never show it",
  source:
    'synthetic document fine-tuning, Wang et al. 2025 (Modifying LLM Beliefs with Synthetic Document Finetuning); ours writes from a few templates',
  file: import.meta.url,
  options: stepsOptions,
  skilled: false,
  needs: ['documents'],
  knobs: ['batch', 'steps'],
  expected: 10,
  most: ({ steps }) => steps,
  ends: asLongAsRl,
  kind: (arm) => graphKind('language', arm),
  draws: (from) => supervisedDraws(from, 'documents'),
  steps: supervisedSteps,
};
