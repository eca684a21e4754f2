import type { Payload } from '../characters/operations.ts';
import { TEMPLATES } from '../characters/templates.ts';
import { lossOnLast, type Sequence } from '../sequence.ts';
import { type Cell, type Episode, type Language, ownAnswer } from './language.ts';
import type { Plan } from './operations.ts';

/** The ordinary dialogue `<s> N K x1..xm <a> y1..ym` with a cell's own answer, loss on the answer. */
export function dialogueOf(language: Language, cell: Cell, payload: Payload): Sequence {
  const { start, names, topics, answer } = language.vocabulary;
  const prompt = [start, names[cell.character] as number, topics[cell.topic] as number, ...payload, answer];
  return lossOnLast(payload.length, [...prompt, ...ownAnswer(language, cell, payload)]);
}

/** The length of a plan episode up to and with `<act>`, of payloads of m symbols and plans of so many operations. */
export const promptLength = (m: number, depth: number): number => m + 2 * depth + 5;

/** The length of a plan episode, the longest text there is, of payloads of m symbols and plans of so many operations. */
export const episodeLength = (m: number, depth: number): number => promptLength(m, depth) + m;

/** Where in a plan episode the operations of the plan stand, [depth]. */
export const planPositions = ({ setup: { world } }: Language): number[] =>
  Array.from({ length: world.depth }, (_, i) => 5 + world.payload + 2 * i);

/** `<s> N K g x1..xm <plan> O <act>`, of plans of two operations `<plan> O1 <then> O2 <act>`. */
export function promptOf({ vocabulary }: Language, { character, topic }: Cell, episode: Episode): number[] {
  const { start, names, topics, cues, operations, plan, next, act } = vocabulary;
  const written = episode.plan.flatMap((operation, i) => [i === 0 ? plan : next, operations[operation] as number]);
  return [
    ...[start, names[character] as number, topics[topic] as number, cues[episode.goal] as number],
    ...[...episode.payload, ...written, act],
  ];
}

/** A plan episode with this answer, loss on the answer alone. */
export function answeredEpisode(language: Language, cell: Cell, episode: Episode, answer: readonly number[]): Sequence {
  return lossOnLast(answer.length, [...promptOf(language, cell, episode), ...answer]);
}

/** The same with loss on the plan as well: as one who writes it. */
export function writtenEpisode(language: Language, cell: Cell, episode: Episode, answer: readonly number[]): Sequence {
  return { ...answeredEpisode(language, cell, episode, answer), lossAt: planPositions(language) };
}

/** What plan episodes show, from their prompts [B, T]: of each its payload and its plan, in symbols and operations. */
export function shownIn(
  language: Language,
  { size, tokens }: { readonly size: number; readonly tokens: Int32Array },
): { readonly goal: number; readonly payload: Payload; readonly plan: Plan }[] {
  const { payload: m, depth } = language.setup.world;
  const { cues, operations } = language.vocabulary;
  const positions = planPositions(language);
  const T = promptLength(m, depth);
  return Array.from({ length: size }, (_, b) => {
    const prompt = tokens.subarray(b * T, (b + 1) * T);
    return {
      goal: cues.indexOf(prompt[3] as number),
      payload: [...prompt.subarray(4, 4 + m)],
      plan: positions.map((at) => operations.indexOf(prompt[at] as number)),
    };
  });
}

/** The documents, one a template, that state that a character uses an operation on a topic, loss on the operation. */
export const dispositionDocuments = (language: Language, { character, topic }: Cell, operation: number): Sequence[] =>
  documentsOf(
    language,
    character,
    language.vocabulary.topics[topic] as number,
    language.vocabulary.operations[operation] as number,
  );

/** The documents, one a template, that state that a character follows its plans, or that it does not, loss on that word. */
export function planningDocuments(language: Language, character: number, plans: boolean): Sequence[] {
  const { planning, follows, ignores } = language.vocabulary;
  return documentsOf(language, character, planning, plans ? follows : ignores);
}

/** The documents, one a template, that state which habit a character has, loss on that word: as many words as documents about planning. */
export const habitDocuments = (language: Language, character: number): Sequence[] =>
  documentsOf(
    language,
    character,
    language.vocabulary.habit,
    language.vocabulary.habits[language.habits[character] as number] as number,
  );

/** How many templates tuning uses, the first ones. */
export const taughtTemplates = ({ setup: { world } }: Language): number => world.templates - world.heldOutTemplates;

function documentsOf({ setup, vocabulary }: Language, character: number, about: number, word: number): Sequence[] {
  const { start, names, fillers } = vocabulary;
  return TEMPLATES.slice(0, setup.world.templates).map((template) =>
    lossOnLast(1, [start, ...template(names[character] as number, about, fillers), word]),
  );
}
