import { effectSizeText, intervalText, predictionText, pText, three } from '../claims/describe.ts';
import type { ImportedEvidence } from '../studies/evidence.ts';
import { alignedText } from './table.ts';

/** The columns of the table of claims about the records of others. */
export const IMPORTED_COLUMNS = [
  ...['id', 'claim', 'predicted', 'verdict', 'estimate [95 % interval]', 'unit', 'p', 'g', 'n', 'replicates are'],
] as const;

/** Replicates of the arms: of pairs their number, else that of each arm. */
export const sizeText = ({ design, arms }: Pick<ImportedEvidence, 'design' | 'arms'>): string => {
  const sizes = arms.map(({ values }) => values.length);
  return design === 'paired' ? `${sizes[0]}` : sizes.join(' + ');
};

/** One row a claim. */
export function importedRows(claims: readonly ImportedEvidence[]): string[][] {
  return claims.map((each) => {
    const { verdict, estimate, interval, p, effectSize } = each.judgement;
    return [
      ...[each.id, each.statement, predictionText(each.prediction, '').trim(), verdict],
      ...[
        intervalText({ mean: estimate, ...interval }, each.prediction),
        each.unit,
        pText(p),
        effectSizeText(effectSize),
      ],
      ...[sizeText(each), each.facts.replication.unit],
    ];
  });
}

/** The table for a terminal, and under it what each verdict may conclude and what to be warned of. */
export function importedTable(claims: readonly ImportedEvidence[]): string {
  const lines = claims.flatMap(({ id, arms, sentence, differs, warnings }) => [
    `${id}: ${sentence}`,
    ...targetLine(arms),
    ...(differs.length === 0 ? [] : [`  the arms differ in ${differs.join(', ')}`]),
    ...warnings.map((warning) => `  warning: ${warning}`),
  ]);
  return [alignedText([IMPORTED_COLUMNS, ...importedRows(claims)]), '', ...lines].join('\n');
}

/** How the target of the training does in each arm, where that is known of all. */
function targetLine(arms: ImportedEvidence['arms']): string[] {
  if (arms.some(({ targetEffect }) => targetEffect === null)) return [];
  return [
    `  in the target: ${arms.map(({ name, targetEffect }) => `${name} ${three(targetEffect as number)}`).join(', ')}`,
  ];
}
