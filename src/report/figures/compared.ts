import { dot, text as label, ruleX, ruleY, tickX } from '@observablehq/plot';
import { verdictText } from '../../claims/describe.ts';
import type { Judged } from '../../claims/gate.ts';
import { PAIR_COLUMNS, type Pair, pairCells, repetitionOf } from '../../records/diff.ts';
import { type Figure, images, ticksEvery } from '../plot.ts';
import { idText } from '../short.ts';
import { VERDICT_MARKS } from './forest.ts';
import { marginsOf } from './margins.ts';

/** Pixels of a row, before the rows on a wide page and over a row on a narrow one, and between the two estimates and the row's middle. */
const SIZES = { row: 46, words: 266, above: 30, apart: 8 } as const;

/** The estimate of a claim in one of the runs. */
const estimate = ({ id, judgement: { mean, interval }, familyVerdict }: Judged) => ({
  ...{ id, mean, low: interval.low, high: interval.high, ...VERDICT_MARKS[familyVerdict] },
});

/** What became of a verdict. */
const becameText = ({ was, is }: Pair): string =>
  was.familyVerdict === is.familyVerdict
    ? `${is.familyVerdict} in both`
    : `${was.familyVerdict}, then ${is.familyVerdict}`;

/** Claims of two runs, a row each: the earlier estimate over the later one, and where a repetition of the earlier one lies. */
export function compared(id: string, title: string, pairs: readonly Pair[]): Figure {
  const text = {
    id,
    title,
    description:
      'One row a claim, in its own unit. Above, thin and on a pale band in which a repetition on other seeds lies in 95 %, the earlier ' +
      'estimate with its 95 % interval; below, thick, the later one. Upright bars are the margins.',
  };
  const [was, is] = [pairs.map((pair) => estimate(pair.was)), pairs.map((pair) => estimate(pair.is))];
  const again = pairs.flatMap((pair) => {
    const where = repetitionOf(pair);
    return where === undefined ? [] : [{ id: pair.is.id, ...where }];
  });
  const margins = pairs.flatMap((pair) => marginsOf(pair.is.prediction).map((margin) => ({ id: pair.is.id, margin })));
  const names = new Map(pairs.map((pair) => [pair.is.id, `${idText(pair.is)}\n${becameText(pair)}`]));
  const drawings = images(text, (narrow) => {
    const down = narrow ? SIZES.above / 2 : 0;
    const [first, second] = [down - SIZES.apart, down + SIZES.apart];
    return {
      height: 76 + (SIZES.row + 2 * down) * pairs.length,
      ...{ marginLeft: narrow ? 8 : SIZES.words + 16, marginRight: 8 },
      x: { label: "estimate, in the claim's own unit", grid: true, inset: 12, tickSpacing: ticksEvery(narrow) },
      y: { axis: null, domain: [...names.keys()], type: 'band' },
      marks: [
        ruleX([0], { strokeOpacity: 0.5 }),
        ruleY(again, { y: 'id', x1: 'low', x2: 'high', strokeWidth: 13, strokeOpacity: 0.15, dy: first }),
        tickX(margins, { x: 'margin', y: 'id', strokeWidth: 2, strokeDasharray: '2,2', insetTop: 2 * down }),
        ruleY(was, { y: 'id', x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 1, dy: first }),
        dot(was, { x: 'mean', y: 'id', symbol: 'symbol', stroke: 'colour', fill: 'none', r: 4.5, dy: first }),
        ruleY(is, { y: 'id', x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 2, dy: second }),
        dot(is, { x: 'mean', y: 'id', symbol: 'symbol', stroke: 'colour', fill: 'colour', r: 4.5, dy: second }),
        label(is, {
          ...{ y: 'id', text: (row) => names.get(row.id), frameAnchor: 'left', textAnchor: 'start' },
          ...{ fill: 'currentColor', lineWidth: narrow ? 28 : SIZES.words / 12 },
          ...(narrow ? { dy: -SIZES.row / 2, fontSize: 11 } : { dx: -SIZES.words - 8 }),
        }),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: ['claim', 'was', 'is', ...PAIR_COLUMNS],
    rows: pairs.map((pair) => [
      idText(pair.is),
      verdictText(pair.was.familyVerdict, pair.was.firm),
      verdictText(pair.is.familyVerdict, pair.is.firm),
      ...pairCells(pair),
    ]),
  };
}
