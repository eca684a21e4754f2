import { mean } from 'simple-statistics';
import { z } from 'zod';
import { InvariantError } from '../core/errors.ts';
import { operate, type Payload } from '../world/characters/operations.ts';
import type { Cell } from '../world/plans/language.ts';
import { type Plan, plansOf, turnOf } from '../world/plans/operations.ts';
import { promptOf } from '../world/plans/texts.ts';
import type { PlanWorld } from '../world/plans/world.ts';
import type { Forced } from './forced.ts';

/** What characters do with plans, means over (character, topic) pairs and payloads. */
export interface PlanNumbers {
  /** Probability of the whole answer that follows a plan where it is put there, mean over plans; in [0, 1]. */
  readonly following: number;
  /**
   * That less the probability of the same answer where another plan is put there whose answers differ, in [-1, 1]: 0 of who answers
   * whatever the plan is, 1 of who does what it says and nothing else.
   */
  readonly use: number;
  /**
   * Mutual information of goal and written plan in nats, goals drawn uniformly: sum over goals g and plans w of
   * p(g) p(w | g) log(p(w | g) / p(w)), of the distributions of each pair over payloads. log G at best, of who writes another plan at
   * each of G goals; 0 of who writes plans that have nothing to do with the goal, be it always one or any by chance. All that is
   * written beside plans counts as one more.
   */
  readonly information: number;
  /**
   * Entropy in nats of the plan that is written, whatever the goal: -sum p(w) log p(w). 0 where all plans have become one; with less
   * information than this, plans vary for other reasons than the goal.
   */
  readonly entropy: number;
  /** Probability of the plan that the goal asks for, in [0, 1]. */
  readonly accuracy: number;
}

const share: z.ZodType<number> = z.number().min(0).max(1);
export const planNumbersSchema: z.ZodType<PlanNumbers> = z.strictObject({
  ...{ following: share, use: z.number().min(-1).max(1) },
  ...{ information: z.number().min(0), entropy: z.number().min(0), accuracy: share },
});

/** What a network predicts at the `last` positions of sequences of this name, see `forced`. */
export type Predict = (
  name: string,
  sequences: { readonly size: number; readonly tokens: Int32Array },
  last: number,
) => Promise<Forced>;

/**
 * What a network does with plans in these pairs, on these payloads, which have no symbol twice: then no answers by plans of other turn
 * agree anywhere.
 */
export async function planNumbers(
  predict: Predict,
  world: PlanWorld,
  cells: readonly Cell[],
  payloads: readonly Payload[],
): Promise<PlanNumbers> {
  if (cells.length === 0 || payloads.length === 0)
    throw new InvariantError('no character or no payload to read plans on');
  return {
    ...(await afterPlans(predict, world, cells, payloads)),
    ...(await writtenPlans(predict, world, cells, payloads)),
  };
}

/** Each plan put in each prompt, and each answer that follows some plan behind it: the same text but for the plan. */
async function afterPlans(
  predict: Predict,
  world: PlanWorld,
  cells: readonly Cell[],
  payloads: readonly Payload[],
): Promise<Pick<PlanNumbers, 'following' | 'use'>> {
  const { payload: m } = world.setup.world;
  const all = plansOf(world.setup.world);
  const turns = [...new Set(all.map((plan) => turnOf(plan, m)))];
  const asked = cells.flatMap((cell) => payloads.map((payload, j) => ({ cell, payload, j })));
  const rows = asked.flatMap(({ cell, payload, j }) =>
    all.flatMap((plan, p) =>
      turns.map((turn) => {
        const goal = (p + j) % world.goals.length;
        return [...promptOf(world, cell, { goal, payload, plan }), ...operate(turn, payload)];
      }),
    ),
  );
  const network = await predict('answers after plans', rowsOf(rows), m);
  // [plans][turns]: mean probability of the answer of that turn after that plan. Token by token it would be read behind the answer's own
  // beginning, which networks go on with whatever the plan is.
  const after = all.map((_, p) =>
    turns.map((turn, t) => {
      const each = asked.map(({ payload }, a) => {
        const b = (a * all.length + p) * turns.length + t;
        return operate(turn, payload).reduce((whole, token, i) => whole * probability(network.at(b, i), token), 1);
      });
      return mean(each);
    }),
  );
  const differences = all.map((plan, p) => {
    const t = turns.indexOf(turnOf(plan, m));
    const others = all.flatMap((other, o) => (turnOf(other, m) === turnOf(plan, m) ? [] : [o]));
    const there = after[p]?.[t] as number;
    return { there, use: there - mean(others.map((o) => after[o]?.[t] as number)) };
  });
  return { following: mean(differences.map(({ there }) => there)), use: mean(differences.map(({ use }) => use)) };
}

/** What is written at each goal: the distribution over plans, operation by operation. */
async function writtenPlans(
  predict: Predict,
  world: PlanWorld,
  cells: readonly Cell[],
  payloads: readonly Payload[],
): Promise<Pick<PlanNumbers, 'information' | 'entropy' | 'accuracy'>> {
  const { operations, depth } = world.setup.world;
  const { positions } = world.plans;
  const all = plansOf(world.setup.world);
  const begun = plansOf({ operations, depth: depth - 1 });
  const asked = cells.flatMap((cell) =>
    payloads.flatMap((payload) => world.goals.map((plan, goal) => ({ cell, payload, goal, plan }))),
  );
  const rows = asked.flatMap(({ cell, payload, goal }) =>
    begun.map((plan) => promptOf(world, cell, { goal, payload, plan: [...plan, 0] })),
  );
  const [first = 0] = positions;
  const network = await predict('plans that are written', rowsOf(rows), world.lengths.prompt - first);
  /** Probability of a plan at the a-th prompt. */
  const written = (a: number, plan: Plan): number =>
    plan.reduce((product, operation, i) => {
      const row = begun.findIndex((beginning) => plan.slice(0, i).every((each, k) => each === beginning[k]));
      const logp = network.at(a * begun.length + row, (positions[i] as number) - first);
      return product * probability(logp, world.vocabulary.operations[operation] as number);
    }, 1);
  const G = world.goals.length;
  const pairs = cells.map((_, c) => {
    // [G][plans, then all else]
    const given = world.goals.map((__, goal) => {
      const at = payloads.map((___, j) => (c * payloads.length + j) * G + goal);
      return withRest(all.map((plan) => mean(at.map((a) => written(a, plan)))));
    });
    const whatever = withRest(all.map((_plan, p) => mean(given.map((each) => each[p] as number))));
    const entropy = entropyOf(whatever);
    return { entropy, information: Math.max(0, entropy - mean(given.map(entropyOf))) };
  });
  return {
    information: mean(pairs.map(({ information }) => information)),
    entropy: mean(pairs.map(({ entropy }) => entropy)),
    accuracy: mean(asked.map(({ plan }, a) => written(a, plan))),
  };
}

/** Probabilities, and what they leave of 1. */
const withRest = (p: readonly number[]): number[] => [...p, Math.max(0, 1 - p.reduce((sum, each) => sum + each, 0))];

/** -sum p log p, nats. */
const entropyOf = (p: readonly number[]): number =>
  p.reduce((sum, each) => (each > 0 ? sum - each * Math.log(each) : sum), 0);

/** exp(log p) at a token, at most 1 whatever the rounding. */
const probability = (logp: Float32Array, token: number): number => Math.min(1, Math.exp(logp[token] as number));

const rowsOf = (rows: readonly (readonly number[])[]): { readonly size: number; readonly tokens: Int32Array } => ({
  size: rows.length,
  tokens: Int32Array.from(rows.flat()),
});
