import { parseArgs } from 'node:util';
import { InputError } from '../core/errors.ts';

export const USAGE = 'npm run diff -- EARLIER LATER, each a folder of records or its claims.json';

/** The two runs that are compared. Throws `InputError` on anything else. */
export function diffOptions(rest: readonly string[]): readonly [earlier: string, later: string] {
  const refused = (got: string): InputError =>
    new InputError('which runs are to be compared?', {
      expected: USAGE,
      got,
      todo: 'name two, for example reports/published and reports/latest',
    });
  try {
    const [earlier, later, ...more] = parseArgs({ args: [...rest], allowPositionals: true, strict: true }).positionals;
    if (earlier !== undefined && later !== undefined && more.length === 0) return [earlier, later];
  } catch (error) {
    throw refused((error as Error).message);
  }
  throw refused(rest.join(' ') || 'nothing');
}
