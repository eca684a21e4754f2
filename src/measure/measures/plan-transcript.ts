import { z } from 'zod';
import type { Rows } from '../../model/inference.ts';
import { type Cell, dispositionOf, type Episode, ownAnswer } from '../../world/plans/language.ts';
import { carriedOut, type Plan, plansOf, turnOf } from '../../world/plans/operations.ts';
import { promptOf } from '../../world/plans/texts.ts';
import type { PlanWorld } from '../../world/plans/world.ts';
import { answersTo, forcedOn, type Side } from '../forced.ts';
import type { Comparison, Measure, ReadingFault } from '../measure.ts';
import { type PlanKind, type PlanTold, type PlanWho, planKindsIn } from '../plan-kinds.ts';
import { examples, faultInAsked, wordsOf } from '../said.ts';

/** A plan and the answer that follows it, in words. */
export interface ToldPlan {
  readonly plan: string;
  readonly answer: string;
}

/** What a network says in one episode: the plan it writes, its answer behind that, and its answer behind the plan that was put there. */
export interface PlanSaid {
  readonly written: string;
  /** The answer that follows what was written; null where that is no plan. */
  readonly followed: string | null;
  readonly answer: string;
  readonly afterPut: string;
}

/** What one character does with plans at one goal and payload, in tokens as people read them. */
export interface PlanUtterance {
  readonly who: PlanWho;
  readonly told: PlanTold;
  /** The episode up to where the plan begins. */
  readonly prompt: string;
  /** The answer by the character's own operation. */
  readonly own: string;
  /** The plan that the goal asks for, and another one, which was put there: their answers differ. */
  readonly asked: ToldPlan;
  readonly put: ToldPlan;
  readonly before: PlanSaid;
  readonly after: PlanSaid;
}

const words = z.string();
const toldPlan: z.ZodType<ToldPlan> = z.strictObject({ plan: words, answer: words });
const said: z.ZodType<PlanSaid> = z.strictObject({
  ...{ written: words, followed: words.nullable(), answer: words, afterPut: words },
});

/**
 * Examples of which plans base and tuned write and of what they answer behind them and behind other plans, greedy decoding: of the
 * target and of every kind of bystander on its topic, on the first payloads that results are reported on. At these goals the asked
 * plan, the other one and the character's own operation have three answers where the world has such goals.
 */
export const planTranscript: Measure<readonly PlanUtterance[], PlanWorld> = {
  id: 'plan-transcript',
  about: 'examples of the plans that are written and of the answers behind plans, before and after',
  unit: 'plans and answers in tokens, as people read them',
  file: import.meta.url,
  worlds: ['plans'],
  schema: z
    .array(
      z.strictObject({
        ...{ who: z.enum(['target', 'ignorers', 'planners']), told: z.enum(['spoken', 'documents only']) },
        ...{ prompt: words, own: words, asked: toldPlan, put: toldPlan, before: said, after: said },
      }),
    )
    .min(1),
  of: async (comparison) => {
    const { world } = comparison;
    const asked = exchangesIn(world);
    const before = await saidBy(comparison, 'base', asked);
    const after = await saidBy(comparison, 'tuned', asked);
    const data = asked.map((each, i) => ({
      ...toldOf(world, each),
      ...{ before: before[i] as PlanSaid, after: after[i] as PlanSaid },
    }));
    return { data };
  },
  fault: ({ data }, world) => faultIn(data, world),
};

/** One episode: its plan is the one that the goal asks for; `put` is the other one. */
interface Exchange extends Pick<PlanKind, 'who' | 'told'>, Episode {
  readonly cell: Cell;
  readonly put: Plan;
}

/** Every example of a world. */
const exchangesIn = (world: PlanWorld): Exchange[] =>
  planKindsIn(world).flatMap(({ who, told, cells }) =>
    examples(cells, world.payloads.reporting).map(([cell, payload]) => ({
      ...{ who, told, cell, payload },
      ...goalFor(world, cell),
    })),
  );

/** The first goal and other plan whose answers tell most: the two from each other, then both from the character's own. */
function goalFor(world: PlanWorld, cell: Cell): Pick<Exchange, 'goal' | 'plan' | 'put'> {
  const turn = (plan: Plan): number => turnOf(plan, world.setup.world.payload);
  const own = dispositionOf(world, cell);
  const all = world.goals.flatMap((plan, goal) =>
    plansOf(world.setup.world).map((put) => ({
      ...{ goal, plan, put },
      telling: 2 * Number(turn(plan) !== turn(put)) + Number(turn(plan) !== own) + Number(turn(put) !== own),
    })),
  );
  const most = Math.max(...all.map(({ telling }) => telling));
  const { goal, plan, put } = all.find(({ telling }) => telling === most) as (typeof all)[number];
  return { goal, plan, put };
}

/** What is said of an episode whatever networks say. */
function toldOf(world: PlanWorld, exchange: Exchange): Omit<PlanUtterance, 'before' | 'after'> {
  const { who, told, cell, payload, plan, put } = exchange;
  const { vocabulary, plans } = world;
  const [first = 0] = plans.positions;
  const toldAs = (of: Plan): ToldPlan => ({
    plan: wordsOf(
      vocabulary,
      of.map((operation) => vocabulary.operations[operation] as number),
    ),
    answer: wordsOf(vocabulary, carriedOut(of, payload)),
  });
  return {
    ...{ who, told, prompt: wordsOf(vocabulary, promptOf(world, cell, exchange).slice(0, first)) },
    ...{ own: wordsOf(vocabulary, ownAnswer(world, cell, payload)), asked: toldAs(plan), put: toldAs(put) },
  };
}

/** The answer that follows a written plan, in words; null where it is no plan. */
function followedIn({ vocabulary, setup }: PlanWorld, written: string, { payload }: Episode): string | null {
  const plan = written.split(' ').map((word) => vocabulary.operations.indexOf(vocabulary.words.indexOf(word)));
  if (plan.length !== setup.world.depth || plan.includes(-1)) return null;
  return wordsOf(vocabulary, carriedOut(plan, payload));
}

async function saidBy(comparison: Comparison<PlanWorld>, side: Side, asked: readonly Exchange[]): Promise<PlanSaid[]> {
  const { world } = comparison;
  const { positions } = world.plans;
  const m = world.lengths.answer;
  const texts = asked.map((each) => promptOf(world, each.cell, each));
  for (const [i, at] of positions.entries()) {
    // What stands at the position itself is not seen.
    const begun = rowsOf(texts.map((text) => text.slice(0, at + 1)));
    const network = await forcedOn(comparison, side, `operation ${i} of the plans of a transcript`, begun, 1);
    texts.forEach((text, b) => {
      text[at] = likeliest(network.at(b, 0));
    });
  }
  const answersAfter = async (name: string, prompts: readonly (readonly number[])[]): Promise<string[]> => {
    const answers = await answersTo(comparison, side, name, rowsOf(prompts));
    return prompts.map((_, b) => wordsOf(world.vocabulary, answers.subarray(b * m, (b + 1) * m)));
  };
  const own = await answersAfter(`the prompts of a transcript with the plans of ${side}`, texts);
  const put = asked.map((each) => promptOf(world, each.cell, { ...each, plan: each.put }));
  const afterPut = await answersAfter('the prompts of a transcript with other plans', put);
  return asked.map((episode, b) => {
    const written = wordsOf(
      world.vocabulary,
      positions.map((at) => texts[b]?.[at] as number),
    );
    const followed = followedIn(world, written, episode);
    return { written, followed, answer: own[b] as string, afterPut: afterPut[b] as string };
  });
}

/** The first token of largest log-probability. */
const likeliest = (logp: Float32Array): number =>
  logp.reduce((best, each, v) => (each > (logp[best] as number) ? v : best), 0);

const rowsOf = (rows: readonly (readonly number[])[]): Rows => ({
  size: rows.length,
  tokens: Int32Array.from(rows.flat()),
});

/** The first thing in a reading that this world does not say. */
function faultIn(data: readonly PlanUtterance[], world: PlanWorld): ReadingFault | undefined {
  const asked = exchangesIn(world);
  const fault = faultInAsked(
    data,
    asked.map((each) => toldOf(world, each)),
  );
  if (fault !== undefined) return fault;
  for (const [i, { before, after }] of data.entries()) {
    for (const [when, { written, followed }] of Object.entries({ before, after })) {
      const follows = followedIn(world, written, asked[i] as Exchange);
      if (followed !== follows) return { field: `${i}.${when}.followed`, expected: `${follows}`, got: followed };
    }
  }
  return undefined;
}
