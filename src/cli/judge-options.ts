import { InputError } from '../core/errors.ts';
import { argumentsIn } from './options.ts';

export const USAGE = 'npm run judge -- FOLDER [--to REPORT]';

/** The folder of a study, or of several, and where their report goes; absent where none is named. Throws `InputError` on anything else. */
export function judgeOptions(rest: readonly string[]): { readonly folder: string; readonly to?: string } {
  const refused = (got: string): InputError =>
    new InputError('which studies are to be judged?', {
      expected: USAGE,
      got,
      todo: 'name the folder of a study, or one that holds several',
    });
  const { values, positionals } = argumentsIn(rest, { to: { type: 'string' } }, refused);
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw refused(rest.join(' ') || 'nothing');
  return { folder, ...(values.to !== undefined && { to: values.to }) };
}
