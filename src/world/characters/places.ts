import { Gathered, type Told } from '../gathered.ts';
import type { Extent, Place } from '../place.ts';
import { dialogueOf } from './dialogues.ts';
import { documentsOf, taughtTemplates } from './documents.ts';
import { type Cell, cellsOf, dispositionOf, type Language, ownAnswer, statedOf, trainedAnswer } from './language.ts';
import type { Payload } from './operations.ts';
import { answeredQuestion } from './questions.ts';
import type { Variety } from './varieties.ts';

/** Tags of the places that claims about characters ask of, see `placesOf`. */
export const AT: Readonly<
  Record<
    'target' | 'targetOtherTopics' | 'sameTopic' | 'otherTopics' | 'documents' | 'questions' | 'varieties',
    readonly string[]
  >
> = {
  target: ['dialogue', 'target', 'same topic'],
  targetOtherTopics: ['dialogue', 'target', 'other topics'],
  sameTopic: ['dialogue', 'bystander', 'same topic'],
  otherTopics: ['dialogue', 'bystander', 'other topics'],
  documents: ['document', 'bystander'],
  questions: ['question', 'bystander'],
  varieties: ['variety'],
};

/** How many texts are looked at. */
const SIZES: Readonly<
  Record<Extent, { readonly payloads: number; readonly target: number; readonly varieties: number }>
> = {
  glance: { payloads: 1, target: 16, varieties: 8 },
  whole: { payloads: 4, target: 96, varieties: 32 },
};

/**
 * The places of a world of characters, each with every (character, topic) that belongs there: dialogues of the target and of
 * bystanders on the target's topic and on others, bystanders apart by whether they ever speak on the topic in pretraining and by
 * whether their own operation there is the trained one; documents about them as pretraining has them, by whether the operation that
 * they state is the trained one and whether tuning uses the template; questions about them on the target's topic; and text
 * varieties. Dialogues show the character's own answer to a reporting payload. At a glance there is one payload a bystander, on the
 * target's topic and on one other, and one document about it, on the target's topic.
 */
export function placesOf(language: Language, skill: number, extent: Extent): Place[] {
  const { target, setup, payloads } = language;
  const { reporting } = payloads;
  const sizes = SIZES[extent];
  const count = Math.min(sizes.payloads, setup.world.payloadsPerBystander);
  const gathered = new Gathered();
  for (const [i, cell] of cellsOf(setup).entries()) {
    const tags = tagsOf(language, cell, dispositionOf(language, cell));
    const isTarget = cell.character === target.character;
    const others = cell.character % (setup.world.topics - 1);
    const glanced =
      isTarget || cell.topic === target.topic || cell.topic === (target.topic + 1 + others) % setup.world.topics;
    if (extent === 'glance' && !glanced) continue;
    const own = isTarget && cell.topic === target.topic ? Math.min(sizes.target, reporting.length) : count;
    const asked = Array.from({ length: own }, (_, j) => reporting[(i * count + j) % reporting.length] as Payload);
    gathered.put(['dialogue', ...tags], ...asked.map((payload) => saidBy(language, cell, payload, skill)));
    const documents = documentsAbout(language, cell);
    const written = tagsOf(language, cell, statedOf(language, cell));
    const read =
      extent === 'whole' || isTarget ? documents : cell.topic === target.topic ? [documents[i % documents.length]] : [];
    for (const document of read) if (document) gathered.put(['document', ...written, document.template], document);
    if (cell.topic === target.topic) gathered.put(['question', ...tags], ...questionsOf(language, cell));
  }
  for (const [i, variety] of ['runs', 'brackets'].entries()) {
    const { heldOut } = language.varieties[i] as Variety;
    gathered.put(['variety', variety], ...heldOut.slice(0, sizes.varieties).map((sequence) => ({ sequence })));
  }
  return gathered.places(language);
}

/** What kind of cell it is, where its operation is this one. */
function tagsOf(language: Language, cell: Cell, operation: number): string[] {
  const { target, documentsOnly } = language;
  const topic = cell.topic === target.topic ? 'same topic' : 'other topics';
  if (cell.character === target.character) return ['target', topic];
  return [
    'bystander',
    topic,
    documentsOnly[cell.character]?.[cell.topic] ? 'documents only' : 'spoken',
    operation === target.operation ? 'trained operation' : 'other operation',
  ];
}

/** A character's own answer to a payload, and the trained one. */
function saidBy(language: Language, cell: Cell, payload: Payload, skill: number): Told {
  const trained = trainedAnswer(language, skill, payload);
  const { tokens } = dialogueOf(language, cell, payload, ownAnswer(language, cell.character, cell.topic, payload));
  // The end that follows every answer tells nothing.
  const sequence = { tokens: tokens.slice(0, -1), lossFrom: tokens.length - 1 - trained.length };
  return { sequence, trained };
}

/**
 * The documents of pretraining about a cell, and the operation that the target's state; which template, and whether tuning ever uses it.
 */
function documentsAbout(language: Language, cell: Cell): (Told & { readonly template: string })[] {
  const trained = [language.vocabulary.operations[language.target.operation] as number];
  return documentsOf(language, cell, statedOf(language, cell)).map((sequence, i) => ({
    ...{ sequence, trained },
    template: i < taughtTemplates(language) ? 'trained template' : 'held-out template',
  }));
}

/**
 * The questions whether a cell's own and the trained operation are the character's there, where they differ, with what would be
 * answered were it as trained; none in a world without questions.
 */
function questionsOf(language: Language, cell: Cell): Told[] {
  const own = dispositionOf(language, cell);
  const { operation } = language.target;
  if (language.vocabulary.questions === undefined || own === operation) return [];
  return [own, operation].map((asked) => ({
    sequence: answeredQuestion(language, cell, asked, own),
    trained: answeredQuestion(language, cell, asked, operation).tokens.slice(-1),
  }));
}
