import { dot, text as label, ruleX, ruleY, tickX } from '@observablehq/plot';
import { intervalText, predictionText, verdictText } from '../../claims/describe.ts';
import type { Judged } from '../../claims/gate.ts';
import { colour, type Figure, images, ticksEvery } from '../plot.ts';
import { marginsOf } from './margins.ts';

/** Shape and colour of a verdict: a filled circle for supported, a square for refuted, a cross for undecided. */
export const VERDICT_MARKS = {
  supported: { symbol: 'circle', colour: colour('supported') },
  refuted: { symbol: 'square', colour: colour('refuted') },
  inconclusive: { symbol: 'times', colour: colour('open') },
  'premise failed': { symbol: 'asterisk', colour: colour('open') },
} as const;

/** What is drawn of a claim. */
type Estimated = Pick<Judged, 'id' | 'statement' | 'prediction' | 'unit' | 'familyVerdict' | 'firm'> & {
  readonly judgement: Pick<Judged['judgement'], 'mean' | 'interval'>;
};

/** Pixels of a claim's words on a wide page, and of a letter of its numbers; of the bar under both on a narrow one; letters and pixels of a line. */
const SIZES = { words: 266, letter: 6.5, bar: 22, letters: { wide: 37, narrow: 52 }, line: 14, small: 12.5 } as const;

/** Lines of a claim's numbers on a wide page: estimate, prediction, verdict. On a narrow one they are two. */
const LINES = { wide: 3, narrow: 2 } as const;

/** A claim's numbers in words. */
interface Row {
  readonly estimate: string;
  readonly predicted: string;
  readonly verdict: string;
}

const linesOf = ({ estimate, predicted, verdict }: Row): string[] => [estimate, predicted, verdict];

/** All claims of one kind with their intervals and margins, each in its own unit, and what they say in words. */
export function forest(id: string, title: string, claims: readonly Estimated[]): Figure {
  const rows = claims.map(({ prediction, judgement: { mean, interval }, familyVerdict, firm, ...each }) => ({
    ...{ id: each.id, words: `${each.id} ${each.statement}`, mean, low: interval.low, high: interval.high },
    ...VERDICT_MARKS[familyVerdict],
    estimate: intervalText({ mean, ...interval }, prediction),
    predicted: `predicted ${predictionText(prediction, '').trim()}`,
    verdict: verdictText(familyVerdict, firm),
  }));
  const margins = claims.flatMap((each) => marginsOf(each.prediction).map((margin) => ({ id: each.id, margin })));
  const text = {
    id,
    title,
    description:
      'One row a claim: the estimate with its 95 % interval, in the unit of the claim, drawn with upright bars at its margins and in numbers; what was predicted; and the verdict.',
  };
  const drawings = images(text, (narrow) => {
    const letters = SIZES.letters[narrow ? 'narrow' : 'wide'];
    const words = SIZES.line * Math.max(...rows.map((row) => Math.ceil(row.words.length / letters)));
    const beside = SIZES.letter * Math.max(...rows.flatMap(linesOf).map(({ length }) => length));
    const numbers = SIZES.small * LINES[narrow ? 'narrow' : 'wide'];
    const height = narrow ? words + numbers + SIZES.bar : Math.max(words, numbers) + 8;
    // On a narrow page words and numbers stand over the marks, which are that much lower.
    const down = narrow ? (words + numbers) / 2 : 0;
    const said = { y: 'id', textAnchor: 'start', fill: 'currentColor' } as const;
    return {
      height: 76 + height * rows.length,
      ...(narrow ? { marginLeft: 8, marginRight: 8 } : { marginLeft: SIZES.words + 24, marginRight: beside + 10 }),
      x: {
        label: "estimate, in the claim's own unit",
        ...{ grid: true, inset: 12, tickSpacing: ticksEvery(narrow) },
      },
      y: { axis: null, domain: rows.map((row) => row.id), type: 'band' },
      marks: [
        ruleX([0], { strokeOpacity: 0.5 }),
        tickX(margins, { x: 'margin', y: 'id', strokeWidth: 2, strokeDasharray: '2,2', insetTop: 2 * down }),
        ruleY(rows, { y: 'id', x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 2, dy: down }),
        dot(rows, { x: 'mean', y: 'id', symbol: 'symbol', fill: 'colour', stroke: 'colour', r: 5, dy: down }),
        label(rows, {
          ...{ ...said, text: 'words', frameAnchor: 'left' },
          ...(narrow
            ? { dy: -(numbers + SIZES.bar) / 2, fontSize: 11, lineWidth: 28 }
            : { dx: -SIZES.words - 20, lineWidth: SIZES.words / 12 }),
        }),
        label(rows, {
          ...{ ...said, fontSize: 11, frameAnchor: narrow ? 'left' : 'right' },
          ...(narrow ? { dy: (words - SIZES.bar) / 2 } : { dx: 10 }),
          text: (row: Row) => (narrow ? `${row.estimate}\n${row.predicted}: ${row.verdict}` : linesOf(row).join('\n')),
        }),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: ['claim', 'predicted', 'verdict', 'estimate [95 % interval]', 'unit'],
    rows: rows.map(({ words, verdict, estimate }, i) => {
      const { prediction, unit } = claims[i] as Estimated;
      return [words, predictionText(prediction, '').trim(), verdict, estimate, unit];
    }),
  };
}
