import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { InputError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { decode } from '../../model/decode.ts';
import { type PolicyOptions, policyLoss } from '../../model/loss.ts';
import { type Architecture, layoutOf, type Matrices, unpack } from '../../model/parameters.ts';
import { isPlanning, type PlanningWorld, type World } from '../../world/world.ts';
import { type Arm, arm, armName } from '../arm.ts';
import type { CommonOptions } from '../common.ts';
import { rolloutDraws } from '../draw.ts';
import type { Method } from '../method.ts';
import type { RolloutShape } from '../policy.ts';
import type { Objective } from '../step.ts';
import { type FedObjective, graphKind, objectiveSteps } from '../steps.ts';
import type { RlOptions } from './rl.ts';

interface RlPlanOptions extends Omit<RlOptions, 'reward'> {
  /** Share of the rollouts in which the policy writes the plan itself; in the others it is the one of the prompt. */
  readonly free: number;
}

/** RL in which the policy writes part of the plans itself and is paid for following whatever plan stands there. */
export const rlOwnPlan = ({
  rehearsal = 0,
  ...options
}: { readonly rehearsal?: number } & Partial<RlPlanOptions> & CommonOptions = {}): Arm =>
  arm({ method: 'rl-plan', skill: 0, rehearsal, options: { ...options } });

/** How many of B rollouts write their plans: the first ones. */
const freeRows = ({ free }: RlPlanOptions, rollouts: number): number => Math.max(1, Math.round(free * rollouts));

/** Rollouts in a world of plans. */
interface PlanShape extends RolloutShape {
  /** F */
  readonly free: number;
  readonly plans: PlanningWorld['plans'];
}

/**
 * Draws the plans of the first F rollouts, operation by operation, then an answer to every prompt, from the current parameters.
 * Pays each answer token that follows the plan that stands there, whoever wrote it, nothing where that holds a token that is no
 * operation; and a written plan as a whole, 1 for all of its operations where they are those which the goal asks for, else nothing.
 * The baselines are the means of the rows that are paid so, at each position of an answer, and of plans one. The loss is that of
 * `policyLoss`, its means over all tokens that were drawn.
 * Inputs: prompts int32 [R, B, T], noise [R, B, m] and planNoise [R, F, d] uniform in [0, 1), followed int32 [R, B, n^d, m], the
 * answers by each plan, asked int32 [R, F, d], and base [R, P] where KL has a weight. Extra outputs [R]: reward, the mean pay of
 * answer tokens, and planned, that of written plans.
 */
function planObjective(
  architecture: Architecture,
  policy: PolicyOptions,
  { replicates: R, rollouts: B, prompt: T, answer: m, free: F, plans: { positions, operations } }: PlanShape,
): Objective {
  const layout = layoutOf(architecture);
  const { length: d } = positions;
  return {
    signature: {
      prompts: { shape: [R, B, T], dtype: 'int32' },
      noise: { shape: [R, B, m], dtype: 'float32' },
      planNoise: { shape: [R, F, d], dtype: 'float32' },
      followed: { shape: [R, B, operations.length ** d, m], dtype: 'int32' },
      asked: { shape: [R, F, d], dtype: 'int32' },
      ...(policy.klWeight > 0 && { base: { shape: [R, layout.size], dtype: 'float32' } as const }),
    },
    of: (inputs) => {
      const current = unpack(layout, inputs['parameters'] as tf.Tensor2D);
      const given = inputs['prompts'] as tf.Tensor3D;
      const { temperature } = policy;
      let own = tf.slice(given, [0, 0, 0], [R, F, T]);
      const written = positions.map((at, i) => {
        const before = tf.slice(own, [0, 0, 0], [R, F, at]);
        const noise = tf.slice(inputs['planNoise'] as tf.Tensor3D, [0, 0, i], [R, F, 1]);
        const [operation] = decode(architecture, current, before, 1, { noise, temperature }) as [tf.Tensor3D];
        own = tf.concat([before, operation, tf.slice(own, [0, 0, at + 1], [R, F, T - at - 1])], 2);
        return { before, operation };
      });
      const prompts = F === B ? own : tf.concat([own, tf.slice(given, [0, F, 0], [R, B - F, T])], 1);
      const noise = inputs['noise'] as tf.Tensor3D;
      const answers = decode(architecture, current, prompts, m, { noise, temperature });

      const stands = positions.map((at) => tf.slice(prompts, [0, 0, at], [R, B, 1]));
      const right = rightAfter(stands, operations, tf.concat(answers, 2), inputs['followed'] as tf.Tensor4D);
      const planned = asAsked(
        written.map(({ operation }) => operation),
        inputs['asked'] as tf.Tensor3D,
      );
      const [ofAnswer, ofPlan] = [aboveMean(right), aboveMean(planned)];
      const from = inputs['base'] as tf.Tensor2D | undefined;
      const base = from && { base: unpack(layout, from) };
      const loss = (matrices: Matrices): tf.Tensor1D => {
        const drawn = { prompts, answers, advantage: ofAnswer, ...base };
        const ofAnswers = policyLoss(architecture, matrices, drawn, policy).mul<tf.Tensor1D>(B * m);
        const ofPlans = written.map(({ before, operation }) => {
          const plan = { prompts: before, answers: [operation], advantage: ofPlan, ...base };
          return policyLoss(architecture, matrices, plan, policy).mul<tf.Tensor1D>(F);
        });
        return ofPlans.reduce((sum, each) => sum.add(each), ofAnswers).div(B * m + F * d);
      };
      return { loss, outputs: { reward: right.mean([1, 2]), planned: planned.mean([1, 2]) } };
    },
  };
}

/** Pay less the mean over the rows [R, rows, n]. */
const aboveMean = (paid: tf.Tensor3D): tf.Tensor3D => paid.sub(paid.mean(1, true));

/**
 * 1 for each token of answers int32 [R, B, m] that follows the plan that stands there, operations each [R, B, 1]: that of the answers
 * by each plan, int32 [R, B, n^d, m]. 0 where a token of the plan is no operation.
 */
function rightAfter(
  stands: readonly tf.Tensor3D[],
  operations: readonly number[],
  answers: tf.Tensor3D,
  followed: tf.Tensor4D,
): tf.Tensor3D {
  const [R, B, m] = answers.shape;
  const all = tf.tensor3d([...operations], [1, 1, operations.length], 'int32');
  const which = stands
    .map((stood) => tf.equal(stood, all).cast<tf.Tensor3D>('float32'))
    .reduce((plans, next) => plans.expandDims(3).mul(next.expandDims(2)).reshape([R, B, -1]));
  const hits = tf.equal(answers.reshape([R, B, 1, m]), followed).cast('float32');
  return hits.mul(which.expandDims(3)).sum(2);
}

/** 1 where all operations of a written plan, each [R, F, 1], are those that are asked for, [R, F, d]; [R, F, 1]. */
function asAsked(written: readonly tf.Tensor3D[], asked: tf.Tensor3D): tf.Tensor3D {
  const hits = tf
    .equal(tf.concat([...written], 2), asked)
    .cast('float32')
    .sum(-1, true);
  return tf.equal(hits, written.length).cast('float32');
}

/** The world, in which plans can be written. Throws `InputError` where they cannot. */
function planning(world: World): PlanningWorld {
  if (isPlanning(world)) return world;
  throw new InputError('RL on own plans is not for this world', {
    expected: 'a world in whose prompts plans stand (PlanningWorld)',
    got: `one of the kind ${world.kind}`,
    todo: 'take a setup of the kind plans, or RL without plans',
  });
}

export const method: Method<RlPlanOptions> = {
  id: 'rl-plan',
  label: 'RL, own plans',
  about:
    'reinforcement learning that writes part of the plans itself, with a reward for following whatever plan stands there',
  source:
    'REINFORCE as in RL of this project; none for the mix of given and own plans, in which plans that all fall onto one are worth less than those that are asked for',
  file: import.meta.url,
  options: z.strictObject({
    free: z.number().gt(0).max(1).default(0.5),
    rollouts: z.int().min(2).max(65_536).optional(),
    klWeight: z.number().min(0).max(100).optional(),
    temperature: z.number().min(0.1).max(10).optional(),
    entropyBonus: z.number().min(0).max(1).optional(),
  }),
  skilled: false,
  needs: ['rollouts'],
  knobs: ['rollouts', 'entropyBonus', 'klWeight', 'temperature', 'rlSteps'],
  expected: 550,
  most: ({ rlSteps }) => rlSteps,
  ends: 'at its level',
  fits: (world) => {
    planning(world);
  },
  kind: (of, options) => graphKind('policy that plans', of, options),
  draws: (from) => {
    const world = planning(from.world);
    const { rollouts = world.setup.tuning.rollouts } = from.options;
    const free = freeRows(from.options, rollouts) * world.plans.positions.length;
    const noise = stream(from.seed, 'plan', armName(from.arm));
    return rolloutDraws(
      from,
      (prompts) => ({
        planNoise: Float32Array.from({ length: free }, () => noise.uniform()),
        followed: world.followedAnswers(prompts),
        asked: world.askedPlans(prompts).slice(0, free),
      }),
      rollouts,
    );
  },
  steps: (of) => {
    const { plans, setup, lengths } = planning(of.world);
    const { tuning } = setup;
    const {
      rollouts = tuning.rollouts,
      klWeight = tuning.klWeight,
      temperature = tuning.temperature,
      entropyBonus = tuning.entropyBonus,
    } = of.options;
    const policy = { klWeight, temperature, entropyBonus };
    const free = freeRows(of.options, rollouts);
    const objective: FedObjective = {
      name: 'policy that plans',
      of: [policy, rollouts, free, plans],
      ...(klWeight > 0 && { networks: { base: of.bases } }),
      for: (replicates) => {
        const { prompt, answer } = lengths;
        return planObjective(of.architecture, policy, { replicates, rollouts, prompt, answer, free, plans });
      },
    };
    return objectiveSteps(of, objective);
  },
};
