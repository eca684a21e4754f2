import type { Profile } from '../project/configuration.ts';
import type { Made } from './declaration.ts';
import type { Evidence } from './evidence.ts';
import { firstCommitOf, type Version } from './history.ts';
import type { Declaration, RegisteredClaim, RegisteredResult, Registry } from './registry.ts';

/** What a registration says of how a claim was confirmed; nothing where that is not known. */
export interface Confirmed extends Pick<RegisteredResult, 'holdout'> {
  readonly declared?: Declaration | undefined;
}

/**
 * Since when a claim is what it is, and whether nobody had looked at any of its seeds or setups then. What was registered stays while
 * claim, setup and what is drawn stay, whatever became of the code and of the commits. What was registered when the claim was
 * another, and was never committed, was looked at before.
 */
export function confirmed(
  { id, profile, seeds, drawn, setups }: Evidence,
  before: RegisteredClaim | undefined,
  made: Made | undefined,
  versions: readonly Version[],
): Confirmed {
  if (made === undefined) return {};
  const { text, since } = made;
  const same = before?.declared?.text === text;
  const was = before?.profiles[profile];
  if (same && was?.drawn === drawn && was.holdout !== undefined)
    return { declared: before.declared, holdout: was.holdout };
  if (since === undefined) return same ? { declared: before.declared } : {};
  const { commit, read } = since;
  const uncommitted = before !== undefined && !same && firstCommitOf(id, before.spec, versions) === undefined;
  const wasRead = setups === undefined ? seeds.some((seed) => read.seeds.has(seed)) : read.setups;
  return { declared: same ? before.declared : { commit, text }, holdout: !wasRead && !uncommitted };
}

/** What is registered of a claim, as of this declaration of it: a later one than theirs makes no seeds unread. */
export function declaredSince(
  { declared: was, profiles }: RegisteredClaim,
  declared: Declaration | undefined,
): RegisteredClaim['profiles'] {
  if (was?.commit === declared?.commit) return profiles;
  return Object.fromEntries(
    Object.entries(profiles).map(([profile, { holdout, ...result }]) => [
      profile,
      { ...result, ...(holdout !== undefined && declared !== undefined && { holdout: false }) },
    ]),
  );
}

/** What is known of the seeds, or setups, of a registered result, as it is shown everywhere; a dash where there is none. */
export function seedsText(result: Pick<RegisteredResult, 'holdout'> | undefined): string {
  if (result === undefined) return '-';
  return result.holdout === undefined ? 'not known' : result.holdout ? 'holdout' : 'read before';
}

/** Since when a claim is what it is, and whether what is registered at a profile had been looked at then, as a phrase. */
export function declaredText(claim: RegisteredClaim | undefined, profile: Profile): string {
  const result = claim?.profiles[profile];
  if (result === undefined) return 'not registered';
  if (result.holdout === undefined) return 'not known whether before its seeds were read';
  const commit = `in commit ${claim?.declared?.commit.slice(0, 12)}`;
  return result.holdout
    ? `${commit}, before any of its seeds was read (holdout)`
    : `${commit}, after some of its seeds were read: exploratory until it is registered on new ones`;
}

/** What registering says of claims that were not registered on unread seeds, or of which that is not known, a line each. */
export const holdoutNotes = (registry: Registry, evidence: readonly Evidence[]): string[] =>
  evidence.flatMap(({ id, profile }) => {
    const { declared, profiles } = registry[id] ?? { profiles: {} };
    const holdout = profiles[profile]?.holdout;
    if (holdout === true) return [];
    if (holdout === undefined || declared === undefined)
      return [
        `${id}: not known whether it was declared before its seeds were read: no version control, or not all of it`,
      ];
    const commit = declared.commit.slice(0, 12);
    return [
      `${id}: its seeds were read before it was declared (commit ${commit}): exploratory until it is registered on new ones`,
    ];
  });
