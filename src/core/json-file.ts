import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { InputError } from './errors.ts';

/** The byte order mark that some editors put at the start of a text. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/**
 * The JSON value in a file, with or without a byte order mark. Throws `InputError` where it cannot be read or is not JSON;
 * `todo` says what helps.
 */
export function readJson(path: string, todo: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(BYTE_ORDER_MARK, ''));
  } catch (error) {
    throw new InputError(`cannot load ${path}`, {
      expected: 'a JSON file',
      got: error instanceof Error ? error.message : String(error),
      todo,
    });
  }
}

/** The value of `schema` in a JSON file. Throws `InputError` with every place that does not fit. */
export function readJsonAs<T>(path: string, schema: z.ZodType<T>, expected: string, todo: string): T {
  const parsed = schema.safeParse(readJson(path, todo));
  if (parsed.success) return parsed.data;
  const got = parsed.error.issues
    .map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`)
    .join('; ');
  throw new InputError(`${path} is not as it should be`, { expected, got, todo });
}
