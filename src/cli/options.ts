import { type ParseArgsConfig, parseArgs } from 'node:util';
import { InputError } from '../core/errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The values of a command's options. Throws `InputError` on an unknown one, or one without its value, with the `usage`. */
export function optionsIn<Known extends Options>(
  rest: readonly string[],
  known: Known,
  usage: string,
): ReturnType<typeof parseArgs<{ args: string[]; options: Known; strict: true }>>['values'] {
  try {
    return parseArgs({ args: [...rest], options: known, strict: true }).values;
  } catch (error) {
    throw new InputError('unknown options', { expected: usage, got: (error as Error).message, todo: 'correct them' });
  }
}
