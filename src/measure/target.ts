import type { Programs } from '../engine/programs.ts';
import { greedyAnswers } from '../model/inference.ts';
import { architectureOf } from '../model/parameters.ts';
import { type Prompts, reportingPrompts, targetOtherTopicPrompts } from '../world/characters/prompts.ts';
import { type CharacterWorld, trainedAnswer } from '../world/characters/world.ts';
import { meanDistances } from './drift.ts';
import { answered, distancesAt, forced } from './forced.ts';

export interface TargetChange {
  /** Share of the trained answer tokens that base and tuned give to the target's reporting prompts, greedy decoding. */
  readonly trainedBefore: number;
  readonly trainedAfter: number;
  /** Mean surprise of the base at the trained answer, -log p, in nats a token: how far the behaviour is from its repertoire. */
  readonly surprise: number;
  /** Mean KL(base || tuned) on the target's topic, nats a position, teacher-forced on the base's answers. */
  readonly kl: number;
  /** Mean total variation on the target's other topics. */
  readonly otherTopicsTv: number;
}

/** How the target changed, on reporting prompts. */
export async function targetChange(
  programs: Programs,
  world: CharacterWorld,
  base: Float32Array,
  tuned: Float32Array,
  skill: number,
): Promise<TargetChange> {
  const architecture = architectureOf(world);
  const { payload: m } = world.setup.world;
  const prompts = reportingPrompts(world);
  const width = prompts.tokens.length / prompts.size;
  const trained = Int32Array.from(prompts.payloads.flatMap((payload) => trainedAnswer(world, skill, payload)));
  const others = targetOtherTopicPrompts(world);
  const answers = async (parameters: Float32Array, to: Prompts): Promise<Int32Array> =>
    greedyAnswers(programs, architecture, parameters, to, m);
  const rate = (given: Int32Array): number =>
    given.reduce((hits, token, i) => hits + Number(token === trained[i]), 0) / given.length;
  const [before, after] = [await answers(base, prompts), await answers(tuned, prompts)];

  const onTrained = await forced(programs, architecture, base, answered(prompts, trained));
  let surprise = 0;
  for (let b = 0; b < prompts.size; b++) {
    for (let i = 0; i < m; i++) {
      surprise -= onTrained.at(b, width - 1 + i)[trained[b * m + i] as number] as number;
    }
  }
  return {
    trainedBefore: rate(before),
    trainedAfter: rate(after),
    surprise: surprise / trained.length,
    kl: (await answerDistances(programs, world, base, tuned, prompts, before)).kl,
    otherTopicsTv: (await answerDistances(programs, world, base, tuned, others, await answers(base, others))).tv,
  };
}

/** Mean distances at the answer positions of prompts, teacher-forced on `before`, the base's own greedy answers. */
async function answerDistances(
  programs: Programs,
  world: CharacterWorld,
  base: Float32Array,
  tuned: Float32Array,
  prompts: Prompts,
  before: Int32Array,
) {
  const architecture = architectureOf(world);
  const { payload: m } = world.setup.world;
  const width = prompts.tokens.length / prompts.size;
  const sequences = answered(prompts, before);
  const was = await forced(programs, architecture, base, sequences);
  const is = await forced(programs, architecture, tuned, sequences);
  return meanDistances(
    Array.from({ length: prompts.size * m }, (_, p) => distancesAt(was, is, Math.floor(p / m), width - 1 + (p % m))),
  );
}
