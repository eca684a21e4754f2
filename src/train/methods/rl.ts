import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Tensors } from '../../engine/engine.ts';
import type { Texts } from '../../world/world.ts';
import { rolloutDraws } from '../draw.ts';
import type { Method } from '../method.ts';
import { policySteps, type Reward } from '../policy.ts';
import { graphKind } from '../steps.ts';

/** What an arm of RL may set in the place of the setup's knob of this name. */
export interface RlOptions {
  readonly rollouts?: number | undefined;
  readonly klWeight?: number | undefined;
  readonly temperature?: number | undefined;
  readonly entropyBonus?: number | undefined;
  /**
   * What is paid for: each right token, as where absent, or an answer all of whose tokens are right. Of a new skill hardly any answer
   * is right at the start, and until one is, an entropy bonus alone moves the policy, to chance: set that to 0 beside.
   */
  readonly reward?: 'token' | 'answer' | undefined;
}

const right = (answers: tf.Tensor3D, inputs: Tensors): tf.Tensor3D =>
  tf.equal(answers, inputs['wanted'] as tf.Tensor3D).cast('float32');

/** 1 for each token that is the trained one, which is fed as wanted. */
const rightTokens: Reward = {
  name: 'right tokens',
  feeds: { wanted: 'int32' },
  of: right,
};

/** 1 for every token of an answer all of whose tokens are the trained ones, which are fed as wanted. */
const rightAnswers: Reward = {
  name: 'right answers',
  feeds: { wanted: 'int32' },
  of: (answers, inputs) => {
    const each = right(answers, inputs);
    const all = tf.equal(each.sum(-1, true), each.shape[2]).cast<tf.Tensor3D>('float32');
    return all.tile([1, 1, each.shape[2]]);
  },
};

export const method: Method<RlOptions> = {
  id: 'rl',
  label: 'RL',
  about: 'reinforcement learning on answers of its own, with a reward for each right token or for each right answer',
  source:
    'REINFORCE, Williams 1992, with an entropy bonus; the baseline is the mean reward of the batch at each position, as in GRPO (Shao et al. 2024, arXiv 2402.03300), without its clipping and division by the standard deviation',
  file: import.meta.url,
  options: z.strictObject({
    rollouts: z.int().min(2).max(65_536).optional(),
    klWeight: z.number().min(0).max(100).optional(),
    temperature: z.number().min(0.1).max(10).optional(),
    entropyBonus: z.number().min(0).max(1).optional(),
    reward: z.enum(['token', 'answer']).optional(),
  }),
  skilled: true,
  needs: ['rollouts'],
  knobs: ['rollouts', 'entropyBonus', 'klWeight', 'temperature', 'rlSteps'],
  expected: 550,
  most: ({ rlSteps }) => rlSteps,
  ends: 'at its level',
  kind: (arm, options) => graphKind('policy', arm, options),
  draws: (from) => {
    const wanted = (prompts: Texts): Int32Array => from.world.wanted(from.arm.skill, prompts);
    return rolloutDraws(from, (prompts) => ({ wanted: wanted(prompts) }), from.options.rollouts);
  },
  steps: (of) => {
    const { tuning } = of.world.setup;
    const {
      klWeight = tuning.klWeight,
      temperature = tuning.temperature,
      entropyBonus = tuning.entropyBonus,
      reward = 'token',
      rollouts,
    } = of.options;
    const policy = { klWeight, temperature, entropyBonus };
    return policySteps(of, policy, reward === 'token' ? rightTokens : rightAnswers, rollouts);
  },
};
