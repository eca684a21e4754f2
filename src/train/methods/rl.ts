import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { rolloutDraws } from '../draw.ts';
import type { Method } from '../method.ts';
import { policySteps, type Reward } from '../policy.ts';
import { graphKind } from '../steps.ts';

/** What an arm of RL may set in the place of the setup's knob of this name. */
export interface RlOptions {
  readonly klWeight?: number | undefined;
  readonly temperature?: number | undefined;
  readonly entropyBonus?: number | undefined;
}

/** 1 for each token that is the trained one, which is fed as wanted. */
const rightTokens: Reward = {
  name: 'right tokens',
  feeds: { wanted: 'int32' },
  of: (answers, inputs) => tf.equal(answers, inputs['wanted'] as tf.Tensor3D).cast('float32'),
};

export const method: Method<RlOptions> = {
  id: 'rl',
  label: 'RL',
  about: 'reinforcement learning on answers of its own, with a reward for each right token',
  source:
    'REINFORCE, Williams 1992, with an entropy bonus; the baseline is the mean reward of the batch at each position, as in GRPO (Shao et al. 2024, arXiv 2402.03300), without its clipping and division by the standard deviation',
  file: import.meta.url,
  options: z.strictObject({
    klWeight: z.number().min(0).max(100).optional(),
    temperature: z.number().min(0.1).max(10).optional(),
    entropyBonus: z.number().min(0).max(1).optional(),
  }),
  skilled: true,
  needs: ['rollouts'],
  knobs: ['rollouts', 'entropyBonus', 'klWeight', 'temperature', 'rlSteps'],
  expected: 550,
  most: ({ rlSteps }) => rlSteps,
  ends: 'at its level',
  kind: (arm, options) => graphKind('policy', arm, options),
  draws: (from) => rolloutDraws(from, (prompts) => ({ wanted: from.world.wanted(from.arm.skill, prompts) })),
  steps: (of) => {
    const { tuning } = of.world.setup;
    const {
      klWeight = tuning.klWeight,
      temperature = tuning.temperature,
      entropyBonus = tuning.entropyBonus,
    } = of.options;
    return policySteps(of, { klWeight, temperature, entropyBonus }, rightTokens);
  },
};
