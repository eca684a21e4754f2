import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { InvariantError } from '../../core/errors.ts';
import { decode } from '../../model/decode.ts';
import { logProbabilities } from '../../model/loss.ts';
import { layoutOf, unpack } from '../../model/parameters.ts';
import { type Arm, arm } from '../arm.ts';
import { rl } from '../arms.ts';
import type { CommonOptions } from '../common.ts';
import { rolloutDraws } from '../draw.ts';
import type { Method, StepsFor } from '../method.ts';
import type { Objective } from '../step.ts';
import { graphKind, objectiveSteps } from '../steps.ts';

interface RolloutOptions {
  /** At which the network of RL answers. */
  readonly temperature: number;
}

/** SFT on what RL of this skill, with as much rehearsal, answers at its end: RL's content without its steps. */
export const sftOnRollouts = ({
  skill,
  rehearsal = 0,
  ...options
}: { readonly skill: number; readonly rehearsal?: number } & Partial<RolloutOptions> & CommonOptions): Arm =>
  arm({ method: 'sft-rollouts', skill, rehearsal, options: { ...options } });

/**
 * -log p of each answer token in nats, the mean over B answers and their m positions. Inputs: prompts int32 [R, B, T], noise
 * [R, B, m] uniform in [0, 1), teacher [R, P], the networks that RL ended with, whose answers these are, at `temperature`.
 */
function objective({ architecture, world, options }: StepsFor<RolloutOptions>, R: number): Objective {
  const layout = layoutOf(architecture);
  const { batch: B } = world.setup.tuning;
  const { prompt, answer: m } = world.lengths;
  return {
    signature: {
      prompts: { shape: [R, B, prompt], dtype: 'int32' },
      noise: { shape: [R, B, m], dtype: 'float32' },
      teacher: { shape: [R, layout.size], dtype: 'float32' },
    },
    of: (inputs) => {
      const { prompts, noise } = inputs as unknown as Readonly<Record<'prompts' | 'noise', tf.Tensor3D>>;
      const teacher = unpack(layout, inputs['teacher'] as tf.Tensor2D);
      const answers = decode(architecture, teacher, prompts, m, { noise, temperature: options.temperature });
      const read = tf.concat([prompts, ...answers.slice(0, -1)], 2);
      const shown = tf.oneHot(tf.concat(answers, 2).reshape<tf.Tensor2D>([R, B * m]), architecture.vocabulary);
      return {
        loss: (matrices) => {
          const logp = logProbabilities(architecture, matrices, read, m);
          return logp
            .reshape([R, B * m, architecture.vocabulary])
            .mul(shown)
            .sum(-1)
            .sum<tf.Tensor1D>(1)
            .div<tf.Tensor1D>(-B * m);
        },
      };
    },
  };
}

export const method: Method<RolloutOptions> = {
  id: 'sft-rollouts',
  label: "SFT on RL's answers",
  about: 'trains on answers that the network which RL ended with gives, as on demonstrations',
  source:
    'distillation on sampled answers, Kim and Rush 2016 (arXiv 1606.07947, there by beam search), with the network after RL as the teacher and new answers at every step',
  file: import.meta.url,
  options: z.strictObject({ temperature: z.number().min(0.1).max(10).default(1) }),
  skilled: true,
  needs: ['rollouts'],
  knobs: ['batch', 'steps'],
  expected: 60,
  most: ({ steps }) => steps,
  ends: 'at its level',
  teacher: ({ skill, rehearsal }) => rl({ skill, rehearsal }),
  kind: (of, options) => graphKind('imitation', of, options),
  draws: (from) => rolloutDraws(from, () => ({}), from.world.setup.tuning.batch),
  steps: (of) => {
    const { teachers } = of;
    if (teachers === undefined)
      throw new InvariantError('SFT on answers of RL without the networks that RL ended with');
    return objectiveSteps(of, {
      name: 'imitation',
      of: [of.options, of.world.setup.tuning.batch],
      networks: { teacher: teachers },
      for: (replicates) => objective(of, replicates),
    });
  },
};
