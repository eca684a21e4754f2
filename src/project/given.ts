import type { z } from 'zod';
import { InputError } from '../core/errors.ts';

/** What a configuration gives for one of its keys, and the file that it stands in. */
export interface Given {
  readonly source: string;
  readonly value: unknown;
}

/** What was given, as a schema has it. Throws `InputError`, with what was `expected` in words, where it is not so. */
export function checked<T>({ source, value }: Given, schema: z.ZodType<T>, expected: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const got = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`).join('; ');
  throw new InputError(`${source} is not as it should be`, { expected, got, todo: 'correct it, or restore the file' });
}
