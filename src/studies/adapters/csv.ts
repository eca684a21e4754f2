import { InputError } from '../../core/errors.ts';
import { at } from '../jsonl.ts';
import { type MappedInput, type RowFields, withSeeds } from '../mapping.ts';
import type { Adapter, Logged, LoggedRow } from './adapter.ts';
import { linesOfTable, type Table } from './table.ts';

/** Fields that are numbers in a row. */
const NUMBERS = ['step', 'temperature', 'n', 'k', 'excluded', 'trainingSeed', 'samplingSeed'] as const;

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
    return {
      rows: linesOfTable(path).flatMap(({ line, table }) => rowsOf(table, { ...input, values }, at(path, line))),
    };
  },
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
  const read = Object.entries(fields).map(([key, field]) => [key, fieldIn(key, field, table, where)]);
  return withSeeds(Object.fromEntries(read)) as Partial<LoggedRow>;
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
