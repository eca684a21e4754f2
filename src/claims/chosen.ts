import { InputError } from '../core/errors.ts';
import { PROFILES, type Profile } from '../project/config.ts';
import type { Declared } from './declared.ts';
import type { Registry } from './registry.ts';

/** Which claims a registration is about. */
export interface Choice {
  readonly claims: readonly string[] | 'all';
  /** Claims that are to be taken out. */
  readonly remove: readonly string[];
}

/**
 * The claims to measure, in the order of their files. Throws `InputError` for ids that no file declares, and for claims to be
 * taken out that a file declares or that are not registered.
 */
export function chosenClaims(
  { claims, remove }: Choice,
  declared: readonly Declared[],
  registry: Registry,
): readonly Declared[] {
  const ids = declared.map(({ spec }) => spec.id);
  const refuse = (expected: string, got: readonly string[], todo: string): void => {
    if (got.length > 0) throw new InputError('which claims?', { expected, got: got.join(', '), todo });
  };
  const unknown = claims === 'all' ? [] : claims.filter((id) => !ids.includes(id));
  refuse(`of ${ids.join(', ')}`, unknown, 'name claims that files of hypotheses/ declare');
  const there = remove.filter((id) => ids.includes(id));
  refuse('for --remove claims whose files are gone', there, 'remove their files first, or do not name them');
  const strange = remove.filter((id) => registry[id] === undefined);
  refuse(`for --remove registered claims: ${Object.keys(registry).join(', ') || 'none'}`, strange, 'do not name them');
  return claims === 'all' ? declared : declared.filter(({ spec }) => claims.includes(spec.id));
}

/** Whether a profile holds a claim. */
export const isHeldBy = (
  { spec: { from = 'quick' } }: { readonly spec: Pick<Declared['spec'], 'from'> },
  profile: Profile,
): boolean => PROFILES.indexOf(from) <= PROFILES.indexOf(profile);

/** The registered claims that no file declares. */
export function undeclared(declared: readonly Declared[], registry: Registry): string[] {
  const ids = declared.map(({ spec }) => spec.id);
  return Object.keys(registry).filter((id) => !ids.includes(id));
}
