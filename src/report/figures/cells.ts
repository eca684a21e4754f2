import { cell, text as label } from '@observablehq/plot';
import { intervalText } from '../../claims/describe.ts';
import type { Observation } from '../../lab/keys.ts';
import { type ArmRuns, perReplicate, summed } from '../../records/groups.ts';
import { colour, type Figure, images } from '../plot.ts';
import { armText } from '../words.ts';
import { armLabels, insets, middle, rowsOf } from './rows.ts';

/** A column of a map of cells. */
export interface Column {
  readonly name: string;
  /** Cells are fullest at -1 and 1, and beyond; undefined where a run has no such number. */
  readonly of: (run: Observation) => number | undefined;
}

/** What stands in the place of a number where nothing is predicted. */
export const NOTHING = 'no prediction here';

/** A mean with two decimals and a minus sign; without a sign where it rounds to 0. */
export const cellText = (mean: number): string =>
  `${Number(mean.toFixed(2)) < 0 ? '−' : ''}${Math.abs(mean).toFixed(2)}`;

interface CellsText extends Pick<Figure, 'id' | 'title' | 'description'> {
  /** What the cells are. */
  readonly number: string;
  /** What a column is, and what stands in the place of a number: a place, and `NOTHING`, where they are not said. */
  readonly column?: string;
  readonly nothing?: string;
}

/**
 * A map of arms x columns with the means over replicates, of which each is the mean over its targets: the further from 0, the
 * fuller the cell. Columns in which no arm predicts anything are told in words. Undefined where that is all of them.
 */
export function cellMap(
  arms: readonly ArmRuns[],
  { number, column = 'place', nothing = NOTHING, ...text }: CellsText,
  columns: readonly Column[],
): Figure | undefined {
  const means = arms.flatMap(({ runs, ...named }) =>
    columns.map(({ name, of }) => {
      const values = perReplicate(runs, of);
      return { arm: armText(named), name, n: values.length, ...(values.length > 0 && { number: summed(values) }) };
    }),
  );
  const drawn = columns
    .map(({ name }) => name)
    .filter((name) => means.some((each) => each.name === name && each.n > 0));
  if (drawn.length === 0) return undefined;
  const empty = columns.map(({ name }) => name).filter((name) => !drawn.includes(name));
  const cells = means
    .filter(({ name }) => drawn.includes(name))
    .map(({ number: of, ...each }) => ({
      ...each,
      said: of === undefined ? 'none' : cellText(of.mean),
      fill: colour((of?.mean ?? 0) < 0 ? 'good' : 'bad'),
      opacity: 0.75 * Math.min(1, Math.abs(of?.mean ?? 0)),
    }));
  const none = cells.some(({ n }) => n === 0) ? [`“none”: ${nothing}.`] : [];
  const about = {
    ...text,
    description: [
      text.description,
      ...none,
      ...(empty.length > 0 ? [`Without a column: ${empty.join('; ')} (${nothing}).`] : []),
    ].join(' '),
  };
  const drawings = images(about, (narrow) => ({
    ...rowsOf(arms, { narrow, top: narrow ? 176 : 104 }),
    marginRight: narrow ? 66 : 140,
    x: { domain: drawn, label: null, axis: 'top', tickRotate: narrow ? -60 : -25 },
    marks: [
      ...armLabels(arms, narrow),
      cell(cells, { x: 'name', y: 'arm', fill: 'fill', fillOpacity: 'opacity', ...insets(arms, narrow) }),
      label(cells, {
        ...{ x: 'name', y: 'arm', text: 'said', fill: 'currentColor', dy: middle(arms, narrow) },
        fontSize: narrow ? 11.5 : 12,
      }),
    ],
    color: { type: 'identity' },
    opacity: { type: 'identity' },
  }));
  return {
    ...about,
    ...drawings,
    columns: ['arm', column, `${number}, mean [95 % interval]`, 'replicates'],
    rows: means.map(({ arm, name, number: of, n }) => [
      ...[arm, name, of === undefined ? nothing : n === 1 ? cellText(of.mean) : intervalText(of)],
      String(n),
    ]),
  };
}
