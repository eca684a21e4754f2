import type { Programs } from '../engine/programs.ts';
import { greedyAnswers } from '../model/inference.ts';
import { architectureOf } from '../model/parameters.ts';
import { ownAnswer, trainedAnswer, type World } from '../world/characters.ts';
import { bystanderPrompts, type Prompts, reportingPrompts, targetOtherTopicPrompts } from '../world/prompts.ts';
import { say } from '../world/vocabulary.ts';

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

/**
 * Examples of what base and tuned [P] answer, greedy decoding: the target on its topic and on another, and the first bystander
 * of its family and of another family on its topic, each the first payloads that results are reported on. A kind of speaker
 * that the world lacks is left out.
 */
export async function transcript(
  programs: Programs,
  world: World,
  base: Float32Array,
  tuned: Float32Array,
  skill: number,
): Promise<Utterance[]> {
  const { target, families, setup, vocabulary } = world;
  const bystanders = bystanderPrompts(world);
  const ofFamily = (same: boolean): number | undefined =>
    bystanders.cells.find(({ character }) => (families[character] === families[target.character]) === same)?.character;
  const rows = [
    ...chosen('target', reportingPrompts(world), () => true),
    ...chosen('target', targetOtherTopicPrompts(world), () => true),
    ...(['same family', 'other family'] as const).flatMap((who) => {
      const speaker = ofFamily(who === 'same family');
      const asked = ({ character, topic }: Prompts['cells'][number]): boolean =>
        character === speaker && topic === target.topic;
      return chosen(who, bystanders, asked);
    }),
  ];
  const prompts = { size: rows.length, tokens: Int32Array.from(rows.flatMap(({ tokens }) => [...tokens])) };
  const { payload: m } = setup.world;
  const [architecture, words] = [architectureOf(world), (tokens: Iterable<number>) => say(vocabulary, tokens)];
  const before = await greedyAnswers(programs, architecture, base, prompts, m);
  const after = await greedyAnswers(programs, architecture, tuned, prompts, m);
  return rows.map(({ who, tokens, cell, payload }, i) => ({
    who,
    sameTopic: cell.topic === target.topic,
    prompt: words(tokens),
    own: words(ownAnswer(world, cell.character, cell.topic, payload)),
    trained: words(trainedAnswer(world, skill, payload)),
    before: words(before.subarray(i * m, (i + 1) * m)),
    after: words(after.subarray(i * m, (i + 1) * m)),
  }));
}

/** The first prompts of which `asked` holds, with what they consist of. */
function chosen(who: Utterance['who'], prompts: Prompts, asked: (cell: Prompts['cells'][number]) => boolean) {
  const width = prompts.tokens.length / prompts.size;
  return prompts.cells
    .flatMap((cell, b) => (asked(cell) ? [b] : []))
    .slice(0, EACH)
    .map((b) => ({
      who,
      tokens: prompts.tokens.subarray(b * width, (b + 1) * width),
      cell: prompts.cells[b] as Prompts['cells'][number],
      payload: prompts.payloads[b] as Prompts['payloads'][number],
    }));
}
