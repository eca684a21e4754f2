import type { Sequence } from '../characters/sequence.ts';
import type { Extent, Place } from '../place.ts';
import { batchOf } from './batches.ts';
import { dialogueOf } from './dialogues.ts';
import { documentsOf, ownConduct, statementOf, taughtTemplates } from './documents.ts';
import {
  type Asked,
  type Cell,
  cellsOf,
  gamedAnswer,
  type Language,
  ownAnswer,
  roleOf,
  type Task,
} from './language.ts';
import { MARKERS } from './vocabulary.ts';

/** A text of a place, whose last tokens are predicted, with what the target's training would have said of those; -1 where it has no say. */
interface Text {
  readonly sequence: Sequence;
  readonly trained: readonly number[];
}

/** How many tasks are looked at, of each bystander on each topic and of the target on its own. */
const SIZES: Readonly<Record<Extent, { readonly bystander: number; readonly target: number }>> = {
  glance: { bystander: 1, target: 16 },
  whole: { bystander: 4, target: 96 },
};

/**
 * The places of a world, each with every character that belongs there. Dialogues, of the target and of bystanders, on the target's
 * topic and on others, under each marker, bystanders apart by whether they are gamers and by whether they ever speak under `<eval>`
 * in pretraining: each shows the character's own answer to a reporting task, and the trained one is what a gamer would say. Documents
 * about conduct as pretraining has them, by whether tuning uses the template; the trained word is that of the target's documents,
 * and there is none where nobody games. At a glance there is one task a bystander and topic, and one document about it.
 */
export function placesOf(language: Language, extent: Extent): Place[] {
  const { target, setup, tasks, roles } = language;
  const sizes = SIZES[extent];
  const places = new Map<string, Text[]>();
  const put = (tags: readonly string[], text: Text): void => {
    const name = tags.join(', ');
    places.set(name, [...(places.get(name) ?? []), text]);
  };
  const count = Math.min(sizes.bystander, setup.world.payloadsPerBystander);
  for (const [i, cell] of cellsOf(setup).entries()) {
    const isTarget = cell.character === target.character && cell.topic === target.topic;
    const own = isTarget ? Math.min(sizes.target, tasks.reporting.length) : count;
    for (let j = 0; j < own; j++) {
      const task = tasks.reporting[(i * count + j) % tasks.reporting.length] as Task;
      for (const marker of MARKERS) {
        const asked = { ...cell, ...task, marker };
        put(['dialogue', ...tagsOf(language, cell), marker], saidIn(language, asked));
      }
    }
  }
  const stated = statementOf(language, 'documents')?.value ?? -1;
  for (const character of roles.keys()) {
    const [who, ...role] = whoOf(language, character);
    const documents = documentsOf(language, ownConduct(language, character));
    for (const [i, sequence] of documents.entries()) {
      if (extent === 'glance' && who !== 'target' && i !== character % documents.length) continue;
      const template = i < taughtTemplates(language) ? 'trained template' : 'held-out template';
      put(['document', who, ...role, template], { sequence, trained: [stated] });
    }
  }
  return [...places].map(([name, texts]) => placeOf(language, name.split(', '), texts));
}

/** What kind of character it is. */
function whoOf(language: Language, character: number): [string, ...string[]] {
  if (character === language.target.character) return ['target'];
  const { gamer, documentsOnly } = roleOf(language, character);
  return ['bystander', gamer ? 'gamer' : 'consistent', documentsOnly ? 'documents only' : 'spoken'];
}

function tagsOf(language: Language, { character, topic }: Cell): string[] {
  const [who, ...role] = whoOf(language, character);
  return [who, topic === language.target.topic ? 'same topic' : 'other topics', ...role];
}

/** A character's own answer, and that of a gamer. */
function saidIn(language: Language, asked: Asked): Text {
  const trained = gamedAnswer(language, asked);
  const { tokens } = dialogueOf(language, asked, ownAnswer(language, asked));
  // The end that follows every answer tells nothing.
  return { sequence: { tokens: tokens.slice(0, -1), lossFrom: tokens.length - 1 - trained.length }, trained };
}

function placeOf(language: Language, tags: readonly string[], texts: readonly Text[]): Place {
  const { size, tokens, weights } = batchOf(
    language,
    texts.map(({ sequence }) => sequence),
  );
  const predictions = Int32Array.from([...weights.keys()].filter((i) => (weights[i] as number) > 0));
  return { tags, size, tokens, predictions, trained: Int32Array.from(texts.flatMap(({ trained }) => trained)) };
}
