import { parseArgs } from 'node:util';
import { InputError } from '../core/errors.ts';

export const USAGE = 'npx spillover init [FOLDER]';

/** The folder that is asked for, this one by default. Throws `InputError` on an option or a second folder. */
export function initFolder(rest: readonly string[]): string {
  try {
    const { positionals } = parseArgs({ args: [...rest], options: {}, allowPositionals: true, strict: true });
    if (positionals.length <= 1) return positionals[0] ?? '.';
  } catch {
    // Refused below.
  }
  throw new InputError('unknown options', { expected: USAGE, got: rest.join(' '), todo: 'name one folder, or none' });
}
