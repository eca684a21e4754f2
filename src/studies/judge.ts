import { canonical, hashOf } from '../core/canonical.ts';
import { finite, InputError } from '../core/errors.ts';
import { codeHash, ownFile } from '../lab/code.ts';
import { type Cluster, clusteredShare } from '../stats/newcombe.ts';
import type { Cell } from './answer.ts';
import type { DeclaredImport } from './claim.ts';
import { compareArms } from './compare.ts';
import type { ArmNumbers, ImportedEvidence } from './evidence.ts';
import type { Found, StudyRead } from './read.ts';
import { differencesOf, itemsAre, premisesOf, type Ruled, warningsOf } from './rules.ts';
import { sentenceOf } from './sentence.ts';

/** The code that makes a verdict of a study's files. */
const DECIDING = ['studies/judge', 'studies/read'];

/** Hash of what makes a claim about a study the claim that it is. */
export const importedSpec = ({ text }: Pick<DeclaredImport, 'text'>, studyDigest: string): string =>
  hashOf({ file: text, study: studyDigest, code: codeHash(DECIDING.map(ownFile)) });

/** Names of a claim's files, as they are told. */
export interface Told {
  readonly file: string;
  readonly study: string;
}

/**
 * Judges what was read of a study for a claim. Throws `InputError` where its design does not fit the study: arms that are not paired,
 * a replicate that is not in every arm, training runs that are one and the same, or trials that are not told.
 */
export function judgeStudy(
  declared: DeclaredImport,
  { facts, digest }: StudyRead,
  found: Found,
  { file, study }: Told,
): ImportedEvidence {
  const { spec, estimate } = declared;
  const { design = 'paired', arms: named, replicates: chosen, reads, study: _, ...text } = spec;
  const cells = chosenCells(found.arms, chosen, spec.id);
  refuseOneRun(cells, facts.replication.unit, spec.id);
  if (design === 'paired') refuseUnpaired(cells, facts.replication.pairedBy, spec.id);
  const names = Object.entries(named);
  const arms = cells.map(
    (each, i): ArmNumbers => numbersOf(names[i] as [string, string], each, found.items?.[i], facts.arms),
  );
  if (design === 'proportions') refuseUncounted(arms, spec.id);
  const values = design === 'paired' ? pairedValues(arms, estimate) : [];
  const ofTarget = typeof reads.characters === 'string' && reads.characters === 'target';
  const ruled: Ruled = { facts, design, metric: reads.metric, arms, cells, ofTarget, unseeded: found.unseeded };
  const premises = premisesOf(ruled);
  const failed = premises.some(({ met }) => met === false);
  const judgement = compareArms({ id: spec.id, prediction: spec.prediction, design, values, arms }, failed);
  const available = found.arms.reduce((sum, each) => sum + each.length, 0);
  return {
    ...text,
    ...{ design, reads, file, study, values, arms, available, judgement, premises },
    facts: pick(facts),
    studyDigest: digest,
    spec: importedSpec(declared, digest),
    differs: differencesOf(facts, Object.values(named)),
    warnings: warningsOf(ruled),
    sentence: sentenceOf({ ...text, design, facts, arms, available, judgement }),
  };
}

const pick = ({ title, source, replication, judge, published }: StudyRead['facts']): ImportedEvidence['facts'] => ({
  ...{ title, source, replication, judge, published },
});

/** The cells of the replicates that a claim names; all where it names none. Throws `InputError` on a name that no arm has. */
function chosenCells(
  arms: Found['arms'],
  chosen: readonly string[] | undefined,
  id: string,
): readonly (readonly Cell[])[] {
  if (chosen === undefined) return arms;
  const known = new Set(arms.flat().map(({ replicate }) => replicate));
  const unknown = chosen.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new InputError(`the replicates of ${id}`, {
      expected: `of ${[...known].slice(0, 12).join(', ')}${known.size > 12 ? ', ...' : ''}`,
      got: unknown.join(', '),
      todo: 'correct `replicates` in the hypothesis file, or leave it out',
    });
  return arms.map((cells) => cells.filter(({ replicate }) => chosen.includes(replicate)));
}

/** Throws `InputError` where replicates that should be training runs have one base and one training seed: they are samples of one model. */
function refuseOneRun(arms: readonly (readonly Cell[])[], unit: string, id: string): void {
  if (unit !== 'pretraining' && unit !== 'finetune') return;
  for (const cells of arms) {
    const runs = new Map<string, string>();
    for (const { base, seed, replicate, arm } of cells) {
      const key = canonical(unit === 'pretraining' ? [seed] : [base, seed]);
      const other = runs.get(key);
      if (other !== undefined)
        throw new InputError(`${id}: replicates that are one training run`, {
          expected: `a training seed of its own for every replicate of ${arm} (unit: ${unit})`,
          got: `${other} and ${replicate} both have the training seed ${seed} from ${base}: samples of one model are no seeds`,
          todo: 'make them one replicate (rows with `seeds.sampling`), or say that items or personas are the unit',
        });
      runs.set(key, replicate);
    }
  }
}

function refuseUnpaired(arms: readonly (readonly Cell[])[], pairedBy: string | null, id: string): void {
  const refused = (expected: string, got: string, todo: string): InputError =>
    new InputError(`${id} compares arms by pairs`, { expected, got, todo });
  if (pairedBy === null)
    throw refused(
      'a study whose `replication.pairedBy` says what pairs have in common',
      'null',
      "write design: 'unpaired'",
    );
  const all = new Set(arms.flat().map(({ replicate }) => replicate));
  for (const cells of arms) {
    const here = new Set(cells.map(({ replicate }) => replicate));
    const missing = [...all].filter((name) => !here.has(name));
    if (missing.length > 0)
      throw refused(
        'every replicate in every arm',
        `${cells[0]?.arm ?? 'an arm'} without ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''}`,
        'add the rows, or name the replicates that the claim is about (`replicates`)',
      );
  }
  if (itemsAre({ cells: arms }) === 'other')
    throw refused('the same items in both arms of a pair', 'other hashes of items', 'compare what was asked the same');
}

function refuseUncounted(arms: readonly ArmNumbers[], id: string): void {
  const without = arms.find(({ counts }) => counts === null);
  if (without === undefined) return;
  throw new InputError(`${id} compares proportions`, {
    expected: 'k and n in every row that it reads',
    got: `rows of ${without.arm} without them`,
    todo: "add them, or compare the shares of replicates: design: 'paired' or 'unpaired'",
  });
}

/** The numbers of an arm. Of items, each with its samples, trials count for as many as they tell. */
function numbersOf(
  [name, arm]: readonly [string, string],
  cells: readonly Cell[],
  items: ReadonlyMap<string, Cluster> | undefined,
  arms: StudyRead['facts']['arms'],
): ArmNumbers {
  const total = (key: 'k' | 'n' | 'excluded'): number | null =>
    cells.reduce<number | null>((sum, each) => (sum === null || each[key] === null ? null : sum + each[key]), 0);
  const [k, n, excluded] = [total('k'), total('n'), total('excluded')];
  const clusters = [...(items?.values() ?? [])];
  const targets = cells.map(({ target }) => target);
  const read = targets.every((each) => each !== null) && targets.length > 0;
  return {
    ...{ name, arm },
    replicates: cells.map(({ replicate }) => replicate),
    values: cells.map(({ value }) => value),
    counts: countsOf(clusters) ?? (k === null || n === null ? null : { k, n, effective: n }),
    excluded: excluded === null || n === null ? null : excluded / (n + excluded),
    targetEffect: read
      ? (targets as number[]).reduce((sum, each) => sum + each, 0) / targets.length
      : (arms[arm]?.targetEffect ?? null),
  };
}

/** Hits and trials of items, and for how many independent trials they count; null where there are no items, or no hits among their answers. */
function countsOf(clusters: readonly Cluster[]): ArmNumbers['counts'] {
  if (clusters.length < 2 || clusters.some(({ hits, n }) => hits < 0 || hits > n)) return null;
  const n = clusters.reduce((sum, each) => sum + each.n, 0);
  const k = clusters.reduce((sum, each) => sum + each.hits, 0);
  return { k, n, effective: clusteredShare(clusters).n };
}

/** The claim's number of each replicate, in the order of the first arm's. Throws `InvariantError` on one that is not finite. */
function pairedValues(arms: readonly ArmNumbers[], estimate: DeclaredImport['estimate']): number[] {
  return (arms[0]?.replicates ?? []).map((replicate) => {
    const numbers = arms.map(({ name, replicates, values }): [string, number] => [
      name,
      values[replicates.indexOf(replicate)] as number,
    ]);
    return finite(estimate(Object.fromEntries(numbers)), `the number of ${replicate}`);
  });
}
