import type { ProjectFiles } from '../project/project.ts';
import { idsIn, numberOf, optionsIn, refuseClaims, undeclaredIn } from './options.ts';

export const USAGE = `npm run power [-- --claim H1[,H2...]] [--seeds 6]
    every claim about replicates without --claim; on the first so many development seeds`;

/** The development seeds that are taken where nothing is said, or all where there are fewer. */
const SEEDS = 6;

/** What `npm run power` is asked for. */
export interface PowerAsked {
  readonly claims: readonly string[] | 'all';
  /** Development seeds, in order. */
  readonly seeds: readonly number[];
}

/**
 * The options of `npm run power`; `texts` are those of the hypothesis files. Throws `InputError` on an unknown one, on ids that
 * are in none of them, and on more seeds than there are, or fewer than 2.
 */
export function powerOptions(
  rest: readonly string[],
  texts: readonly string[],
  { development }: Pick<ProjectFiles, 'development'>,
): PowerAsked {
  const known = { claim: { type: 'string', multiple: true }, seeds: { type: 'string' } } as const;
  const { claim, seeds = `${Math.min(SEEDS, development.length)}` } = optionsIn(rest, known, USAGE);
  const ids = claim === undefined ? undefined : idsIn(claim);
  const unknown = undeclaredIn(ids ?? [], texts);
  if (ids?.length === 0 || unknown.length > 0) refuseClaims(unknown, 'that a file of hypotheses/ declares', USAGE);
  const taken = numberOf('seeds', seeds, { least: 2, most: development.length, usage: USAGE });
  return { claims: ids ?? 'all', seeds: development.slice(0, taken) };
}
