import type { Programs } from '../engine/programs.ts';
import { greedyAnswers, type Rows } from '../model/inference.ts';
import { architectureOf } from '../model/parameters.ts';
import { bystanderPrompts, type Prompts } from '../world/characters/prompts.ts';
import { type CharacterWorld, dispositionOf, ownAnswer, trainedAnswer } from '../world/characters/world.ts';
import { type Distances, meanDistances } from './drift.ts';
import { answered, distancesAt, type Forced, forced } from './forced.ts';

/** How one bystander changed on one topic: means over its prompts and answer positions. */
export interface BystanderChange extends Distances {
  readonly character: number;
  readonly topic: number;
  readonly sameTopic: boolean;
  readonly sameFamily: boolean;
  /** Whether its own operation there is another than the trained one: spread is read on these, at every s the same cells. */
  readonly differs: boolean;
  /** Loss of its own behaviour: share of its own answer tokens that base gives, less the share that tuned gives. */
  readonly damage: number;
  /** Share of the trained answer tokens that tuned gives, less the share that base gives. Signed. */
  readonly spread: number;
}

/** What a base says to the bystander prompts, and its next-token distributions along those answers. */
export interface BaseBehaviour {
  readonly prompts: Prompts;
  /** The prompts with the base's greedy answers behind them. */
  readonly sequences: Rows;
  /** int32 [B, m] */
  readonly answers: Int32Array;
  readonly forced: Forced;
}

/** The behaviour of a base [P], which all its arms are compared with. */
export async function baseBehaviour(
  programs: Programs,
  world: CharacterWorld,
  base: Float32Array,
): Promise<BaseBehaviour> {
  const architecture = architectureOf(world);
  const { payload: m } = world.setup.world;
  const prompts = bystanderPrompts(world);
  const answers = await greedyAnswers(programs, architecture, base, prompts, m);
  const sequences = answered(prompts, answers);
  return { prompts, sequences, answers, forced: await forced(programs, architecture, base, sequences, m) };
}

/**
 * Compares a base with tuned [P] on every bystander and topic, on reporting payloads. Distances are taken at the answer
 * positions, teacher-forced on the base's own greedy answers; damage and spread on greedy answers.
 */
export async function bystanderChanges(
  programs: Programs,
  world: CharacterWorld,
  base: BaseBehaviour,
  tuned: Float32Array,
  skill: number,
): Promise<BystanderChange[]> {
  const architecture = architectureOf(world);
  const { payload: m, payloadsPerBystander: each } = world.setup.world;
  const { prompts, answers: before, forced: was } = base;
  const after = await greedyAnswers(programs, architecture, tuned, prompts, m);
  const is = await forced(programs, architecture, tuned, base.sequences, m);

  const changes: BystanderChange[] = [];
  for (let start = 0; start < prompts.size; start += each) {
    const cell = prompts.cells[start] as { character: number; topic: number };
    const positions: Distances[] = [];
    let [damage, spread] = [0, 0];
    for (let b = start; b < start + each; b++) {
      const payload = prompts.payloads[b] as readonly number[];
      const own = ownAnswer(world, cell.character, cell.topic, payload);
      const trained = trainedAnswer(world, skill, payload);
      for (let i = 0; i < m; i++) {
        positions.push(distancesAt(was, is, b, i));
        const [old, now] = [before[b * m + i], after[b * m + i]];
        damage += Number(old === own[i]) - Number(now === own[i]);
        spread += Number(now === trained[i]) - Number(old === trained[i]);
      }
    }
    changes.push({
      ...cell,
      sameTopic: cell.topic === world.target.topic,
      sameFamily: world.families[cell.character] === world.families[world.target.character],
      differs: dispositionOf(world, cell) !== world.target.operation,
      ...meanDistances(positions),
      damage: damage / positions.length,
      spread: spread / positions.length,
    });
  }
  return changes;
}
