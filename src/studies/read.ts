import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { canonical } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import type { Cluster } from '../stats/newcombe.ts';
import { Answer, type Cell, type Question } from './answer.ts';
import { checkRow, refuseUnknownNames } from './check-row.ts';
import { refuseUnknown, studyFacts } from './facts.ts';
import { FILES, type Item, itemSchema, type Observation, observationSchema, type StudyFacts } from './format.ts';
import { at, digestFile, newDigest, rowsOf } from './jsonl.ts';
import { Seen } from './seen.ts';

/** By replicate and step (-1 where rows have none), hits and trials of each item. */
export type ItemsOfArm = ReadonlyMap<string, ReadonlyMap<string, Cluster>>;

/** The key of a replicate and a step in `ItemsOfArm`. */
export const itemsAt = (replicate: string, step: number | null): string => canonical([replicate, step]);

/** What a question found: replicates by arm, and items by arm where there is a file of them. */
export interface Found {
  readonly arms: readonly (readonly Cell[])[];
  /** By arm what each item was answered with, over its samples; null where the study has no items. */
  readonly items: readonly ItemsOfArm[] | null;
  readonly unseeded: number;
  /** Replicates that there are in the arms together. */
  readonly available: number;
}

/** A study, and what was asked of it. */
export interface StudyRead {
  readonly facts: StudyFacts;
  /** SHA-256 of the bytes of all its files. */
  readonly digest: string;
  readonly rows: number;
  readonly found: readonly Found[];
}

/**
 * Reads a study once for any number of questions, row by row. Throws `InputError`, with file and line, on a row that is not of the format,
 * one that stands twice, and one that `checkRow` refuses.
 */
export async function readStudy(folder: string, questions: readonly Question[]): Promise<StudyRead> {
  const facts = studyFacts(folder);
  for (const { arms } of questions) for (const name of arms) refuseUnknown(`an arm of ${folder}`, 'arms', name, facts);
  const digest = newDigest();
  await digestFile(join(folder, FILES.study), digest);
  const answers = questions.map((question) => new Answer(facts, question));
  let rows = 0;
  await eachOnce(join(folder, FILES.observations), observationSchema, keyOf, digest, (row, where) => {
    checkRow(facts, row, where);
    for (const answer of answers) answer.add(row, where);
    rows++;
  });
  const items = await readItems(join(folder, FILES.items), facts, questions, answers, digest);
  const found = answers.map((answer, i) => ({
    ...{ arms: answer.cells(), unseeded: answer.unseeded, available: answer.available },
    items: items === null ? null : (items[i] as readonly ItemsOfArm[]),
  }));
  return { facts, digest: digest.digest('hex'), rows, found };
}

/** Rows with the same key are of the same number. */
const keyOf = ({ replicate, arm, character, probe, metric, base, step, seeds, temperature }: Observation): string =>
  canonical([
    replicate,
    arm,
    character,
    probe,
    metric,
    base ?? null,
    step ?? null,
    seeds?.sampling ?? null,
    temperature ?? null,
  ]);

const itemKey = ({ replicate, arm, character, probe, metric, item, sample, step }: Item): string =>
  canonical([replicate, arm, character, probe, metric, item, sample ?? null, step ?? null]);

/** Takes the rows of a file in their order. Throws `InputError` where two have one key. */
async function eachOnce<Row>(
  path: string,
  schema: z.ZodType<Row>,
  key: (row: Row) => string,
  digest: ReturnType<typeof newDigest>,
  take: (row: Row, where: string) => void,
): Promise<void> {
  const seen = new Seen();
  for await (const { row, line } of rowsOf(path, schema, digest)) {
    const earlier = seen.earlier(key(row), line);
    if (earlier !== undefined && (await rowAt(path, schema, earlier, key)) === key(row))
      throw new InputError(at(path, line), {
        expected: 'every number once',
        got: `the same number as line ${earlier}: ${key(row)}`,
        todo: 'remove one of the two; samples of one item are told apart by `seeds.sampling`, in items.jsonl by `sample`',
      });
    take(row, at(path, line));
  }
}

/** The key of the row that stands in a line. */
async function rowAt<Row>(
  path: string,
  schema: z.ZodType<Row>,
  wanted: number,
  key: (row: Row) => string,
): Promise<string> {
  for await (const { row, line } of rowsOf(path, schema)) if (line === wanted) return key(row);
  return '';
}

/** What items were answered with, by question and arm; null where there is no file of items. */
async function readItems(
  path: string,
  facts: StudyFacts,
  questions: readonly Question[],
  answers: readonly Answer[],
  digest: ReturnType<typeof newDigest>,
): Promise<ItemsOfArm[][] | null> {
  if (!existsSync(path)) return null;
  const found = questions.map(({ arms }) => arms.map(() => new Map<string, Map<string, Cluster>>()));
  await eachOnce(path, itemSchema, itemKey, digest, (row, where) => {
    refuseUnknownNames(facts, row, where);
    const { value } = row;
    if (value === null) return;
    for (const [i, { arms }] of questions.entries()) {
      const [answer, own] = [answers[i] as Answer, found[i]?.[arms.indexOf(row.arm)]];
      if (own === undefined || !answer.reads(row) || !answer.asksFor(row)) continue;
      const key = itemsAt(row.replicate, row.step ?? null);
      const items = own.get(key) ?? new Map<string, Cluster>();
      own.set(key, items);
      const item = `${row.probe} ${row.character} ${row.item}`;
      const { hits, n } = items.get(item) ?? { hits: 0, n: 0 };
      items.set(item, { hits: hits + value, n: n + 1 });
    }
  });
  return found;
}
