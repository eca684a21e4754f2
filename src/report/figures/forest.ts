import { dot, text as label, ruleX, ruleY, tickX } from '@observablehq/plot';
import { intervalText, predictionText, three, verdictText } from '../../claims/describe.ts';
import type { Judged } from '../../claims/gate.ts';
import { colour, type Figure, images, ticksEvery } from '../plot.ts';

/** Shape and colour of a verdict: a filled circle for supported, a square for refuted, a cross for undecided. */
export const VERDICT_MARKS = {
  supported: { symbol: 'circle', colour: colour('good') },
  refuted: { symbol: 'square', colour: colour('bad') },
  inconclusive: { symbol: 'times', colour: colour('open') },
  'premise failed': { symbol: 'asterisk', colour: colour('open') },
} as const;

/** What is drawn of a claim. */
type Estimated = Pick<Judged, 'id' | 'statement' | 'prediction' | 'unit' | 'familyVerdict' | 'firm'> & {
  readonly judgement: Pick<Judged['judgement'], 'mean' | 'interval'>;
};

/** The margins that a prediction is judged against. */
export const marginsOf = ({ prediction: { kind, margin } }: Pick<Judged, 'prediction'>): number[] =>
  kind === 'equivalent' ? [-margin, margin] : [margin];

/**
 * Pixels that a claim's words take before its row on a wide page, or over it on a narrow one; letters of a line of them, and its height.
 */
const WORDS = { wide: 300, letters: { wide: 42, narrow: 52 }, line: 14, bar: 22 } as const;

/** All claims of one kind with their intervals and margins, each in its own unit. */
export function forest(id: string, title: string, claims: readonly Estimated[]): Figure {
  const rows = claims.map((each) => ({
    ...{ id: each.id, words: `${each.id} ${each.statement}` },
    mean: each.judgement.mean,
    ...{ low: each.judgement.interval.low, high: each.judgement.interval.high },
    ...VERDICT_MARKS[each.familyVerdict],
  }));
  const margins = claims.flatMap((each) => marginsOf(each).map((margin) => ({ id: each.id, margin })));
  const text = {
    id,
    title,
    description:
      'One row a claim: the estimate with its 95 % interval, in the unit of the claim, and upright bars at its margins. ' +
      'A filled circle is a supported claim, a square a refuted one, a cross an undecided one, a star a failed premise.',
  };
  const drawings = images(text, (narrow) => {
    const letters = narrow ? WORDS.letters.narrow : WORDS.letters.wide;
    const words = WORDS.line * Math.max(...rows.map((row) => Math.ceil(row.words.length / letters)));
    const height = narrow ? words + WORDS.bar : Math.max(WORDS.bar, words) + 6;
    // On a narrow page the words stand over the marks, which are that much lower.
    const down = narrow ? words / 2 : 0;
    return {
      height: 76 + height * rows.length,
      ...{ marginLeft: narrow ? 8 : WORDS.wide + 24, marginRight: 8 },
      x: { label: "estimate, in the claim's own unit", grid: true, inset: 12, tickSpacing: ticksEvery(narrow) },
      y: { axis: null, domain: rows.map((row) => row.id), type: 'band' },
      marks: [
        ruleX([0], { strokeOpacity: 0.5 }),
        tickX(margins, { x: 'margin', y: 'id', strokeWidth: 2, strokeDasharray: '2,2', insetTop: 2 * down }),
        ruleY(rows, { y: 'id', x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 2, dy: down }),
        dot(rows, { x: 'mean', y: 'id', symbol: 'symbol', fill: 'colour', stroke: 'colour', r: 5, dy: down }),
        label(rows, {
          ...{ y: 'id', text: 'words', frameAnchor: 'left', textAnchor: 'start', fill: 'currentColor' },
          ...(narrow
            ? { dx: 0, dy: -WORDS.bar / 2, fontSize: 11, lineWidth: 28 }
            : { dx: -WORDS.wide - 20, lineWidth: WORDS.wide / 12 }),
        }),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: ['claim', 'verdict', 'estimate [95 % interval]', 'prediction'],
    rows: claims.map(({ id: name, statement, familyVerdict, firm, judgement, prediction, unit }) => [
      `${name} ${statement}`,
      verdictText(familyVerdict, firm),
      `${intervalText({ mean: judgement.mean, ...judgement.interval }, prediction)} ${unit}`,
      predictionText(prediction, unit),
    ]),
  };
}

/** One claim's number in every replicate, or in every setup whose premises held. */
export function replicates({ id, unit, values, seeds, premiseFailures, judgement, prediction }: Judged): Figure {
  const rows = values
    .map((value, i) => ({ value, seed: seeds[i] as number, failed: premiseFailures.includes(seeds[i] as number) }))
    .map((row) => ({ ...row, symbol: row.failed ? 'times' : 'circle' }));
  const text = {
    id: `replicates-${id}`,
    title: `${id}: one number a replicate`,
    description:
      `Each circle is one replicate, a cross one of which a premise failed; the bar is the mean with its 95 % interval; ` +
      `dashed lines are the margins. Unit: ${unit}.`,
  };
  const drawings = images(text, (narrow) => ({
    height: 160,
    marginLeft: 80,
    x: { label: unit, grid: true, inset: 12, tickSpacing: ticksEvery(narrow) },
    y: { domain: ['replicates', 'mean'], label: null, type: 'point' },
    marks: [
      ruleX([0], { strokeOpacity: 0.5 }),
      ruleX(prediction.kind === 'equivalent' ? [-prediction.margin, prediction.margin] : [prediction.margin], {
        strokeDasharray: '4,3',
      }),
      dot(rows, { x: 'value', y: () => 'replicates', symbol: 'symbol', r: 4, stroke: 'currentColor' }),
      ruleY([judgement.interval], { x1: 'low', x2: 'high', y: () => 'mean', strokeWidth: 3, stroke: colour('good') }),
      dot([judgement], { x: 'mean', y: () => 'mean', fill: colour('good'), r: 5 }),
    ],
    symbol: { type: 'identity' },
  }));
  return {
    ...text,
    ...drawings,
    columns: ['seed', unit, 'premises'],
    rows: rows.map(({ seed, value, failed }) => [String(seed), three(value), failed ? 'failed' : 'held']),
  };
}
