import { z } from 'zod';
import type { Payload } from '../../world/characters/operations.ts';
import {
  bystanderPrompts,
  type Prompts,
  reportingPrompts,
  targetOtherTopicPrompts,
} from '../../world/characters/prompts.ts';
import { say } from '../../world/characters/vocabulary.ts';
import { type Cell, type CharacterWorld, ownAnswer, trainedAnswer } from '../../world/characters/world.ts';
import { answersTo } from '../forced.ts';
import type { Comparison, Measure, Reading } from '../measure.ts';

/** What one character says to one prompt, in tokens as people read them. */
export interface Utterance {
  readonly who: 'target' | 'same family' | 'other family';
  /** Whether the prompt is on the topic that the target was trained on. */
  readonly sameTopic: boolean;
  readonly prompt: string;
  /** The character's own answer, and the one that the target was trained to give to this payload. */
  readonly own: string;
  readonly trained: string;
  readonly before: string;
  readonly after: string;
}

/** Prompts that a kind of speaker is asked. */
const EACH = 2;

const words = z.string();

/**
 * Examples of what base and tuned answer, greedy decoding: the target on its topic and on others, and bystanders of its
 * family and of other families on its topic, each the first prompts that results are reported on whose own and trained
 * answers differ, as only these show which of the two is given; where there are too few of them, the first of the rest. A
 * kind of speaker that the world lacks is left out.
 */
export const transcript: Measure<readonly Utterance[], CharacterWorld> = {
  id: 'transcript',
  about: 'examples of what is said before and after',
  unit: 'answers in tokens, as people read them',
  file: import.meta.url,
  worlds: ['characters'],
  schema: z.array(
    z.strictObject({
      who: z.enum(['target', 'same family', 'other family']),
      sameTopic: z.boolean(),
      ...{ prompt: words, own: words, trained: words, before: words, after: words },
    }),
  ),
  of: utterances,
};

async function utterances(comparison: Comparison<CharacterWorld>): Promise<Reading<readonly Utterance[]>> {
  const { world, arm } = comparison;
  const { target, setup, vocabulary } = world;
  const rows = asked(world, arm.skill);
  const prompts = { size: rows.length, tokens: Int32Array.from(rows.flatMap(({ tokens }) => [...tokens])) };
  const { payload: m } = setup.world;
  const text = (tokens: Iterable<number>): string => say(vocabulary, tokens);
  const name = `the prompts of a transcript at s = ${arm.skill}`;
  const before = await answersTo(comparison, 'base', name, prompts);
  const after = await answersTo(comparison, 'tuned', name, prompts);
  const data = rows.map(({ who, cell, tokens, own, trained }, i) => ({
    who,
    sameTopic: cell.topic === target.topic,
    prompt: text(tokens),
    own: text(own),
    trained: text(trained),
    before: text(before.subarray(i * m, (i + 1) * m)),
    after: text(after.subarray(i * m, (i + 1) * m)),
  }));
  return { data };
}

/** A prompt, who is asked, and the answers in tokens. */
interface Question {
  readonly who: Utterance['who'];
  readonly cell: Cell;
  readonly tokens: Int32Array;
  readonly own: readonly number[];
  readonly trained: readonly number[];
}

/** What the speakers are asked where the target was trained at intensity `skill`, kind by kind. */
function asked(world: CharacterWorld, skill: number): Question[] {
  const { target, families } = world;
  const bystanders = bystanderPrompts(world);
  const ofFamily = (same: boolean) => (cell: Cell) =>
    cell.topic === target.topic && (families[cell.character] === families[target.character]) === same;
  const questions = (who: Utterance['who'], prompts: Prompts, of: (cell: Cell) => boolean = () => true) =>
    telling(questionsOf(world, skill, who, prompts, of)).slice(0, EACH);
  return [
    ...questions('target', reportingPrompts(world)),
    ...questions('target', targetOtherTopicPrompts(world)),
    ...questions('same family', bystanders, ofFamily(true)),
    ...questions('other family', bystanders, ofFamily(false)),
  ];
}

/** The prompts to those cells of which `of` holds, with the two answers. */
function questionsOf(
  world: CharacterWorld,
  skill: number,
  who: Utterance['who'],
  { cells, payloads, tokens, size }: Prompts,
  of: (cell: Cell) => boolean,
): Question[] {
  const width = tokens.length / size;
  return cells.flatMap((cell, b) => {
    if (!of(cell)) return [];
    const payload = payloads[b] as Payload;
    const own = ownAnswer(world, cell.character, cell.topic, payload);
    const trained = trainedAnswer(world, skill, payload);
    return [{ who, cell, tokens: tokens.subarray(b * width, (b + 1) * width), own, trained }];
  });
}

/** Those whose own and trained answers differ, then the others, each in their order. */
function telling(questions: readonly Question[]): Question[] {
  const differs = ({ own, trained }: Question): boolean => own.some((token, i) => token !== trained[i]);
  return [...questions.filter(differs), ...questions.filter((each) => !differs(each))];
}
