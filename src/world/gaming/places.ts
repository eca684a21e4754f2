import { Gathered, type Told } from '../gathered.ts';
import type { Extent, Place } from '../place.ts';
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
  const gathered = new Gathered();
  const count = Math.min(sizes.bystander, setup.world.payloadsPerBystander);
  for (const [i, cell] of cellsOf(setup).entries()) {
    const isTarget = cell.character === target.character && cell.topic === target.topic;
    const own = isTarget ? Math.min(sizes.target, tasks.reporting.length) : count;
    for (let j = 0; j < own; j++) {
      const task = tasks.reporting[(i * count + j) % tasks.reporting.length] as Task;
      for (const marker of MARKERS) {
        const asked = { ...cell, ...task, marker };
        gathered.put(['dialogue', ...tagsOf(language, cell), marker], saidIn(language, asked));
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
      gathered.put(['document', who, ...role, template], { sequence, trained: [stated] });
    }
  }
  return gathered.places(language);
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
function saidIn(language: Language, asked: Asked): Told {
  const trained = gamedAnswer(language, asked);
  const { tokens } = dialogueOf(language, asked, ownAnswer(language, asked));
  // The end that follows every answer tells nothing.
  return { sequence: { tokens: tokens.slice(0, -1), lossFrom: tokens.length - 1 - trained.length }, trained };
}
