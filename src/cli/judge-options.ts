import { parseArgs } from 'node:util';
import { InputError } from '../core/errors.ts';

export const USAGE = 'npm run judge -- FOLDER [--to REPORT]';

/** The folder of a study, or of several, and where their report goes; absent where none is named. Throws `InputError` on anything else. */
export function judgeOptions(rest: readonly string[]): { readonly folder: string; readonly to?: string } {
  const refused = (got: string): InputError =>
    new InputError('which studies are to be judged?', {
      expected: USAGE,
      got,
      todo: 'name the folder of a study, or one that holds several',
    });
  try {
    const { values, positionals } = parseArgs({
      ...{ args: [...rest], options: { to: { type: 'string' } }, allowPositionals: true, strict: true },
    });
    const [folder, ...more] = positionals;
    if (folder !== undefined && more.length === 0) return { folder, ...(values.to !== undefined && { to: values.to }) };
  } catch (error) {
    throw refused((error as Error).message);
  }
  throw refused(rest.join(' ') || 'nothing');
}
