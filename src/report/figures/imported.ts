import { dot, ruleX, ruleY } from '@observablehq/plot';
import { intervalText, predictionText, three } from '../../claims/describe.ts';
import type { ImportedEvidence } from '../../studies/evidence.ts';
import { colour, type Figure, images, ticksEvery } from '../plot.ts';
import { idText } from '../short.ts';
import { forest } from './forest.ts';
import { marginMarks, saidOver } from './margins.ts';

/** The claims of one unit with their intervals and margins: a figure a unit, since each has an axis of its own. */
export function importedForests(claims: readonly ImportedEvidence[]): Figure[] {
  return [...new Set(claims.map(({ unit }) => unit))].map((unit, i) =>
    forest(
      `forest-imported-${i + 1}`,
      `Claims about the records of others, in ${unit}`,
      claims
        .filter((each) => each.unit === unit)
        .map(({ judgement: { verdict, estimate, interval }, ...each }) => ({
          ...each,
          ...{ familyVerdict: verdict, firm: true, judgement: { mean: estimate, interval } },
        })),
    ),
  );
}

/** The numbers of each arm, and of pairs their differences. */
export function importedNumbers(claim: ImportedEvidence): Figure {
  const { id, unit, arms, values, judgement, prediction } = claim;
  const difference = values.length > 0 ? 'pair by pair' : 'difference';
  const rows = [
    ...arms.flatMap(({ name, replicates, values: own }) =>
      own.map((value, i) => ({ row: name, value, replicate: replicates[i] as string })),
    ),
    ...values.map((value, i) => ({ row: difference, value, replicate: arms[0]?.replicates[i] as string })),
  ];
  const text = {
    id: `imported-${id}`,
    title: `${idText(claim)}: one number a replicate`,
    description:
      `Each circle is one replicate; the bar is what is judged, with its 95 % interval; dashed lines are the margins of the ` +
      `prediction (${predictionText(prediction, unit)}).`,
  };
  const drawings = images(text, (narrow) => ({
    height: 100 + 36 * (arms.length + 1),
    ...{ marginTop: 24, marginLeft: narrow ? 110 : 160 },
    x: { label: unit, grid: true, inset: 12, tickSpacing: ticksEvery(narrow) },
    y: { domain: [...arms.map(({ name }) => name), difference], label: null, type: 'point' },
    marks: [
      ruleX([0], { strokeOpacity: 0.5 }),
      ...marginMarks(prediction),
      ruleY([judgement.interval], {
        x1: 'low',
        x2: 'high',
        y: () => difference,
        strokeWidth: 4,
        stroke: colour('good'),
      }),
      dot(rows, { x: 'value', y: 'row', r: 3.5, stroke: 'currentColor' }),
      dot([judgement], { x: 'estimate', y: () => difference, fill: colour('good'), r: 5 }),
      saidOver(difference, intervalText({ mean: judgement.estimate, ...judgement.interval }, prediction)),
    ],
  }));
  return {
    ...text,
    ...drawings,
    columns: ['replicate', ...arms.map(({ name }) => name), ...(values.length > 0 ? ['number'] : [])],
    rows: [...new Set(arms.flatMap(({ replicates }) => replicates))].map((replicate) => {
      const of = (replicates: readonly string[], own: readonly number[]): string => {
        const at = replicates.indexOf(replicate);
        return at < 0 ? '-' : three(own[at] as number);
      };
      const pair = values.length > 0 ? [of(arms[0]?.replicates ?? [], values)] : [];
      return [replicate, ...arms.map((each) => of(each.replicates, each.values)), ...pair];
    }),
  };
}
