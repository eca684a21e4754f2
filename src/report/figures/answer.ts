import { dot, text as label, type Markish, ruleX, ruleY } from '@observablehq/plot';
import type { Observation } from '../../lab/keys.ts';
import { spreadOfRoomAt } from '../../measure/observation.ts';
import { weightAt } from '../../measure/places.ts';
import { type ArmRuns, isPlain, perReplicate, summed } from '../../records/groups.ts';
import { AT } from '../../world/characters/places.ts';
import { type Figure, images } from '../plot.ts';
import { stylesOf } from '../styles.ts';
import { armText } from '../words.ts';
import { meanText } from './arms.ts';
import { cellText } from './cells.ts';

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
const doneText = ({ arm: { method, skill, rehearsal }, method: { skilled } }: ArmRuns): string =>
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

/** What the others took up on the topic that was taught, in a sentence: least and most of it, and with rehearsal. */
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
    heldMost === undefined ? '' : `; where their own texts were rehearsed, ${cellText(heldMost.mean)} at most`;
  return `On the topic that one was taught, the others took up from ${cellText(least.mean)} (${armText(least)}) to ${cellText(most.mean)} (${armText(most)}) of all that they could${rehearsed}.`;
}

/** Pixels over the panels, of a row and of a heading, and beside the panels. */
const SIZES = { top: 34, bottom: 40, left: 206, right: 8, row: { wide: 21, narrow: 38 }, width: 576 } as const;

/**
 * How far a change to one character spreads to the others: a row an arm and a panel a place, each mean with its 95 % interval and the
 * number beside it. Undefined where no such arm was read at these places.
 */
export function answerFigure(arms: readonly ArmRuns[], methods: Parameters<typeof stylesOf>[0]): Figure | undefined {
  const groups = grouped(arms);
  const styleOf = stylesOf(methods);
  const points = groups.flatMap(({ arms: own }) =>
    own.flatMap((each) =>
      PANELS.flatMap(([panel, tags]) => {
        const values = perReplicate(each.runs, spreadIn(tags));
        if (values.length === 0) return [];
        const { mean, low, high, n } = summed(values);
        const { symbol, colour } = styleOf(each.method);
        const bounds = { mean, low: Math.max(-0.1, low), high: Math.min(1, high) };
        return [
          { row: armText(each), panel, ...bounds, n, symbol, colour, said: cellText(mean), text: meanText(values) },
        ];
      }),
    ),
  );
  if (points.length === 0) return undefined;
  const rows = groups.flatMap(({ name, arms: own }) => [
    { row: name, said: name, isHeading: true },
    ...own.map((each) => ({ row: armText(each), said: doneText(each), isHeading: false })),
  ]);
  const text = {
    id: 'answer',
    title: 'How far a change to one character spreads',
    description:
      'How much likelier the trained answer became in dialogues, as a share of the most that it could: 0 = as before, 1 = always as trained. Means over replicates with 95 % intervals. Left the character that was changed, then the others, who were not.',
  };
  const drawings = images(text, (narrow) => {
    const row = narrow ? SIZES.row.narrow : SIZES.row.wide;
    const down = narrow ? 9 : 0;
    const place = { fx: 'panel', y: 'row', dy: down } as const;
    const first = PANELS[0]?.[0];
    const names = (isHeading: boolean): Markish =>
      label(
        rows.filter((each) => each.isHeading === isHeading),
        {
          ...{
            fx: () => first,
            y: 'row',
            text: 'said',
            fill: 'currentColor',
            frameAnchor: 'left',
            textAnchor: 'start',
          },
          ...{ dx: narrow ? 0 : -SIZES.left + 4, dy: narrow ? (isHeading ? 6 : -10) : 0 },
          ...(isHeading ? { fontWeight: 'bold' } : { dx: narrow ? 0 : -SIZES.left + 14 }),
        },
      );
    return {
      ...(narrow ? {} : { width: SIZES.width }),
      height: SIZES.top + SIZES.bottom + row * rows.length,
      ...{ marginTop: SIZES.top, marginBottom: SIZES.bottom, marginRight: SIZES.right },
      marginLeft: narrow ? 6 : SIZES.left,
      fx: { domain: PANELS.map(([name]) => name), axis: null, padding: 0, paddingInner: 0.12 },
      y: { domain: rows.map((each) => each.row), axis: null, type: 'band' },
      x: { domain: [-0.1, 1.4], label: null, ticks: [0, 0.5, 1], tickFormat: String, grid: true },
      marks: [
        ruleX([0], { strokeOpacity: 0.5 }),
        ruleY(points, { ...place, x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 3 }),
        dot(points, { ...place, x: 'mean', symbol: 'symbol', fill: 'colour', stroke: 'colour', r: 4.5 }),
        label(points, {
          ...{
            ...place,
            x: 'high',
            text: 'said',
            dx: 7,
            textAnchor: 'start',
            fill: 'currentColor',
            fontWeight: 'bold',
          },
        }),
        ...[true, false].map(names),
        label(PANELS, {
          ...{ fx: ([name]: (typeof PANELS)[number]) => name, text: ([name]: (typeof PANELS)[number]) => name },
          ...{ frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'bottom', dy: -8, fill: 'currentColor' },
          ...(narrow ? { lineWidth: 8, fontSize: 11 } : {}),
        }),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: ['arm', 'whose dialogues', 'spread as a share of room, mean [95 % interval]', 'replicates'],
    rows: points.map(({ row, panel, text: said, n }) => [row, panel, said, String(n)]),
  };
}
