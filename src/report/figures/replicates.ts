import { dot, ruleX, ruleY } from '@observablehq/plot';
import { intervalText, predictionText, three } from '../../claims/describe.ts';
import type { Judged } from '../../claims/gate.ts';
import { colour, type Figure, images, ticksEvery } from '../plot.ts';
import { idText } from '../short.ts';
import { marginMarks, saidOver } from './margins.ts';

/** One claim's number in every replicate, with the mean that is judged. */
export function replicates(claim: Judged): Figure {
  const { id, unit, values, seeds, premiseFailures, judgement, prediction } = claim;
  const rows = values.map((value, i) => {
    const seed = seeds[i] as number;
    const failed = premiseFailures.includes(seed);
    return {
      value,
      seed,
      failed,
      row: failed ? 'a premise failed' : 'replicates',
      symbol: failed ? 'times' : 'circle',
    };
  });
  const estimate = intervalText({ mean: judgement.mean, ...judgement.interval }, prediction);
  const domain = ['replicates', 'a premise failed', 'mean'].filter(
    (name) => name === 'mean' || rows.some(({ row }) => row === name),
  );
  const text = {
    id: `replicates-${id}`,
    title: `${idText(claim)}: one number a replicate`,
    description: `Each shape is one replicate; the bar is the mean with its 95 % interval; dashed lines are the margins (predicted: ${predictionText(prediction, unit)}).`,
  };
  const drawings = images(text, (narrow) => ({
    height: 80 + 40 * domain.length,
    ...{ marginTop: 24, marginLeft: 118 },
    x: { label: unit, grid: true, inset: 12, tickSpacing: ticksEvery(narrow) },
    y: { domain, label: null, type: 'point' },
    marks: [
      ruleX([0], { strokeOpacity: 0.5 }),
      ...marginMarks(prediction),
      dot(rows, { x: 'value', y: 'row', symbol: 'symbol', r: 4, stroke: 'currentColor' }),
      ruleY([judgement.interval], { x1: 'low', x2: 'high', y: () => 'mean', strokeWidth: 3, stroke: colour('good') }),
      dot([judgement], { x: 'mean', y: () => 'mean', fill: colour('good'), r: 5 }),
      saidOver('mean', estimate),
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
