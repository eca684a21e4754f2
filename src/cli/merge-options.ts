import { InputError } from '../core/errors.ts';
import { argumentsIn } from './options.ts';

export const USAGE = 'npm run merge -- STORE STORE ... [--to STORE]';

/** The stores that are named, and where to they are merged; the project's store where nothing is said. Throws `InputError` on none. */
export function mergeOptions(rest: readonly string[]): { readonly from: readonly string[]; readonly to?: string } {
  const refused = (got: string): InputError =>
    new InputError('which stores are to be merged?', {
      expected: USAGE,
      got,
      todo: 'name the folders of one store or more',
    });
  const { values, positionals } = argumentsIn(rest, { to: { type: 'string' } }, refused);
  if (positionals.length === 0) throw refused('none');
  return { from: positionals, ...(values.to !== undefined && { to: values.to }) };
}
