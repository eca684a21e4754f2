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

/** What stands behind a command beside its options, and their values. Throws what `refused` makes of an unknown option. */
export function argumentsIn<Known extends Options>(
  rest: readonly string[],
  known: Known,
  refused: (got: string) => InputError,
): Pick<
  ReturnType<typeof parseArgs<{ args: string[]; options: Known; allowPositionals: true; strict: true }>>,
  'values' | 'positionals'
> {
  try {
    return parseArgs({ args: [...rest], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    throw refused((error as Error).message);
  }
}

/** The ids of claims in the values of an option that takes several, each also several with commas; each once. */
export const idsIn = (asked: readonly string[]): string[] => [
  ...new Set(asked.flatMap((text) => text.split(',')).filter((id) => id !== '')),
];

/** Of these ids those that stand in none of the texts of hypothesis files: no claim has them. */
export const undeclaredIn = (ids: readonly string[], texts: readonly string[]): string[] =>
  ids.filter((id) => !texts.some((text) => text.includes(`'${id}'`) || text.includes(`"${id}"`)));

/** Throws the `InputError` that other claims can be named, with the `usage`. */
export function refuseClaims(ids: readonly string[], which: string, usage: string): never {
  throw new InputError('which claims?', {
    expected: `--claim with ids ${which}`,
    got: ids.length === 0 ? 'none' : ids.join(','),
    todo: usage,
  });
}

/** The whole number of an option from `least` to `most`. Throws `InputError` on anything else, with the `usage`. */
export function numberOf(
  name: string,
  text: string,
  { least, most, usage }: { readonly least: number; readonly most: number; readonly usage: string },
): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new InputError(`--${name}`, { expected: `a whole number from ${least} to ${most}`, got: text, todo: usage });
}
