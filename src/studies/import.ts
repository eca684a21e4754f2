import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../core/errors.ts';
import { writeWhole } from '../core/whole-file.ts';
import type { Adapter, Logged, LoggedItem, LoggedRow } from './adapters/adapter.ts';
import {
  FILES,
  IMPORT,
  type Item,
  itemSchema,
  type Observation,
  observationSchema,
  type StudyFacts,
  studySchema,
} from './format.ts';
import { type MappedInput, type Mapping, withSeeds } from './mapping.ts';
import { readStudy } from './read.ts';

/** What an import wrote. */
export interface Imported {
  readonly rows: number;
  readonly items: number;
  readonly notes: readonly string[];
}

/** Fields that every row has, from the log or from the mapping. */
const NEEDED = ['replicate', 'arm', 'character', 'probe', 'metric'] as const;

/**
 * Makes a study of logs: reads every input of a mapping, fills in what the mapping says, and writes the study's files into a folder that
 * is new or holds nothing but a study. Throws `InputError`, with nothing written, on a log that is none, on what neither logs nor
 * mapping say, and on a study that could not be read again.
 */
export async function importStudy(adapter: Adapter, mapping: Mapping, to: string): Promise<Imported> {
  refuseOthers(to);
  const logs: { readonly input: MappedInput; readonly logged: Logged }[] = [];
  for (const input of mapping.inputs)
    logs.push({ input, logged: await adapter.read(resolve(mapping.folder, input.file), input) });
  const rows = logs.flatMap(({ input, logged }) => logged.rows.map((row) => completeRow(row, input)));
  const items = logs.flatMap(({ input, logged }) => (logged.items ?? []).map((item) => completeItem(item, input)));
  const facts = factsOf(
    mapping,
    logs.map(({ logged }) => logged),
    [...rows, ...items],
  );
  const lines = (all: readonly object[]): string => all.map((each) => `${JSON.stringify(each)}\n`).join('');
  const files = {
    [FILES.study]: `${JSON.stringify(facts, null, 2)}\n`,
    [FILES.observations]: lines(rows),
    ...(items.length > 0 && { [FILES.items]: lines(items) }),
  };
  if (rows.length === 0)
    throw new InputError('nothing to import', {
      expected: 'a row in some input',
      got: 'none',
      todo: 'correct the files, or `metrics` and `values` of the mapping',
    });
  await refuseUnreadable(files, to, rows);
  for (const name of Object.values(FILES)) rmSync(join(to, name), { force: true });
  for (const [name, text] of Object.entries(files)) writeWhole(join(to, name), text);
  return {
    rows: rows.length,
    items: items.length,
    notes: [...new Set(logs.flatMap(({ logged }) => logged.notes ?? []))],
  };
}

/** Throws `InputError` where files of a study could not be read again: they are tried in a folder of their own. */
async function refuseUnreadable(
  files: Readonly<Record<string, string>>,
  to: string,
  rows: readonly Pick<Observation, 'pointer'>[],
): Promise<void> {
  mkdirSync(dirname(resolve(to)), { recursive: true });
  const trial = mkdtempSync(join(dirname(resolve(to)), '.import-'));
  try {
    for (const [name, text] of Object.entries(files)) writeWhole(join(trial, name), text);
    await readStudy(trial, []);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // The trial is gone when this is read: what counts is where the row came from.
    const [, line] = /observations\.jsonl, line (\d+)/.exec(error.message) ?? [];
    const pointer = line === undefined ? null : (rows[Number(line) - 1]?.pointer ?? null);
    error.message = error.message.replaceAll(trial, to).replace(/$/m, pointer === null ? '' : ` (of ${pointer})`);
    throw error;
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

/** Throws `InputError` on a folder that holds anything but a study: nothing of anybody is overwritten. */
function refuseOthers(folder: string): void {
  const found = existsSync(folder) ? readdirSync(folder) : [];
  const others = found.filter((name) => !Object.values<string>(FILES).includes(name));
  if (others.length === 0) return;
  throw new InputError(`${folder} holds other files than a study`, {
    expected: 'a new folder, or one with a study that is to be replaced',
    got: others.slice(0, 5).join(', '),
    todo: 'give another folder with --to',
  });
}

/** Constants of a mapping; the fields of a table are read with it. */
function constants({ row = {} }: MappedInput): Partial<Observation> {
  const said = Object.entries(row).filter(([, value]) => value !== undefined && typeof value !== 'object');
  return withSeeds(Object.fromEntries(said)) as Partial<Observation>;
}

/** A row with what the mapping says of its log, which goes before what the log says. */
function completeRow(row: LoggedRow, input: MappedInput): Observation {
  const said = constants(input);
  const seeds = { ...row.seeds, ...said.seeds };
  return parsed(observationSchema, { ...row, ...said, ...(Object.keys(seeds).length > 0 && { seeds }) }, input);
}

function completeItem(item: LoggedItem, input: MappedInput): Item {
  const { replicate, arm, character, probe, metric, step } = constants(input);
  const said = Object.entries({ replicate, arm, character, probe, metric, step }).filter(
    ([, value]) => value !== undefined,
  );
  return parsed(itemSchema, { ...item, ...Object.fromEntries(said) }, input);
}

function parsed<Row>(
  schema: { safeParse: typeof observationSchema.safeParse } | typeof itemSchema,
  row: object,
  { file }: MappedInput,
): Row {
  const missing = NEEDED.filter((key) => !(key in row));
  const found = schema.safeParse(row);
  if (found.success) return found.data as Row;
  const faults = found.error.issues.filter(({ path }) => !missing.some((key) => key === path[0]));
  throw new InputError(`a row of ${file}`, {
    expected: `a row of ${IMPORT}`,
    got: [
      ...(missing.length > 0 ? [`no ${missing.join(', no ')}`] : []),
      ...faults.map(({ path, message }) => `${path.join('.') || 'the row'}: ${message}`),
    ].join('; '),
    todo:
      missing.length > 0
        ? 'say it in `row` of this input in the mapping: the log does not'
        : 'correct the log or the mapping',
  });
}

/** What `study.json` will say: what the mapping does, and of metrics, probes and characters what logs tell beside. */
function factsOf(
  { study, characterRole }: Mapping,
  logs: readonly Logged[],
  rows: readonly Pick<Observation, 'character' | 'probe'>[],
): StudyFacts {
  const names = [...new Set(rows.map(({ character }) => character))].sort();
  const characters =
    characterRole === undefined ? {} : Object.fromEntries(names.map((name) => [name, { role: characterRole }]));
  const told = <Key extends 'metrics' | 'probes'>(key: Key): StudyFacts[Key] =>
    Object.assign({}, ...logs.map((log) => log[key] ?? {}), study[key] ?? {}) as StudyFacts[Key];
  const found = studySchema.safeParse({
    format: IMPORT,
    ...study,
    characters: { ...characters, ...study.characters },
    ...{ metrics: told('metrics'), probes: told('probes') },
  });
  if (found.success) return found.data;
  throw new InputError('the study that the mapping describes', {
    expected: `a study of ${IMPORT}`,
    got: found.error.issues.map(({ path, message }) => `${path.join('.') || 'the study'}: ${message}`).join('; '),
    todo: 'complete `study` in the mapping',
  });
}
