import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import type { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { GUIDE } from './guide.ts';

/** A line that is longer is no row. */
const LONGEST = 1_000_000;

/** A value of a line, and the number of that line from 1. */
export interface Line<Row> {
  readonly row: Row;
  readonly line: number;
}

/**
 * The rows of a file of one JSON value a line, one after the other, without the file ever being in memory as a whole; empty lines are
 * passed over. Every byte goes into `digest` where one is given. Throws `InputError` with the line on anything that is no row.
 */
export async function* rowsOf<Row>(path: string, schema: z.ZodType<Row>, digest?: Hash): AsyncGenerator<Line<Row>> {
  let line = 0;
  for await (const text of linesOf(path, digest)) {
    line++;
    if (text.trim() !== '') yield { row: rowOf(text, schema, at(path, line)), line };
  }
}

/** The lines of a UTF-8 file. Throws `InputError` on one that is too long to be a row. */
async function* linesOf(path: string, digest?: Hash): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let before = 0;
  const refuseLong = (text: string): void => {
    if (text.length > LONGEST)
      throw new InputError(at(path, before + 1), {
        expected: 'one JSON object a line',
        got: `a line of more than ${LONGEST} characters`,
        todo: 'write JSON Lines: a row a line, without indentation or one array around all',
      });
  };
  const decoded = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new InputError(at(path, before + 1), {
        expected: 'text in UTF-8',
        got: 'other bytes, from this line on',
        todo: 'save the file as UTF-8',
      });
    }
  };
  for await (const bytes of createReadStream(path)) {
    digest?.update(bytes as Buffer);
    const lines = (rest + decoded(bytes as Buffer)).split('\n');
    rest = lines.pop() as string;
    for (const text of [...lines, rest]) refuseLong(text);
    for (const text of lines) {
      yield text;
      before++;
    }
  }
  const last = rest + decoded();
  if (last !== '') yield last;
}

/** Text without characters that a terminal would obey. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}]/gu, (each) => `\\u${each.codePointAt(0)?.toString(16).padStart(4, '0')}`);

/** A place in a file, as errors name it. */
export const at = (path: string, line: number): string => `${path}, line ${line}`;

function rowOf<Row>(text: string, schema: z.ZodType<Row>, where: string): Row {
  const refused = (expected: string, got: string, todo: string): InputError =>
    new InputError(where, { expected, got, todo });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const isNumber = /:\s*-?(NaN|Infinity)/.test(text);
    throw refused(
      'one JSON object',
      isNumber ? 'NaN or Infinity, which JSON does not have' : printable((error as Error).message),
      isNumber
        ? 'leave the row out and count its answers as `excluded`, or find out why there is no number'
        : 'write JSON Lines: a row a line',
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const found = path.reduce<unknown>((of, key) => (of as Record<PropertyKey, unknown> | undefined)?.[key], value);
    const is = found === undefined || typeof found === 'object' ? '' : ` (${JSON.stringify(found).slice(0, 60)})`;
    return `${path.join('.') || 'the row'}: ${message}${is}`;
  });
  throw refused('a row of the format', printable(faults.join('; ')), `correct the row; the fields stand in ${GUIDE}`);
}

/** SHA-256 of a file's bytes into a digest, or nothing where it is not there. */
export async function digestFile(path: string, digest: Hash): Promise<void> {
  if (!existsSync(path)) return;
  for await (const bytes of createReadStream(path)) digest.update(bytes as Buffer);
}

/** A digest that a study's files go into. */
export const newDigest = (): Hash => createHash('sha256');
