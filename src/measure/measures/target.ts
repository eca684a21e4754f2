import { z } from 'zod';
import { type Prompts, reportingPrompts, targetOtherTopicPrompts } from '../../world/characters/prompts.ts';
import { type CharacterWorld, trainedAnswer } from '../../world/characters/world.ts';
import { type Distances, meanDistances } from '../drift.ts';
import { answered, answersTo, distancesAt, forcedOn } from '../forced.ts';
import type { Comparison, Measure, Reading } from '../measure.ts';

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

const share = z.number().min(0).max(1);

/** How the target changed, on reporting prompts. */
export const target: Measure<TargetChange, CharacterWorld> = {
  id: 'target',
  about: 'how the target changed on its topic, and on its others',
  unit: 'shares of answer tokens; nats; total variation',
  file: import.meta.url,
  worlds: ['characters'],
  schema: z.strictObject({
    ...{ trainedBefore: share, trainedAfter: share, otherTopicsTv: share },
    ...{ surprise: z.number().min(-1e-3), kl: z.number().min(0) },
  }),
  of: targetChange,
  columns: [
    {
      name: 'trained_before',
      about: 'share of trained answer tokens of the base',
      of: ({ trainedBefore }) => trainedBefore,
    },
    { name: 'trained_after', about: 'the same after tuning', of: ({ trainedAfter }) => trainedAfter },
    { name: 'surprise', about: '-log p of the base at trained answers, nats a token', of: ({ surprise }) => surprise },
    { name: 'target_kl', about: 'KL(base || tuned) on the target, nats a position', of: ({ kl }) => kl },
  ],
};

async function targetChange(comparison: Comparison<CharacterWorld>): Promise<Reading<TargetChange>> {
  const { world, arm } = comparison;
  const { payload: m } = world.setup.world;
  const prompts = reportingPrompts(world);
  const width = prompts.tokens.length / prompts.size;
  const trained = Int32Array.from(prompts.payloads.flatMap((payload) => trainedAnswer(world, arm.skill, payload)));
  const rate = (given: Int32Array): number =>
    given.reduce((hits, token, i) => hits + Number(token === trained[i]), 0) / given.length;
  const before = await answersTo(comparison, 'base', 'reporting prompts', prompts);
  const after = await answersTo(comparison, 'tuned', 'reporting prompts', prompts);

  const trainedAnswers = `the answers to reporting prompts that s = ${arm.skill} trains`;
  const onTrained = await forcedOn(comparison, 'base', trainedAnswers, answered(prompts, trained));
  let surprise = 0;
  for (let b = 0; b < prompts.size; b++) {
    for (let i = 0; i < m; i++) {
      surprise -= onTrained.at(b, width - 1 + i)[trained[b * m + i] as number] as number;
    }
  }
  const others = targetOtherTopicPrompts(world);
  const data = {
    trainedBefore: rate(before),
    trainedAfter: rate(after),
    surprise: surprise / trained.length,
    kl: (await answerDistances(comparison, 'reporting prompts', prompts)).kl,
    otherTopicsTv: (await answerDistances(comparison, "prompts on the target's other topics", others)).tv,
  };
  return { data };
}

/** Mean distances at the answer positions of the prompts of this name, teacher-forced on the base's own greedy answers. */
async function answerDistances(
  comparison: Comparison<CharacterWorld>,
  name: string,
  prompts: Prompts,
): Promise<Distances> {
  const { payload: m } = comparison.world.setup.world;
  const width = prompts.tokens.length / prompts.size;
  const sequences = answered(prompts, await answersTo(comparison, 'base', name, prompts));
  const was = await forcedOn(comparison, 'base', `the base's answers to ${name}`, sequences);
  const is = await forcedOn(comparison, 'tuned', `the base's answers to ${name}`, sequences);
  return meanDistances(
    Array.from({ length: prompts.size * m }, (_, p) => distancesAt(was, is, Math.floor(p / m), width - 1 + (p % m))),
  );
}
