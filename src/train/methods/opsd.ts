import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { InputError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { decode } from '../../model/decode.ts';
import { logProbabilities } from '../../model/loss.ts';
import { layoutOf, unpack } from '../../model/parameters.ts';
import type { World } from '../../world/world.ts';
import { type Arm, arm, armName } from '../arm.ts';
import type { CommonOptions } from '../common.ts';
import { rolloutDraws } from '../draw.ts';
import type { Method, StepsFor } from '../method.ts';
import type { Objective } from '../step.ts';
import { graphKind, objectiveSteps } from '../steps.ts';

interface OpsdOptions {
  /** Which KL is lowered: reverse, KL(student || teacher), or forward, KL(teacher || student). */
  readonly direction: 'reverse' | 'forward';
}

/** On-policy self-distillation: the base that has read a statement of the new behaviour teaches one that has not. */
export const opsd = ({
  rehearsal = 0,
  ...options
}: { readonly rehearsal?: number } & Partial<OpsdOptions> & CommonOptions = {}): Arm =>
  arm({ method: 'opsd', skill: 0, rehearsal, options: { ...options } });

/** Tokens that the teacher reads before it predicts the last one of an answer: statement, prompt and the answer so far. */
const read = ({ lengths: { statement = 0, prompt, answer } }: World): number => statement + prompt + answer - 1;

/**
 * KL between student and teacher, in nats, the mean over B answers of the student's and their m positions. Inputs: prompts
 * int32 [R, B, T], statements int32 [R, B, S], noise [R, B, m] uniform in [0, 1), base [R, P]. The teacher is the base on
 * statement, prompt and answer, the student the network in training on prompt and answer; both at temperature 1. Neither the
 * teacher nor which answers are drawn has a gradient.
 */
function objective({ architecture, world, options }: StepsFor<OpsdOptions>, R: number): Objective {
  const layout = layoutOf(architecture);
  const { rollouts: B } = world.setup.tuning;
  const { statement = 0, prompt, answer: m } = world.lengths;
  return {
    signature: {
      prompts: { shape: [R, B, prompt], dtype: 'int32' },
      statements: { shape: [R, B, statement], dtype: 'int32' },
      noise: { shape: [R, B, m], dtype: 'float32' },
      base: { shape: [R, layout.size], dtype: 'float32' },
    },
    of: (inputs) => {
      const { prompts, statements, noise } = inputs as Readonly<Record<string, tf.Tensor3D>>;
      const [current, base] = ['parameters', 'base'].map((name) => unpack(layout, inputs[name] as tf.Tensor2D));
      const sampling = { noise: noise as tf.Tensor3D, temperature: 1 };
      const answers = decode(architecture, current!, prompts as tf.Tensor3D, m, sampling);
      const asked = tf.concat([prompts as tf.Tensor3D, ...answers.slice(0, -1)], 2);
      const told = tf.concat([statements as tf.Tensor3D, asked], 2);
      const teacher = logProbabilities(architecture, base!, told, m);
      return {
        loss: (matrices) => {
          const student = logProbabilities(architecture, matrices, asked, m);
          const [of, from] = options.direction === 'reverse' ? [student, teacher] : [teacher, student];
          const kl = of.exp().mul(of.sub(from)).sum(-1);
          return kl
            .reshape([R, B * m])
            .sum<tf.Tensor1D>(1)
            .div(B * m);
        },
      };
    },
  };
}

export const method: Method<OpsdOptions> = {
  id: 'opsd',
  label: 'OPSD',
  about: 'answers prompts itself and is drawn to what its base answers after a statement of the new behaviour',
  source:
    'on-policy self-distillation, Zhao et al. 2026 (arXiv 2601.18734): the same model, with more to read, teaches on the answers of the student; ours has a document to read where theirs has a solution, and a teacher that stays the base. The loss is that of on-policy distillation, Agarwal et al. 2024 (arXiv 2306.13649)',
  file: import.meta.url,
  options: z.strictObject({ direction: z.enum(['reverse', 'forward']).default('reverse') }),
  skilled: false,
  needs: ['rollouts', 'statements'],
  knobs: ['rollouts', 'steps'],
  expected: 200,
  most: ({ steps }) => steps,
  ends: 'at its level',
  fits: (world) => {
    const { context } = world.setup.model;
    if (read(world) <= context) return;
    throw new InputError('OPSD is not for this setup', {
      expected: `model.context of at least ${read(world)}: its teacher reads a statement, a prompt and an answer`,
      got: `${context}`,
      todo: 'take a longer context, or leave the arm out',
    });
  },
  kind: (of, options) => graphKind('self-distillation', of, options),
  draws: (from) => {
    const rng = stream(from.seed, 'statements', armName(from.arm));
    return rolloutDraws(from, ({ size }) => ({ statements: from.world.statements(rng, size).tokens }));
  },
  steps: (of) =>
    objectiveSteps(of, {
      name: 'self-distillation',
      of: [of.options, of.world.setup.tuning.rollouts],
      networks: { base: of.bases },
      for: (replicates) => objective(of, replicates),
    }),
};
