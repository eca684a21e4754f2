import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { InputError } from '../../core/errors.ts';
import { at } from '../jsonl.ts';
import type { MappedInput, RowFields } from '../mapping.ts';
import type { Adapter, Logged, LoggedRow } from './adapter.ts';

/** Fields that are numbers in a row. */
const NUMBERS = ['step', 'temperature', 'n', 'k', 'excluded', 'trainingSeed', 'samplingSeed'] as const;
type Table = Readonly<Record<string, string>>;

/** Tables with a header: each column of `values` gives a row of the study for each of theirs, by the fields of the mapping. */
export const csv: Adapter = {
  id: 'csv',
  about: 'a table with a header, RFC 4180; the mapping says which columns hold numbers and what they are of',
  async read(path, input) {
    const { values } = input;
    if (values === undefined)
      throw new InputError(`the mapping of ${path}`, {
        expected: '`values`, the columns that hold numbers',
        got: 'none',
        todo: 'add "values": [{ "column": "...", "metric": "..." }]',
      });
    return { rows: linesOf(path).flatMap(({ line, table }) => rowsOf(table, { ...input, values }, at(path, line))) };
  },
};

function linesOf(path: string): { readonly line: number; readonly table: Table }[] {
  try {
    const found: unknown = parse(readFileSync(path), {
      bom: true,
      columns: unique(path),
      info: true,
      skip_empty_lines: true,
    });
    const lines = found as { readonly info: { readonly lines: number }; readonly record: Table }[];
    return lines.map(({ info, record }) => ({ line: info.lines, table: record }));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot read ${path}`, {
      expected: 'comma-separated values with a header, as many in every line',
      got: error instanceof Error ? error.message : String(error),
      todo: 'correct the file',
    });
  }
}

/** The names of the columns. Throws `InputError` where one stands twice: which of the two is meant? */
const unique =
  (path: string) =>
  (header: readonly string[]): string[] => {
    const twice = header.find((name, i) => header.indexOf(name) !== i);
    if (twice === undefined) return [...header];
    throw new InputError(`the header of ${path}`, {
      expected: 'every column once',
      got: `'${twice}' twice`,
      todo: 'rename one of them',
    });
  };

function rowsOf(
  table: Table,
  { row = {}, values }: Pick<MappedInput, 'row'> & { readonly values: NonNullable<MappedInput['values']> },
  where: string,
): Logged['rows'] {
  return values.map(({ column, ...own }): LoggedRow => {
    const fields = fieldsOf({ ...row, ...own }, table, where);
    return { pointer: where.slice(where.lastIndexOf('/') + 1), ...fields, value: numberIn(table, column, where) };
  });
}

/** Fields of a row, constants and those of a table's line. Throws `InputError` where a column is not there, or is no number. */
function fieldsOf(fields: RowFields, table: Table, where: string): Partial<LoggedRow> {
  const { trainingSeed, samplingSeed, ...rest } = Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, fieldIn(key, field, table, where)]),
  );
  const seeds = {
    ...(trainingSeed !== undefined && { training: trainingSeed }),
    ...(samplingSeed !== undefined && { sampling: samplingSeed }),
  };
  return { ...rest, ...(Object.keys(seeds).length > 0 && { seeds }) } as Partial<LoggedRow>;
}

function fieldIn(
  key: string,
  field: RowFields[keyof RowFields],
  table: Table,
  where: string,
): string | number | undefined {
  const isNumber = NUMBERS.some((each) => each === key);
  if (field === undefined) return undefined;
  if (typeof field !== 'object') return isNumber ? field : String(field);
  return isNumber ? numberIn(table, field.column, where) : textIn(table, field.column, where);
}

function textIn(table: Table, column: string, where: string): string {
  const text = Object.hasOwn(table, column) ? table[column] : undefined;
  if (text !== undefined && text.trim() !== '') return text.trim();
  throw new InputError(where, {
    expected:
      text === undefined
        ? `the column '${column}' (there are ${Object.keys(table).join(', ')})`
        : `a value in '${column}'`,
    got: text === undefined ? 'no such column' : 'nothing',
    todo:
      text === undefined ? 'correct the mapping' : 'fill it in, or take the line out and count its answers as excluded',
  });
}

function numberIn(table: Table, column: string, where: string): number {
  const text = textIn(table, column, where);
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new InputError(where, {
    expected: `a finite number in '${column}', with a point for decimals and no sign of percent`,
    got: text,
    todo: 'correct it, or take the line out and count its answers as excluded',
  });
}
