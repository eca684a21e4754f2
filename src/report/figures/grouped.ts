import { dot, text as label, type Markish, ruleX, ruleY, tickX } from '@observablehq/plot';
import type { Observation } from '../../lab/keys.ts';
import { type ArmRuns, perReplicate, summed } from '../../records/groups.ts';
import { type Figure, images } from '../plot.ts';
import { shapeOf, stylesOf } from '../styles.ts';
import { armText } from '../words.ts';
import { meanText } from './arms.ts';
import { cellText } from './cells.ts';
import { wrapped } from './wrapped.ts';

/** A number of a run between -1 and 1; undefined where a run has none. */
export type PanelNumber = (run: Observation) => number | undefined;

/** An arm as people say it, with its number in every panel, and where that is told what it was before tuning. */
export interface GroupedRow {
  readonly said: string;
  readonly arm: ArmRuns;
  readonly numbers: readonly PanelNumber[];
  readonly before?: readonly PanelNumber[];
}

/** Rows that belong together under a heading. */
export interface RowGroup {
  readonly name: string;
  readonly rows: readonly GroupedRow[];
}

/**
 * Pixels over the panels and under them, beside them at the least and at the right, and of a line of a panel's name; of a page with up to so
 * many panels, and with more; letters of names that stand before their rows, and over them in a line.
 */
const SIZES = {
  ...{ top: 18, bottom: 40, left: 206, right: 14, line: 14, few: 576, wide: 720, narrow: 340, panels: 3 },
  letters: { before: 40, wide: 108, narrow: 50 },
} as const;

/** Pixels of a row: of its marks, of a line of its name over them, and of a number over a mark where panels are too narrow for it beside. */
const ROW = { marks: 21, line: 14, number: 11 } as const;

/** What numbers are drawn as far as, and the room for what stands beside them. */
const LEAST = -0.1;

interface Point {
  readonly row: string;
  readonly panel: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly before: number | undefined;
  /** Texts of the number, of that before, and how many replicates have it. */
  readonly told: { readonly group: string; readonly arm: string; readonly before: string; readonly after: string };
  readonly n: number;
  readonly shape: ReturnType<typeof shapeOf>;
}

/** Whether the bar of what was before stands where the number would, at the right of a mark, and there is room for it at the left. */
const isBeforeRight = ({ before, low, high }: Point): boolean =>
  before !== undefined && before > high && before < high + 0.5 && low > 0.3;

const keyOf = (group: string, arm: ArmRuns): string => `${group}: ${armText(arm)}`;

/** The number of every row and panel that has one. */
function pointsOf(
  groups: readonly RowGroup[],
  panels: readonly string[],
  shapeFor: (arm: ArmRuns) => Point['shape'],
): Point[] {
  return groups.flatMap(({ name: group, rows }) =>
    rows.flatMap(({ arm, numbers, before }) =>
      panels.flatMap((panel, p): Point[] => {
        const after = perReplicate(arm.runs, numbers[p] as PanelNumber);
        const was = before === undefined ? [] : perReplicate(arm.runs, before[p] as PanelNumber);
        if (after.length === 0 || (before !== undefined && was.length === 0)) return [];
        const { mean, low, high, n } = summed(after);
        const texts = { before: was.length === 0 ? '' : meanText(was), after: meanText(after) };
        return [
          {
            ...{ row: keyOf(group, arm), panel, mean, n, shape: shapeFor(arm) },
            ...{ low, high: Math.min(1, high) },
            before: was.length === 0 ? undefined : summed(was).mean,
            told: { group, arm: armText(arm), ...texts },
          },
        ];
      }),
    ),
  );
}

/**
 * Groups of arms in rows and panels beside each other: each mean over replicates with its 95 % interval and the number beside it; where
 * it is told, an upright bar at the mean before tuning. Undefined where there is no number.
 */
export function groupedFigure(
  {
    panels: all,
    number,
    ...text
  }: Pick<Figure, 'id' | 'title' | 'description'> & {
    readonly panels: readonly string[];
    readonly number: string;
  },
  groups: readonly RowGroup[],
  methods: Parameters<typeof stylesOf>[0],
): Figure | undefined {
  const styleOf = stylesOf(methods);
  const whole = pointsOf(groups, all, ({ arm, method }) => shapeOf(styleOf(method), arm));
  const least = Math.min(LEAST, ...whole.flatMap(({ mean, before }) => [mean, before ?? 0]));
  const points = whole.map((each) => ({ ...each, low: Math.max(least, each.low) }));
  const panels = all.filter((name) => points.some(({ panel }) => panel === name));
  if (points.length === 0) return undefined;
  const rows = groups.flatMap(({ name, rows: own }) => [
    { row: name, said: name, isHeading: true },
    ...own.map(({ said, arm }) => ({ row: keyOf(name, arm), said, isHeading: false })),
  ]);
  const longest = Math.max(...rows.map(({ said }) => said.length));
  const drawings = images(text, (narrow) => {
    const over = narrow || longest > SIZES.letters.before;
    const width = narrow ? SIZES.narrow : panels.length > SIZES.panels || over ? SIZES.wide : SIZES.few;
    const letters = narrow ? SIZES.letters.narrow : SIZES.letters.wide;
    const crowded = narrow && panels.length > SIZES.panels;
    const linesOf = (said: string): string[] => (over ? wrapped(said, letters) : [said]);
    const words = over ? ROW.line * Math.max(...rows.map(({ said }) => linesOf(said).length)) + 3 : 0;
    const row = words + ROW.marks + (crowded ? ROW.number : 0);
    const left = over ? 6 : Math.max(SIZES.left, 18 + 6.4 * longest);
    const panel = (width - left - SIZES.right) / panels.length;
    const titleOf = (name: string): string[] => wrapped(name, Math.floor((0.92 * panel) / (narrow ? 6.2 : 6.6)));
    const top = SIZES.top + SIZES.line * Math.max(...panels.map((name) => titleOf(name).length));
    const place = { fx: 'panel', y: 'row', dy: (row - ROW.marks) / 2 } as const;
    const names = (isHeading: boolean): Markish =>
      label(
        rows.filter((each) => each.isHeading === isHeading),
        {
          ...{ fx: () => panels[0], y: 'row', text: ({ said }) => linesOf(said).join('\n'), fill: 'currentColor' },
          ...{ frameAnchor: 'left', textAnchor: 'start' },
          dx: over ? 0 : (isHeading ? 4 : 14) - left,
          dy: over ? (isHeading ? row / 2 - 13 : (words - row) / 2) : 0,
          ...(isHeading && { fontWeight: 'bold' }),
        },
      );
    const said = (isLeft: boolean): Markish =>
      label(
        points.filter((each) => isLeft === (!crowded && isBeforeRight(each))),
        {
          ...{ ...place, text: ({ mean }: Point) => cellText(mean), fill: 'currentColor' },
          ...(crowded
            ? { x: 'mean', dy: place.dy - ROW.number, fontSize: 11 }
            : isLeft
              ? { x: 'low', dx: -7, textAnchor: 'end', fontWeight: 'bold' }
              : { x: 'high', dx: 7, textAnchor: 'start', fontWeight: 'bold' }),
        },
      );
    const shape = {
      symbol: ({ shape: { symbol } }: Point) => symbol,
      stroke: ({ shape: { stroke } }: Point) => stroke,
      fill: ({ shape: { fill } }: Point) => fill,
    };
    return {
      width,
      height: top + SIZES.bottom + row * rows.length,
      ...{ marginTop: top, marginBottom: SIZES.bottom, marginRight: SIZES.right, marginLeft: left },
      fx: { domain: panels, axis: null, padding: 0, paddingInner: 0.12 },
      y: { domain: rows.map((each) => each.row), axis: null, type: 'band' },
      x: {
        domain: [least, crowded ? 1.1 : 1.4],
        ...{ label: null, ticks: [0, 0.5, 1], tickFormat: String, grid: true },
      },
      marks: [
        ruleX([0], { strokeOpacity: 0.5 }),
        tickX(
          points.filter(({ before }) => before !== undefined),
          {
            ...place,
            x: 'before',
            stroke: 'currentColor',
            strokeWidth: 2,
            insetTop: row - ROW.marks + 3,
            insetBottom: 3,
            dy: 0,
          },
        ),
        ruleY(points, { ...place, x1: 'low', x2: 'high', stroke: shape.stroke, strokeWidth: 3 }),
        dot(points, { ...place, x: 'mean', ...shape, r: 4.5 }),
        ...[true, false].map(said),
        ...[true, false].map(names),
        label(panels, {
          ...{ fx: (name: string) => name, text: (name: string) => titleOf(name).join('\n') },
          ...{ frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'bottom', dy: -8, fill: 'currentColor' },
          fontSize: narrow ? 11 : 12,
        }),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  const isChange = groups.some((group) => group.rows.some(({ before }) => before !== undefined));
  const of = `${number}${isChange ? ' after' : ''}, mean [95 % interval]`;
  return {
    ...text,
    ...drawings,
    columns: ['group', 'arm', 'panel', ...(isChange ? ['before, mean [95 % interval]'] : []), of, 'replicates'],
    rows: points.map(({ panel, n, told: { group, arm, before, after } }) => [
      ...[group, arm, panel, ...(isChange ? [before] : []), after],
      String(n),
    ]),
  };
}
