import { InputError } from '../core/errors.ts';
import { argumentsIn } from './options.ts';

export const USAGE = 'npx spillover init [FOLDER]';

/** The folder that is asked for, this one by default. Throws `InputError` on an option or a second folder. */
export function initFolder(rest: readonly string[]): string {
  const refused = (): InputError =>
    new InputError('unknown options', { expected: USAGE, got: rest.join(' '), todo: 'name one folder, or none' });
  const [folder = '.', ...more] = argumentsIn(rest, {}, refused).positionals;
  if (more.length > 0) throw refused();
  return folder;
}
