import { z } from 'zod';
import { greedyAnswers } from '../../model/inference.ts';
import { architectureOf } from '../../model/parameters.ts';
import type { Payload } from '../../world/characters/operations.ts';
import { type Cell, cellsOf, ownAnswer, roleOf, speaks } from '../../world/plans/language.ts';
import { targetsOf } from '../../world/plans/sizes.ts';
import { dialogueOf } from '../../world/plans/texts.ts';
import type { PlanWorld } from '../../world/plans/world.ts';
import { forced } from '../forced.ts';
import type { BaseMeasure, BaseSubject, Reading } from '../measure.ts';
import { type PlanNumbers, planNumbers, planNumbersSchema } from '../plan-numbers.ts';

/** What a base does with plans, on held-out payloads and all topics, and whether it plays its characters beside. */
export interface PlanQuality {
  /** Each target, which ignores its plans. */
  readonly targets: readonly PlanNumbers[];
  /**
   * Characters that are no target and ignore theirs, in plan episodes and told by documents alone; null where there are none, as in what
   * follows.
   */
  readonly ignorers: PlanNumbers | null;
  readonly ignorersDocumentsOnly: PlanNumbers | null;
  readonly planners: PlanNumbers | null;
  readonly plannersDocumentsOnly: PlanNumbers | null;
  /** Share of right tokens of own answers in ordinary dialogues, greedy decoding, on pairs that occur in dialogues. */
  readonly ordinary: number;
}

/**
 * Plan use of a base in plan episodes: at most of who ignores plans, at least of planners. What characters do of whom documents alone
 * tell is a premise of the claims that rest on documents.
 */
const MOST_IGNORED = 0.05;
const LEAST_FOLLOWED = 0.9;
/** At least this probability of the plan that a goal asks for, whoever writes it, and this share of right tokens in ordinary dialogues. */
const LEAST_ACCURACY = 0.9;
const LEAST_ORDINARY = 0.9;

/** Payloads that each pair is read on. */
const PAYLOADS = 2;

const group = planNumbersSchema.nullable();

export const planQuality: BaseMeasure<PlanQuality, PlanWorld> = {
  id: 'plan-quality',
  about: 'whether the base follows the plans of planners alone, writes what goals ask for, and plays its characters',
  unit: 'probability; nats; shares of right tokens',
  file: import.meta.url,
  worlds: ['plans'],
  schema: z.strictObject({
    ...{ targets: z.array(planNumbersSchema).min(1), ignorers: group, ignorersDocumentsOnly: group },
    ...{ planners: group, plannersDocumentsOnly: group, ordinary: z.number().min(0).max(1) },
  }),
  of: readQuality,
  fault: ({ data: { targets } }, { setup }) => {
    const wanted = targetsOf(setup.world);
    return targets.length === wanted
      ? undefined
      : { field: 'targets', expected: `${wanted} of them`, got: `${targets.length}` };
  },
  isPlayed: ({ targets, ignorers, planners, ordinary }) => {
    const spoken = [...targets, ignorers, planners].filter((each) => each !== null);
    const ignored = [...targets, ignorers].filter((each) => each !== null);
    return (
      ignored.every(({ use }) => use <= MOST_IGNORED) &&
      (planners === null || planners.use >= LEAST_FOLLOWED) &&
      spoken.every(({ accuracy }) => accuracy >= LEAST_ACCURACY) &&
      ordinary >= LEAST_ORDINARY
    );
  },
};

async function readQuality(subject: BaseSubject<PlanWorld>): Promise<Reading<PlanQuality>> {
  const { programs, world, base } = subject;
  const targets = targetsOf(world.setup.world);
  const payloads = world.payloads.reporting.slice(0, PAYLOADS);
  const numbers = (cells: readonly Cell[]): Promise<PlanNumbers> =>
    planNumbers((_, rows, last) => forced(programs, architectureOf(world), base, rows, last), world, cells, payloads);
  const bystanders = (plans: boolean, documentsOnly: boolean): Promise<PlanNumbers | null> => {
    const cells = cellsOf(world).filter(({ character }) => {
      const role = roleOf(world, character);
      return character >= targets && role.plans === plans && role.documentsOnly === documentsOnly;
    });
    return cells.length === 0 ? Promise.resolve(null) : numbers(cells);
  };
  const ofTargets: PlanNumbers[] = [];
  for (let target = 0; target < targets; target++)
    ofTargets.push(await numbers(cellsOf(world).filter(({ character }) => character === target)));
  const data = {
    targets: ofTargets,
    ignorers: await bystanders(false, false),
    ignorersDocumentsOnly: await bystanders(false, true),
    planners: await bystanders(true, false),
    plannersDocumentsOnly: await bystanders(true, true),
    ordinary: await ordinaryAccuracy(subject, payloads),
  };
  return { data };
}

async function ordinaryAccuracy(
  { programs, world, base }: BaseSubject<PlanWorld>,
  payloads: readonly Payload[],
): Promise<number> {
  const { payload: m } = world.setup.world;
  const asked = cellsOf(world)
    .filter((cell) => speaks(world, cell))
    .flatMap((cell) => payloads.map((payload) => ({ cell, payload })));
  const prompts = asked.map(({ cell, payload }) => dialogueOf(world, cell, payload).tokens.slice(0, -m));
  const rows = { size: prompts.length, tokens: Int32Array.from(prompts.flat()) };
  const answers = await greedyAnswers(programs, architectureOf(world), base, rows, m);
  const wanted = asked.flatMap(({ cell, payload }) => ownAnswer(world, cell, payload));
  return wanted.reduce((hits, token, i) => hits + Number(answers[i] === token), 0) / wanted.length;
}
