import type { TextWorld } from '../world/texts/world.ts';
import { messageOf, written } from '../world/texts/writing.ts';

/** Added to the count of every trigram, seen or not. */
const UNSEEN = 0.1;
/** Characters of which a language can be told. */
const LEAST = 10;
/** What stands before a text begins. */
const NOTHING = -1;

/** Tells languages by their trigrams of characters; trained once on the training messages of a world, never on what networks write. */
export interface LanguageClassifier {
  /**
   * The variety, an index, whose trigrams make the tokens most probable; what is no character of running text is left out. Undefined of
   * fewer than ten characters, which are in no language.
   */
  of(tokens: Iterable<number>): number | undefined;
}

/**
 * A classifier by the likelihood of each character after the two before it (Cavnar and Trenkle's trigrams as a naive Bayes classifier
 * with equal priors), from counts in the training messages of each variety, each count .1 higher.
 */
export function languageClassifier(world: TextWorld): LanguageClassifier {
  const { vocabulary, setup, messages } = world;
  const isCharacter = new Set(vocabulary.characters);
  const alphabet = vocabulary.characters.length;
  const tables = setup.world.varieties.map((_, variety) => {
    const [trigrams, bigrams] = [new Map<string, number>(), new Map<string, number>()];
    const count = (table: Map<string, number>, key: string): void => {
      table.set(key, (table.get(key) ?? 0) + 1);
    };
    for (const message of messages.training)
      for (const [before, token] of trigramsOf(
        written(world, messageOf(world, variety, message), () => undefined),
        isCharacter,
      )) {
        count(trigrams, `${before},${token}`);
        count(bigrams, before);
      }
    return { trigrams, bigrams };
  });
  return {
    of: (tokens) => {
      const seen = [...trigramsOf(tokens, isCharacter)];
      if (seen.length < LEAST) return undefined;
      const scores = tables.map(({ trigrams, bigrams }) =>
        seen.reduce(
          (sum, [before, token]) =>
            sum +
            Math.log(
              ((trigrams.get(`${before},${token}`) ?? 0) + UNSEEN) / ((bigrams.get(before) ?? 0) + UNSEEN * alphabet),
            ),
          0,
        ),
      );
      return scores.indexOf(Math.max(...scores));
    },
  };
}

/** Every character with the two before it. */
function* trigramsOf(tokens: Iterable<number>, isCharacter: ReadonlySet<number>): Generator<[string, number]> {
  let before = [NOTHING, NOTHING];
  for (const token of tokens) {
    if (!isCharacter.has(token)) continue;
    yield [before.join(), token];
    before = [before[1] as number, token];
  }
}
