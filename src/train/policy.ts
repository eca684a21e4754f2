import * as tf from '@tensorflow/tfjs';
import type { Spec, Tensors } from '../engine/engine.ts';
import { decode } from '../model/decode.ts';
import { type PolicyOptions, policyLoss } from '../model/loss.ts';
import { type Architecture, layoutOf, unpack } from '../model/parameters.ts';
import type { StepOn, StepsFor } from './method.ts';
import type { Objective } from './step.ts';
import { type FedObjective, objectiveSteps } from './steps.ts';

/** What a policy is paid for its answers. */
export interface Reward {
  /** Part of the key of a program: equal names must mean equal functions. */
  readonly name: string;
  /** What it is fed, each [B, m] for a replicate, by name. */
  readonly feeds: Readonly<Record<string, Spec['dtype']>>;
  /** Pay [R, B, m] of answers int32 [R, B, m], of what is fed, each [R, B, m]. */
  of(answers: tf.Tensor3D, inputs: Tensors): tf.Tensor3D;
}

/** Sizes of the rollouts of R networks. */
export interface RolloutShape {
  readonly replicates: number;
  /** B */
  readonly rollouts: number;
  /** Tokens of a prompt, T, and of an answer, m. */
  readonly prompt: number;
  readonly answer: number;
}

/**
 * Reinforcement learning, rollouts included. Draws an answer to every prompt from the current parameters, pays for each token,
 * and follows the policy gradient with the batch mean of each position as the baseline.
 * Inputs: prompts int32 [R, B, T], noise [R, B, m] uniform in [0, 1), what the reward is fed, and base [R, P] where KL has a
 * weight. Extra output: reward [R], the mean over rollouts and positions.
 */
export function policyObjective(
  architecture: Architecture,
  policy: PolicyOptions,
  reward: Reward,
  { replicates: R, rollouts: B, prompt, answer }: RolloutShape,
): Objective {
  const layout = layoutOf(architecture);
  const fed = Object.entries(reward.feeds).map(([name, dtype]) => [name, { shape: [R, B, answer], dtype }]);
  return {
    signature: {
      prompts: { shape: [R, B, prompt], dtype: 'int32' },
      noise: { shape: [R, B, answer], dtype: 'float32' },
      ...(Object.fromEntries(fed) as Readonly<Record<string, Spec>>),
      ...(policy.klWeight > 0 && { base: { shape: [R, layout.size], dtype: 'float32' } as const }),
    },
    of: (inputs) => {
      const prompts = inputs['prompts'] as tf.Tensor3D;
      const current = unpack(layout, inputs['parameters'] as tf.Tensor2D);
      const answers = decode(architecture, current, prompts, answer, {
        noise: inputs['noise'] as tf.Tensor3D,
        temperature: policy.temperature,
      });
      const paid = reward.of(tf.concat(answers, 2), inputs);
      const advantage = paid.sub<tf.Tensor3D>(paid.mean(1, true));
      const from = inputs['base'] as tf.Tensor2D | undefined;
      const base = from && unpack(layout, from);
      const rollouts = { prompts, answers, advantage, ...(base && { base }) };
      return {
        loss: (matrices) => policyLoss(architecture, matrices, rollouts, policy),
        outputs: { reward: paid.mean([1, 2]) },
      };
    },
  };
}

/** Steps of reinforcement learning on `rolloutDraws` of so many, whose policy is made by these options and paid by this reward. */
export function policySteps(
  of: StepsFor,
  policy: PolicyOptions,
  reward: Reward,
  rollouts = of.world.setup.tuning.rollouts,
): StepOn {
  const shape = { rollouts, ...of.world.lengths };
  const fed: FedObjective = {
    name: 'policy',
    of: [policy, reward.name, rollouts],
    ...(policy.klWeight > 0 && { networks: { base: of.bases } }),
    for: (replicates) => policyObjective(of.architecture, policy, reward, { replicates, ...shape }),
  };
  return objectiveSteps(of, fed);
}
