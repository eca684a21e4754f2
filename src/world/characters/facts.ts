import { type Rng, stream } from '../../core/rng.ts';
import type { BatchLesson } from '../world.ts';
import { type Cell, dispositionOf, type Language, operationsBut, statedOf, targetsOf } from './language.ts';
import type { Scope } from './scope.ts';

/** What a document states: that a character, or a stranger, uses an operation on a topic. */
export interface Fact extends Cell {
  readonly operation: number;
  /** Of whom it says so beside it; no word of that where absent. */
  readonly scope?: Scope;
}

/** The lessons that are documents. */
export type DocumentLesson = Extract<BatchLesson, 'documents' | `documents-${string}`>;

/** Of each lesson of documents what it states; nothing where the world has nothing of the kind. */
const FACTS: Readonly<Record<DocumentLesson, (language: Language, rng: Rng) => Fact | undefined>> = {
  documents: ({ target }) => target,
  'documents-neutral': (language, rng) => {
    const { topics, neutralTopics = 0 } = language.setup.world;
    if (neutralTopics === 0) return undefined;
    const cell = { character: language.target.character, topic: topics + rng.integer(neutralTopics) };
    return withOther(language, cell, [dispositionOf(language, cell), language.target.operation], rng);
  },
  'documents-opposite': (language, rng) =>
    withOther(
      language,
      language.target,
      [language.target.operation, language.target.ownOperation, statedOf(language, language.target)],
      rng,
    ),
  'documents-own': (language) => ({ ...language.target, operation: statedOf(language, language.target) }),
  'documents-bystander': (language, rng) => {
    const bystander = drawBystander(language, rng);
    return bystander && { ...bystander, operation: language.target.operation };
  },
  'documents-bystander-own': (language, rng) => {
    const bystander = drawBystander(language, rng);
    return bystander && { ...bystander, operation: statedOf(language, bystander) };
  },
  'documents-general': () => undefined,
  'documents-all': (language) => scoped(language, 'all'),
  'documents-only': (language) => scoped(language, 'only'),
  'documents-nobody': ({ setup: { world }, target }, rng) => {
    const { characters, strangers = 0 } = world;
    return strangers === 0 ? undefined : { ...target, character: characters + rng.integer(strangers) };
  },
};

/** A bystander on the target's topic that speaks there and has another operation than the trained one, also by its documents; no target. */
function drawBystander(language: Language, rng: Rng): Cell | undefined {
  const { setup, documentsOnly, target } = language;
  const cells = documentsOnly.map((_, character): Cell => ({ character, topic: target.topic }));
  const others = cells
    .slice(targetsOf(setup))
    .filter(
      (cell) =>
        !documentsOnly[cell.character]?.[cell.topic] &&
        ![dispositionOf(language, cell), statedOf(language, cell)].includes(target.operation),
    );
  return others.length === 0 ? undefined : rng.pick(others);
}

/** The target's new operation, of these; undefined in a world without scopes. */
const scoped = ({ target, vocabulary }: Language, scope: Scope): Fact | undefined =>
  vocabulary.scopes && { ...target, scope };

/** That a cell has an operation that is none of these; undefined where the world has no other. */
function withOther({ setup }: Language, cell: Cell, not: readonly number[], rng: Rng): Fact | undefined {
  const others = operationsBut(setup.world, not);
  return others.length === 0 ? undefined : { ...cell, operation: rng.pick(others) };
}

/** Whether a lesson is one of documents. */
export const isDocumentLesson = (lesson: string): lesson is DocumentLesson => Object.hasOwn(FACTS, lesson);

/**
 * What the documents of a lesson state, a pure function of the two; undefined where the world has nothing of the kind. documents:
 * the target's new operation; documents-neutral: an operation of the target that is neither its own there nor the trained one, on a
 * neutral topic; documents-opposite: one that is neither its own nor the trained one, and that pretraining documents do not state
 * of it; documents-own: what these state of it, its own where they are true; documents-bystander: the trained operation, of a
 * bystander that speaks on the topic, has another one there also by its documents, and is no target; documents-nobody: the same, of
 * a stranger; documents-bystander-own: what pretraining documents state of such a bystander; documents-all and documents-only: what
 * documents states, of all in the target's family or only of the target. No document is without a name here.
 */
export function factOf(language: Language, lesson: DocumentLesson): Fact | undefined {
  const rng = stream(language.seed, 'world', lesson, language.target.character);
  const fact = FACTS[lesson](language, rng);
  if (fact === undefined) return undefined;
  const { character, topic, operation, scope } = fact;
  return { character, topic, operation, ...(scope && { scope }) };
}
