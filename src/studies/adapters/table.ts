import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { InputError } from '../../core/errors.ts';

/** A line of a table by the names of its columns. */
export type Table = Readonly<Record<string, string>>;

/** The lines of a table with a header, RFC 4180, each with its number in the file. Throws `InputError` on what is none. */
export function linesOfTable(path: string): { readonly line: number; readonly table: Table }[] {
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
