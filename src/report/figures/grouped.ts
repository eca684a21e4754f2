import { dot, text as label, type Markish, ruleX, ruleY } from '@observablehq/plot';
import type { Observation } from '../../lab/keys.ts';
import { type ArmRuns, perReplicate, summed } from '../../records/groups.ts';
import { type Figure, images } from '../plot.ts';
import { stylesOf } from '../styles.ts';
import { armText } from '../words.ts';
import { meanText } from './arms.ts';
import { cellText } from './cells.ts';

/** Rows that belong together under a heading, each an arm as people say it, with its number in every panel. */
export interface RowGroup {
  readonly name: string;
  readonly rows: readonly { readonly said: string; readonly arm: ArmRuns; readonly numbers: readonly PanelNumber[] }[];
}

/** A number of a run between 0 and 1, or a little below; undefined where a run has none. */
export type PanelNumber = (run: Observation) => number | undefined;

/** Pixels over the panels, of a row and of a heading, and beside the panels. */
const SIZES = { top: 34, bottom: 40, left: 206, right: 8, row: { wide: 21, narrow: 38 }, width: 576 } as const;

/**
 * Groups of arms in rows and panels beside each other: each mean over replicates with its 95 % interval and the number beside it.
 * Undefined where there is no number.
 */
export function groupedFigure(
  {
    panels,
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
  const keyOf = (group: string, arm: ArmRuns): string => `${group}: ${armText(arm)}`;
  const points = groups.flatMap(({ name, rows: own }) =>
    own.flatMap(({ arm, numbers }) =>
      panels.flatMap((panel, p) => {
        const values = perReplicate(arm.runs, numbers[p] as PanelNumber);
        if (values.length === 0) return [];
        const { mean, low, high, n } = summed(values);
        const { symbol, colour } = styleOf(arm.method);
        const bounds = { mean, low: Math.max(-0.1, low), high: Math.min(1, high) };
        const told = { n, said: cellText(mean), text: meanText(values), group: name, arm: armText(arm) };
        return [{ row: keyOf(name, arm), panel, ...bounds, symbol, colour, ...told }];
      }),
    ),
  );
  if (points.length === 0) return undefined;
  const rows = groups.flatMap(({ name, rows: own }) => [
    { row: name, said: name, isHeading: true },
    ...own.map(({ said, arm }) => ({ row: keyOf(name, arm), said, isHeading: false })),
  ]);
  const drawings = images(text, (narrow) => {
    const row = narrow ? SIZES.row.narrow : SIZES.row.wide;
    const down = narrow ? 9 : 0;
    const place = { fx: 'panel', y: 'row', dy: down } as const;
    const first = panels[0];
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
      fx: { domain: panels, axis: null, padding: 0, paddingInner: 0.12 },
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
        label(panels, {
          ...{ fx: (name: string) => name, text: (name: string) => name },
          ...{ frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'bottom', dy: -8, fill: 'currentColor' },
          ...(narrow ? { lineWidth: 25 / panels.length, fontSize: 11 } : {}),
        }),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: ['group', 'arm', 'panel', `${number}, mean [95 % interval]`, 'replicates'],
    rows: points.map(({ group, arm, panel, text: said, n }) => [group, arm, panel, said, String(n)]),
  };
}
