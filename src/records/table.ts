import { effectSizeText, intervalText, predictionText, verdictText } from '../claims/describe.ts';
import type { Judged } from '../claims/gate.ts';
import { seedsText } from '../claims/holdout.ts';
import type { Registry } from '../claims/registry.ts';
import { isFirm } from '../claims/reproduction.ts';

/** The columns of the claims table, in order. */
export const COLUMNS = [
  ...(['id', 'claim', 'predicted', 'verdict', 'estimate [95 % interval]', 'unit', 'g_z', 'n', 'registered'] as const),
  'seeds',
];

/**
 * One row a claim: id, statement, prediction with its margin, verdict (after Holm unless the run is partial), estimate with
 * interval, unit, effect size, n, registered verdict, whether it was registered on unread seeds; a verdict that is not firm is
 * marked as borderline.
 */
export function claimRows(judged: readonly Judged[], registry: Registry, partial: boolean): string[][] {
  return [...judged].sort(byId).map((each) => {
    const { mean, interval, hedgesGz } = each.judgement;
    const failures = each.premiseFailures.length;
    return [
      each.family === 'exploratory' ? `${each.id} (exploratory)` : each.id,
      each.statement,
      predictionText(each.prediction, '').trim(),
      verdictText(each.familyVerdict, each.firm),
      intervalText({ mean, ...interval }, each.prediction),
      each.unit,
      effectSizeText(hedgesGz),
      failures === 0 ? String(each.values.length) : `${each.values.length} (${failures} failed a premise)`,
      registeredText(each, registry, partial),
      seedsText(registry[each.id]?.profiles[each.profile]),
    ];
  });
}

/** The registered verdict of a claim at the profile of a run, marked where it is not firm. */
export function registeredText({ id, profile }: Judged, registry: Registry, partial: boolean): string {
  const was = registry[id]?.profiles[profile]?.[partial ? 'verdict' : 'familyVerdict'];
  return was === undefined ? 'not registered' : verdictText(was, isFirm(registry, id, profile));
}

/** What a reader must be warned of, a line a claim: where a verdict may owe something to the shape of its numbers. */
export function warningLines(judged: readonly Judged[]): string[] {
  return judged.flatMap(({ id, judgement: { warning } }) => (warning === null ? [] : [`${id}: ${warning}`]));
}

const byId = (a: Judged, b: Judged): number => a.id.localeCompare(b.id, 'en', { numeric: true });

/** The claims table for a terminal. */
export function terminalTable(judged: readonly Judged[], registry: Registry, partial = false): string {
  return alignedText([COLUMNS, ...claimRows(judged, registry, partial)]);
}

/** Rows of as many cells each as text in columns. */
export function alignedText(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const SIGNS = { supported: '+', refuted: '-', inconclusive: '?', 'premise failed': '!' } as const;

/** The claims in two lines each, at most 80 characters wide: verdict and statement, then estimate, n and registered verdict. */
export function narrowLines(judged: readonly Judged[], registry: Registry, partial = false): string[] {
  const cut = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 77)}...`);
  return [...judged].sort(byId).flatMap((each) => {
    const { mean, interval } = each.judgement;
    const was = registry[each.id]?.profiles[each.profile]?.[partial ? 'verdict' : 'familyVerdict'] ?? 'not registered';
    const same = was === each.familyVerdict ? 'as registered' : `was ${registeredText(each, registry, partial)}`;
    const predicted = predictionText(each.prediction, '').trim();
    return [
      cut(`${SIGNS[each.familyVerdict]} ${each.id.padEnd(4)} ${each.statement}`),
      cut(
        `       ${verdictText(each.familyVerdict, each.firm)}, ${intervalText({ mean, ...interval }, each.prediction)} (${predicted}) ${each.unit}, n = ${each.values.length}, ${same}`,
      ),
    ];
  });
}
