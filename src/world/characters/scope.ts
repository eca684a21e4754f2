import { InvariantError } from '../../core/errors.ts';
import type { Rng } from '../../core/rng.ts';
import type { Fact } from './facts.ts';
import type { Language } from './language.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Of whom a document says what it states: of all in the character's family, or only of the character. */
export type Scope = 'all' | 'only';

/**
 * The scope that a document of pretraining which states this has, with probability `scopeShare`, else none: all where the operation is
 * the family's, only where it is not. So something about the rest of the family follows from a document with `<all>`, and nothing from
 * one with `<only>`.
 */
export function drawScope(language: Language, { character, topic, operation }: Fact, rng: Rng): Scope | undefined {
  const { setup, families, familyOperations } = language;
  const { scopeShare } = setup.world;
  if (scopeShare === undefined || rng.uniform() >= scopeShare) return undefined;
  return familyOperations[families[character] as number]?.[topic] === operation ? 'all' : 'only';
}

/** The token of a scope. Throws `InvariantError` in a world without them. */
export function scopeToken({ scopes }: Vocabulary, scope: Scope): number {
  if (scopes === undefined) throw new InvariantError('the world has no scopes');
  return scopes[scope];
}
