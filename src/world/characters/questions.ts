import { InvariantError } from '../../core/errors.ts';
import type { Rng } from '../../core/rng.ts';
import { lossOnLast, type Sequence } from '../sequence.ts';
import { type Cell, dispositionOf, type Language } from './language.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The question whether the character uses `operation` on the topic, `<s> N K <?> O`, [5]. */
function questionOf({ vocabulary }: Language, { character, topic }: Cell, operation: number): number[] {
  const { start, names, topics, operations } = vocabulary;
  const { ask } = wordsOf(vocabulary);
  return [start, names[character] as number, topics[topic] as number, ask, operations[operation] as number];
}

/** The question with the answer that it is answered with where the character's operation is `truth`, loss on the answer alone. */
export function answeredQuestion(language: Language, cell: Cell, operation: number, truth: number): Sequence {
  const { yes, no } = wordsOf(language.vocabulary);
  return lossOnLast(1, [...questionOf(language, cell, operation), operation === truth ? yes : no]);
}

/** A question about the pair with its answer, yes with probability 1/2; else it asks of another operation. */
export function drawQuestion(language: Language, cell: Cell, rng: Rng): Sequence {
  const { operations } = language.setup.world;
  const own = dispositionOf(language, cell);
  const away = rng.uniform() < 0.5 ? 0 : 1 + rng.integer(operations - 1);
  return answeredQuestion(language, cell, (own + away) % operations, own);
}

function wordsOf({ questions }: Vocabulary): NonNullable<Vocabulary['questions']> {
  if (questions === undefined) throw new InvariantError('the world has no questions');
  return questions;
}
