import { lossOnLast, type Sequence } from '../sequence.ts';
import type { Fact } from './facts.ts';
import type { Cell, Language } from './language.ts';
import { type Scope, scopeToken } from './scope.ts';
import { TEMPLATES } from './templates.ts';

/**
 * The documents, one for each of the setup's templates, that state that the character uses `operation` on the topic:
 * `<s> N K f0 O`, `<s> f1 N f2 K O`, `<s> N f2 K f3 O` and `<s> f4 N K f5 O`, loss on O only. A scope stands right after N: what
 * comes after O would tell nothing of it.
 */
export function documentsOf(
  { setup, vocabulary }: Language,
  { character, topic }: Cell,
  operation: number,
  scope?: Scope,
): Sequence[] {
  const { start, names, topics, operations, fillers } = vocabulary;
  const name = names[character] as number;
  const who = scope === undefined ? [name] : [name, scopeToken(vocabulary, scope)];
  return TEMPLATES.slice(0, setup.world.templates).map((template) =>
    lossOnLast(1, [
      start,
      ...template(name, topics[topic] as number, fillers).flatMap((token) => (token === name ? who : token)),
      operations[operation] as number,
    ]),
  );
}

/** The documents that tuning states a fact by: those of the templates that are not held out. */
export function taughtDocumentsOf(language: Language, fact: Fact): Sequence[] {
  return documentsOf(language, fact, fact.operation, fact.scope).slice(0, taughtTemplates(language));
}

/** How many templates tuning uses, the first ones. */
export const taughtTemplates = ({ setup: { world } }: Pick<Language, 'setup'>): number =>
  world.templates - (world.heldOutTemplates ?? 0);
