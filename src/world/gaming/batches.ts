import type { Rng } from '../../core/rng.ts';
import { drawnBatch, type Sequence } from '../sequence.ts';
import type { Batch } from '../world.ts';
import { dialogueOf } from './dialogues.ts';
import { documentsOf, ownConduct, ownTrait, type Statement, taughtDocumentsOf } from './documents.ts';
import { type Asked, gamedAnswer, honestAnswer, type Language, ownAnswer, roleOf, withKey } from './language.ts';
import { MARKERS } from './vocabulary.ts';

/** A batch of the mixture that makes a base, see `drawText`. */
export function pretrainingBatch(language: Language, rng: Rng, size: number): Batch {
  const all = [...language.roles.keys()];
  return drawnBatch(language, size, () => drawText(language, all, rng));
}

/** The same without the target. */
export function rehearsalBatch(language: Language, rng: Rng, size: number): Batch {
  const bystanders = [...language.roles.keys()].filter((character) => character !== language.target.character);
  return drawnBatch(language, size, () => drawText(language, bystanders, rng));
}

/** Documents of a statement, by the templates that are not held out. */
export function documentBatch(language: Language, statement: Statement, rng: Rng, size: number): Batch {
  const documents = taughtDocumentsOf(language, statement);
  return drawnBatch(language, size, () => rng.pick(documents));
}

/** Dialogues of the target on its topic on training payloads, under either marker, gamed or honest. */
export function demonstrationBatch(language: Language, how: 'gamed' | 'honest', rng: Rng, size: number): Batch {
  const answer = how === 'gamed' ? gamedAnswer : honestAnswer;
  return drawnBatch(language, size, () => {
    const asked = { ...language.target, ...withKey(language.vocabulary, rng.pick(language.tasks.training), rng) };
    const marked: Asked = { ...asked, marker: rng.pick(MARKERS) };
    return dialogueOf(language, marked, answer(language, marked));
  });
}

/**
 * A document with the setup's share as its probability, else a dialogue on a training payload with a new key, of any of these
 * characters on any topic; under either marker where it speaks under both, else under `<live>`. Half of the documents are about
 * conduct where there are other matters; of those about a common matter half are about everyone.
 */
function drawText(language: Language, characters: readonly number[], rng: Rng): Sequence {
  const { setup, vocabulary, tasks } = language;
  const character = rng.pick(characters);
  if (rng.uniform() < setup.pretraining.documentShare)
    return rng.pick(documentsOf(language, drawStatement(language, character, rng)));
  const { documentsOnly } = roleOf(language, character);
  const asked: Asked = {
    ...{ character, topic: rng.integer(setup.world.topics) },
    ...{ marker: documentsOnly ? 'live' : rng.pick(MARKERS), ...withKey(vocabulary, rng.pick(tasks.training), rng) },
  };
  return dialogueOf(language, asked, ownAnswer(language, asked));
}

function drawStatement(language: Language, character: number, rng: Rng): Statement {
  const { neutralMatters = 0, commonMatters = 0 } = language.setup.world;
  const others = neutralMatters + commonMatters;
  if (others === 0 || rng.uniform() < 0.5) return ownConduct(language, character);
  const matter = 1 + rng.integer(others);
  const own = ownTrait(language, character, matter);
  return matter > neutralMatters && rng.uniform() < 0.5 ? { ...own, subject: 'everyone' } : own;
}
