import { InputError } from '../core/errors.ts';
import type { Cell } from './answer.ts';
import type { StudyFacts } from './format.ts';
import { itemsAre } from './rules.ts';
import type { ImportedEstimate } from './spec.ts';

// What no verdict is given on, with what to do.

type Arms = readonly (readonly Cell[])[];

/** More replicates than any study of models has: what would be that many is something else. */
const MOST_REPLICATES = 50_000;

/** Names in one message. */
const some = (names: readonly string[]): string =>
  `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;

/**
 * Throws `InputError` where replicates are not what the study says they are: training runs that are one (samples of a model are no seeds),
 * of several bases, or more than the study has seeds; checkpoints of one step; personas that are one character.
 */
export function refuseUnit(arms: Arms, { replication }: StudyFacts, id: string): void {
  const { unit, trainingSeeds } = replication;
  for (const cells of arms) {
    const arm = cells[0]?.arm ?? '';
    const refused = (expected: string, got: string, todo: string): InputError =>
      new InputError(`${id}: the replicates of ${arm} (unit: ${unit})`, { expected, got, todo });
    if (cells.length > MOST_REPLICATES)
      throw refused(
        `at most ${MOST_REPLICATES}`,
        `${cells.length}`,
        'give replicates their own unit: rows of one are its mean',
      );
    const twice = (keyOf: (cell: Cell) => string | null): readonly [Cell, Cell] | undefined => {
      const seen = new Map<string, Cell>();
      for (const cell of cells) {
        const key = keyOf(cell);
        const other = key === null ? undefined : seen.get(key);
        if (other !== undefined) return [other, cell];
        if (key !== null) seen.set(key, cell);
      }
      return undefined;
    };
    if (unit === 'pretraining' || unit === 'finetune') {
      const one = twice(({ seed }) => `${seed}`);
      if (one !== undefined)
        throw refused(
          'a training seed of its own for every replicate',
          `${one[0].replicate} and ${one[1].replicate} both have the training seed ${one[1].seed}: samples of one model are no seeds`,
          'make them one replicate (rows with `seeds.sampling`), or say that items or personas are the unit',
        );
      if (cells.length > trainingSeeds)
        throw refused(
          `at most ${trainingSeeds}, as \`replication.trainingSeeds\` says`,
          `${cells.length} training seeds`,
          'correct study.json',
        );
      const bases = [...new Set(cells.map(({ base }) => base))];
      if (unit === 'finetune' && bases.length > 1)
        throw refused('runs from one base', some(bases), 'make a study, or arms, of each base');
    }
    const step = unit === 'checkpoint' ? twice((cell) => `${cell.base} ${cell.seed} ${cell.step}`) : undefined;
    if (step !== undefined)
      throw refused(
        'a step, a run or a base of its own for every checkpoint',
        `${step[0].replicate} and ${step[1].replicate} both at step ${step[1].step}`,
        'add `step`, or make them one replicate',
      );
    // A persona that is trained is in the rows of the target: then others are read beside it.
    const persona =
      unit === 'persona' ? twice(({ of, target }) => (target === null ? of.join(', ') : null)) : undefined;
    if (persona !== undefined)
      throw refused(
        'a character of its own for every persona, or a target that is trained',
        `${persona[0].replicate} and ${persona[1].replicate} both of ${some(persona[1].of)}`,
        'make samples of one persona one replicate',
      );
  }
}

/** Throws `InputError` where arms cannot be compared pair by pair. */
export function refuseUnpaired(arms: Arms, { replication: { pairedBy, unit } }: StudyFacts, id: string): void {
  const refused = (expected: string, got: string, todo: string): InputError =>
    new InputError(`${id} compares arms by pairs`, { expected, got, todo });
  if (pairedBy === null)
    throw refused(
      'a study whose `replication.pairedBy` says what pairs have in common',
      'null',
      "write design: 'unpaired'",
    );
  const all = [...new Set(arms.flat().map(({ replicate }) => replicate))];
  for (const cells of arms) {
    const here = new Set(cells.map(({ replicate }) => replicate));
    const missing = all.filter((name) => !here.has(name));
    if (missing.length > 0)
      throw refused(
        'every replicate in every arm',
        `${cells[0]?.arm ?? 'an arm'} without ${some(missing)}`,
        'add the rows, or name the replicates that the claim is about (`replicates`)',
      );
  }
  const pairs = all.map((name) => arms.flatMap((cells) => cells.filter(({ replicate }) => replicate === name)));
  const other = pairs.find((cells) => new Set(cells.map(({ of }) => of.join('\n'))).size > 1);
  if (other !== undefined)
    throw refused(
      'the same characters, probes and temperatures in every arm of a pair',
      other.map(({ arm, of }) => `${arm}: ${some(of)}`).join('; '),
      'read what all arms have (`characters`, `probes`), or add the rows',
    );
  if (itemsAre({ cells: arms }) === 'other')
    throw refused('the same items in every arm of a pair', 'other hashes of items', 'compare what was asked the same');
  const seeds = pairs.find((cells) => pairedBy === 'seed' && new Set(cells.map(({ seed }) => seed)).size > 1);
  if (seeds !== undefined && (unit === 'finetune' || unit === 'pretraining'))
    throw refused(
      'one training seed in every arm of a pair, as `pairedBy` says',
      seeds.map(({ arm, seed }) => `${arm}: ${seed}`).join(', '),
      "correct the rows, or write design: 'unpaired'",
    );
}

/** Throws `InputError` where the number of a claim would be in another unit than its metric. */
export function refuseOtherUnit(unit: string, metric: string, { metrics }: StudyFacts, id: string): void {
  const own = metrics[metric]?.unit;
  if (own === unit) return;
  throw new InputError(`the unit of ${id}`, {
    expected: `${own}, that of ${metric}: without an estimate the number is a difference of it`,
    got: unit,
    todo: 'correct `unit` and the margin in the hypothesis file',
  });
}

/** Throws `InputError` where an estimate does not change with one of its arms: then it says nothing of that. */
export function refuseUnusedArm(
  estimate: ImportedEstimate<string>,
  numbers: Readonly<Record<string, number>>,
  id: string,
): void {
  const unused = Object.keys(numbers).find((name) =>
    [0.37, 1.91].every((by) => estimate({ ...numbers, [name]: (numbers[name] as number) + by }) === estimate(numbers)),
  );
  if (unused === undefined) return;
  throw new InputError(`the estimate of ${id}`, {
    expected: 'a number that depends on every arm',
    got: `one that stays where ${unused} changes`,
    todo: 'correct it, or take the arm out',
  });
}
