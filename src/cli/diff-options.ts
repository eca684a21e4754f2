import { InputError } from '../core/errors.ts';
import { argumentsIn } from './options.ts';

export const USAGE = 'npm run diff -- EARLIER LATER, each a folder of records or its claims.json';

/** The two runs that are compared. Throws `InputError` on anything else. */
export function diffOptions(rest: readonly string[]): readonly [earlier: string, later: string] {
  const refused = (got: string): InputError =>
    new InputError('which runs are to be compared?', {
      expected: USAGE,
      got,
      todo: 'name two, for example reports/published and reports/latest',
    });
  const [earlier, later, ...more] = argumentsIn(rest, {}, refused).positionals;
  if (earlier === undefined || later === undefined || more.length > 0) throw refused(rest.join(' ') || 'nothing');
  return [earlier, later];
}
