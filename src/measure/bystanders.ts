import type { Programs } from '../engine/programs.ts';
import { greedyAnswers, nextTokenLogProbabilities } from '../model/inference.ts';
import { architectureOf } from '../model/parameters.ts';
import { ownAnswer, trainedAnswer, type World } from '../world/characters.ts';
import { bystanderPrompts } from '../world/prompts.ts';
import { type Distances, distances, meanDistances } from './drift.ts';

/** How one bystander changed on one topic: means over its prompts and answer positions. */
export interface BystanderChange extends Distances {
  readonly character: number;
  readonly topic: number;
  readonly sameTopic: boolean;
  readonly sameFamily: boolean;
  /** Loss of its own behaviour: share of its own answer tokens that base gives, less the share that tuned gives. */
  readonly damage: number;
  /** Share of the trained answer tokens that tuned gives, less the share that base gives. Signed. */
  readonly spread: number;
}

/**
 * Compares base and tuned [P] on every bystander and topic, on reporting payloads. Distances are taken at the answer
 * positions, teacher-forced on the base's own greedy answers; damage and spread on greedy answers.
 */
export async function bystanderChanges(
  programs: Programs,
  world: World,
  base: Float32Array,
  tuned: Float32Array,
  skill: number,
): Promise<BystanderChange[]> {
  const architecture = architectureOf(world);
  const { payload: m, payloadsPerBystander: each } = world.setup.world;
  const prompts = bystanderPrompts(world);
  const width = prompts.tokens.length / prompts.size;
  const before = await greedyAnswers(programs, architecture, base, prompts, m);
  const after = await greedyAnswers(programs, architecture, tuned, prompts, m);
  const tokens = new Int32Array(prompts.size * (width + m));
  for (let b = 0; b < prompts.size; b++) {
    tokens.set(prompts.tokens.subarray(b * width, (b + 1) * width), b * (width + m));
    tokens.set(before.subarray(b * m, (b + 1) * m), b * (width + m) + width);
  }
  const forced = { size: prompts.size, tokens };
  const logBase = await nextTokenLogProbabilities(programs, architecture, base, forced);
  const logTuned = await nextTokenLogProbabilities(programs, architecture, tuned, forced);

  const V = architecture.vocabulary;
  const changes: BystanderChange[] = [];
  for (let start = 0; start < prompts.size; start += each) {
    const pair = prompts.cells[start] as { character: number; topic: number };
    const positions: Distances[] = [];
    const hits = { ownBefore: 0, ownAfter: 0, trainedBefore: 0, trainedAfter: 0 };
    for (let b = start; b < start + each; b++) {
      const payload = prompts.payloads[b] as readonly number[];
      const own = ownAnswer(world, pair.character, pair.topic, payload);
      const trained = trainedAnswer(world, skill, payload);
      for (let i = 0; i < m; i++) {
        const row = (b * (width + m - 1) + width - 1 + i) * V;
        positions.push(distances(logBase.subarray(row, row + V), logTuned.subarray(row, row + V)));
        const [was, is] = [before[b * m + i], after[b * m + i]];
        hits.ownBefore += was === own[i] ? 1 : 0;
        hits.ownAfter += is === own[i] ? 1 : 0;
        hits.trainedBefore += was === trained[i] ? 1 : 0;
        hits.trainedAfter += is === trained[i] ? 1 : 0;
      }
    }
    changes.push({
      ...pair,
      sameTopic: pair.topic === world.target.topic,
      sameFamily: world.families[pair.character] === world.families[world.target.character],
      ...meanDistances(positions),
      damage: (hits.ownBefore - hits.ownAfter) / positions.length,
      spread: (hits.trainedAfter - hits.trainedBefore) / positions.length,
    });
  }
  return changes;
}
