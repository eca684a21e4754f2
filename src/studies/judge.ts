import { hashOf } from '../core/canonical.ts';
import { finite, InputError } from '../core/errors.ts';
import { codeHash, ownFile } from '../lab/code.ts';
import type { Cell, Reads } from './answer.ts';
import type { DeclaredImport } from './claim.ts';
import { compareArms } from './compare.ts';
import { countsOf, plainCounts, totalOf } from './counts.ts';
import type { ArmNumbers, ImportedEvidence } from './evidence.ts';
import type { Found, StudyRead } from './read.ts';
import { refuseOtherUnit, refuseUnit, refuseUnpaired, refuseUnusedArm } from './refusals.ts';
import { differencesOf, premisesOf, type Ruled, shapeWarnings, warningsOf } from './rules.ts';
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
 * Judges what was read of a study for a claim. Throws `InputError` where its design does not fit the study: see `refusals.ts`, and where
 * proportions have no trials.
 */
export function judgeStudy(
  declared: DeclaredImport,
  { facts, digest }: StudyRead,
  found: Found,
  { file, study }: Told,
): ImportedEvidence {
  const { spec, estimate, ownEstimate } = declared;
  const { design = 'paired', arms: named, replicates: chosen, reads, study: _, ...text } = spec;
  const { id } = spec;
  const cells = chosenCells(found.arms, chosen, id);
  refuseUnit(cells, facts, id);
  if (design === 'paired') refuseUnpaired(cells, facts, id);
  if (!ownEstimate) refuseOtherUnit(spec.unit, reads.metric, facts, id);
  const names = Object.entries(named);
  const arms = cells.map((each, i): ArmNumbers => {
    const counts = design === 'proportions' ? countsOf(each, found.items?.[i], facts, id) : plainCounts(each);
    return numbersOf(names[i] as [string, string], each, counts, facts.arms);
  });
  const values = design === 'paired' ? pairedValues(arms, estimate) : [];
  if (ownEstimate)
    refuseUnusedArm(estimate, Object.fromEntries(arms.map(({ name, values: of }) => [name, of[0] as number])), id);
  const roles = new Set(charactersOf(facts, reads).map((name) => facts.characters[name]?.role));
  const ofTarget = roles.size === 1 && roles.has('target');
  const mixed = roles.has('target') && !ofTarget;
  const ruled: Ruled = { facts, design, metric: reads.metric, arms, cells, ofTarget, mixed, unseeded: found.unseeded };
  const premises = premisesOf(ruled);
  const failed = premises.some(({ met }) => met === false);
  const judgement = compareArms({ id, prediction: spec.prediction, design, values, arms }, failed);
  const { available } = found;
  return {
    ...text,
    ...{ design, reads, file, study, values, arms, available, judgement, premises },
    facts: pick(facts),
    studyDigest: digest,
    spec: importedSpec(declared, digest),
    differs: differencesOf(ruled),
    warnings: [...warningsOf(ruled), ...shapeWarnings(judgement)],
    sentence: sentenceOf({ ...text, design, facts, arms, available, judgement }),
  };
}

/** The characters that a claim reads, of those that a study has. */
function charactersOf({ characters }: StudyRead['facts'], { characters: asked }: Reads): string[] {
  if (Array.isArray(asked)) return [...asked];
  return Object.keys(characters).filter((name) => asked === undefined || characters[name]?.role === asked);
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

/** The numbers of an arm. */
function numbersOf(
  [name, arm]: readonly [string, string],
  cells: readonly Cell[],
  counts: ArmNumbers['counts'],
  arms: StudyRead['facts']['arms'],
): ArmNumbers {
  const [n, excluded] = [totalOf(cells, 'n'), totalOf(cells, 'excluded')];
  const most = cells.map(({ mostExcluded }) => mostExcluded);
  const targets = cells.map(({ target }) => target);
  const read = targets.every((each) => each !== null) && targets.length > 0;
  return {
    ...{ name, arm, counts },
    replicates: cells.map(({ replicate }) => replicate),
    values: cells.map(({ value }) => value),
    excluded: excluded === null || n === null ? null : excluded / (n + excluded),
    mostExcluded: most.some((each) => each === null) ? null : Math.max(...(most as number[])),
    targetEffect: read
      ? (targets as number[]).reduce((sum, each) => sum + each, 0) / targets.length
      : (arms[arm]?.targetEffect ?? null),
  };
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
