import { parseArgs } from 'node:util';
import { InputError } from '../core/errors.ts';

/** How many of some runs are done again: all, a number, or a share of them. */
export type Sample = 'all' | { readonly runs: number } | { readonly share: number };

/** What is done without options. */
const DEFAULT = '5%';
export const USAGE = 'npm run verify [-- --all | --sample N | --sample P%]';

/** The options of `npm run verify`. Throws `InputError` on an unknown or impossible one. */
export function verifyOptions(rest: readonly string[]): Sample {
  const { all, sample } = parsed(rest);
  if (all === true && sample !== undefined) throw refused(rest, 'either --all or --sample');
  if (all === true) return 'all';
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(sample ?? DEFAULT) ?? [];
  const number = Number(digits);
  if (percent === '%' && number > 0 && number <= 100) return { share: number / 100 };
  if (percent === '' && Number.isInteger(number) && number >= 1) return { runs: number };
  throw refused(rest, '--sample with a whole number of runs, or a share of more than 0% and at most 100%');
}

/** How many of `total` runs a sample is: at least one where there is one, and no more than there are. */
export function sizeOf(sample: Sample, total: number): number {
  if (sample === 'all') return total;
  return Math.min(total, 'runs' in sample ? sample.runs : Math.ceil(sample.share * total));
}

function parsed(rest: readonly string[]): { readonly all?: boolean; readonly sample?: string } {
  try {
    return parseArgs({ args: [...rest], options: { all: { type: 'boolean' }, sample: { type: 'string' } } }).values;
  } catch (error) {
    throw refused(rest, `--all or --sample (${(error as Error).message.split('\n')[0]})`);
  }
}

const refused = (rest: readonly string[], expected: string): InputError =>
  new InputError('npm run verify does not take these options', {
    expected,
    got: rest.join(' '),
    todo: `run ${USAGE}; without options it does ${DEFAULT} of the runs again`,
  });
