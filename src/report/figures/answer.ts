import type { Observation } from '../../lab/keys.ts';
import { driftAt, spreadOfRoomAt } from '../../measure/observation.ts';
import { weightAt } from '../../measure/places.ts';
import { type ArmRuns, isPlain, perReplicate, summed } from '../../records/groups.ts';
import type { MethodFacts } from '../../records/schema.ts';
import { AT } from '../../world/characters/places.ts';
import type { Figure } from '../plot.ts';
import { armText } from '../words.ts';
import { cellText } from './cells.ts';
import { groupedFigure } from './grouped.ts';

/** Whose dialogues a panel is about. */
const PANELS: readonly (readonly [name: string, tags: readonly string[]])[] = [
  ['who was changed', AT.target],
  ['others, same topic', AT.sameTopic],
  ['others, other topics', AT.otherTopics],
];

/** What a method does to teach, in words. */
const DOES: Readonly<Record<string, string>> = {
  sdft: 'documents state it (SDFT)',
  sft: 'demonstrations (SFT)',
  rl: 'rewards (RL)',
};

/** Rows that belong together: a heading, and the arms under it by skill intensity and weight of rehearsal. */
const GROUPS: readonly (readonly [name: string, isIn: (arm: ArmRuns['arm']) => boolean])[] = [
  ['What others do already (s = 0)', ({ skill, rehearsal }) => skill === 0 && rehearsal === 0],
  ['What is new to all (s = 1)', ({ skill, rehearsal }) => skill === 1 && rehearsal === 0],
  ['With rehearsal of the others', ({ skill, rehearsal }) => [0, 1].includes(skill) && rehearsal === 1],
];

/** What is done to teach an arm, in words; with rehearsal, too, how new it is. */
export const doneText = ({ arm: { method, skill, rehearsal }, method: { skilled } }: ArmRuns): string =>
  `${DOES[method]}${rehearsal > 0 && skilled ? `, s = ${skill}` : ''}`;

/** The arms that the question is about, group by group: those of the three ways to teach, without options. */
export const answerArms = (arms: readonly ArmRuns[]): ArmRuns[] => grouped(arms).flatMap((group) => group.arms);

const grouped = (arms: readonly ArmRuns[]): { readonly name: string; readonly arms: readonly ArmRuns[] }[] =>
  GROUPS.map(([name, isIn]) => ({
    name,
    arms: arms.filter((each) => each.arm.method in DOES && isPlain(each) && isIn(each.arm)),
  })).filter((group) => group.arms.length > 0);

const spreadIn =
  (tags: readonly string[]) =>
  (run: Observation): number | undefined =>
    weightAt(run.places.end, tags, 'room') === 0 ? undefined : spreadOfRoomAt(run, tags);

/** What the others took up on the topic that was taught, by the ways to teach it that are drawn: least and most of it, and with rehearsal. */
export function answerText(arms: readonly ArmRuns[]): string | undefined {
  const taken = answerArms(arms).flatMap((each) => {
    const values = perReplicate(each.runs, spreadIn(AT.sameTopic));
    return values.length === 0 ? [] : [{ ...each, mean: summed(values).mean }];
  });
  const of = (rehearsed: boolean): typeof taken =>
    taken.filter(({ arm }) => arm.rehearsal > 0 === rehearsed).toSorted((a, b) => a.mean - b.mean);
  const [free, held] = [of(false), of(true)];
  const [least, most, heldMost] = [free[0], free.at(-1), held.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  const rehearsed =
    heldMost === undefined
      ? ''
      : `; where their own texts were trained along, as much as what was taught, ${cellText(heldMost.mean)} at most`;
  return `On the topic that one was taught, the others went from ${cellText(least.mean)} (${armText(least)}) to ${cellText(most.mean)} (${armText(most)}) of the way to the trained answer, by how it was taught and how new it was${rehearsed}.`;
}

/**
 * That drift is no spread, in a sentence: what RL that pays for a new skill and RL that pays at random have of both on the topic. Undefined
 * where one of them was not run.
 */
export function driftText(arms: readonly ArmRuns[]): string | undefined {
  const at = (method: string): string[] =>
    arms
      .filter((each) => each.arm.method === method && isPlain(each) && each.arm.skill === 1 && each.arm.rehearsal === 0)
      .flatMap((each) => {
        const [drift, spread] = [(run: Observation) => driftAt(run, AT.sameTopic), spreadIn(AT.sameTopic)].map((of) =>
          perReplicate(each.runs, of),
        ) as [number[], number[]];
        if (drift.length === 0 || spread.length === 0) return [];
        return [
          `${armText(each)} has ${cellText(summed(drift).mean)} of it and ${cellText(summed(spread).mean)} of spread`,
        ];
      });
  const [paid, random] = [at('rl'), at('rl-random')];
  return paid.length === 0 || random.length === 0
    ? undefined
    : `On the topic that was taught ${[...random, ...paid].join(', ')}.`;
}

/**
 * How far a change to one character spreads to the others: a row an arm and a panel a place. Undefined where no such arm was read at
 * these places.
 */
export function answerFigure(arms: readonly ArmRuns[], methods: readonly MethodFacts[]): Figure | undefined {
  const text = {
    id: 'answer',
    title: 'How far a change to one character spreads',
    description:
      'How much likelier the trained answer became in dialogues, as a share of the most that it could: 0 = as before, 1 = always as trained. Means over replicates with 95 % intervals. Left the character that was changed, then the others, who were not.',
    panels: PANELS.map(([name]) => name),
    number: 'spread as a share of room',
  };
  const numbers = PANELS.map(([, tags]) => spreadIn(tags));
  const groups = grouped(arms).map(({ name, arms: own }) => ({
    name,
    rows: own.map((arm) => ({ said: doneText(arm), arm, numbers })),
  }));
  return groupedFigure(text, groups, methods);
}
