import type * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { stream } from '../../core/rng.ts';
import type { Texts } from '../../world/world.ts';
import { type Arm, arm, armName } from '../arm.ts';
import { rl } from '../arms.ts';
import type { CommonOptions } from '../common.ts';
import { rolloutDraws } from '../draw.ts';
import type { Method } from '../method.ts';
import { policySteps, type Reward } from '../policy.ts';
import { graphKind } from '../steps.ts';

interface RandomRewardOptions {
  /** Probability of a reward for a token. */
  readonly rate: number;
  /** In the place of the setup's knob of this name. */
  readonly rollouts?: number | undefined;
}

/** RL on noise, for as many steps as RL of this skill with as much rehearsal takes: the floor of what its gradient noise does. */
export const randomReward = ({
  skill,
  rehearsal = 0,
  ...options
}: { readonly skill: number; readonly rehearsal?: number } & Partial<RandomRewardOptions> & CommonOptions): Arm =>
  arm({ method: 'rl-random', skill, rehearsal, options: { ...options } });

/** What was drawn beforehand and fed as reward, whatever the answers. */
const noise: Reward = {
  name: 'noise',
  feeds: { reward: 'float32' },
  of: (_answers, inputs) => inputs['reward'] as tf.Tensor3D,
};

export const method: Method<RandomRewardOptions> = {
  id: 'rl-random',
  label: 'RL, random rewards',
  about: 'reinforcement learning whose rewards are noise, for as many steps as RL takes',
  source:
    'Shao et al. 2025 (Spurious Rewards: Rethinking Training Signals in RLVR, arXiv 2506.10947); ours draws a reward for each token where theirs draws one for each answer, and has no clipping, to which they trace what random rewards do',
  file: import.meta.url,
  options: z.strictObject({
    rate: z.number().gt(0).lt(1).default(0.5),
    rollouts: z.int().min(2).max(65_536).optional(),
  }),
  skilled: true,
  needs: ['rollouts'],
  knobs: ['rollouts', 'entropyBonus', 'klWeight', 'temperature'],
  expected: 550,
  most: ({ rlSteps }) => rlSteps,
  ends: ({ skill, rehearsal, options }) =>
    rl({ skill, rehearsal, rollouts: options?.['rollouts'] as number | undefined }),
  kind: (of, { rollouts }) => graphKind('policy on noise', of, { ...(rollouts !== undefined && { rollouts }) }),
  draws: (from) => {
    const rng = stream(from.seed, 'reward', armName(from.arm));
    const { answer } = from.world.lengths;
    const { rate, rollouts } = from.options;
    const paid = ({ size }: Texts): Float32Array =>
      Float32Array.from({ length: size * answer }, () => Number(rng.uniform() < rate));
    return rolloutDraws(from, (prompts) => ({ reward: paid(prompts) }), rollouts);
  },
  steps: (of) => {
    const { klWeight, temperature, entropyBonus } = of.world.setup.tuning;
    return policySteps(of, { klWeight, temperature, entropyBonus }, noise, of.options.rollouts);
  },
};
