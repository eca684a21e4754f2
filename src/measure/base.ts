import { InvariantError } from '../core/errors.ts';
import type { Programs } from '../engine/programs.ts';
import { greedyAnswers } from '../model/inference.ts';
import { architectureOf } from '../model/parameters.ts';
import { dispositionOf, ownAnswer, type World } from '../world/characters.ts';
import { operate } from '../world/operations.ts';
import { bystanderPrompts, documentProbes, varietyProbes } from '../world/prompts.ts';
import { forced } from './forced.ts';

/** What a base knows: shares of right tokens, greedy decoding, on payloads and sequences that it was not trained on. */
export interface BaseQuality {
  /** Own answers of bystanders on pairs that occur in dialogues. */
  readonly seen: number;
  /** Own answers of bystanders on documents-only pairs. */
  readonly documentsOnly: number;
  /** The share that an operation drawn at random would get right on the documents-only pairs. */
  readonly documentsOnlyChance: number;
  /** The share of own answers on seen pairs that the best answer without a look at the name would get right. */
  readonly characterBlind: number;
  /** Stated operations in documents. */
  readonly documents: number;
  /** Predictable tokens of the text varieties. */
  readonly varieties: number;
}

/** Measures the base [P]. */
export async function baseQuality(programs: Programs, world: World, base: Float32Array): Promise<BaseQuality> {
  const architecture = architectureOf(world);
  const { payload: m, operations } = world.setup.world;
  const prompts = bystanderPrompts(world);
  const answers = await greedyAnswers(programs, architecture, base, prompts, m);
  const shares = { seen: new Share(), hidden: new Share(), chance: new Share() };
  const blind = new Map<number, Share[]>();
  prompts.cells.forEach(({ character, topic }, b) => {
    const payload = prompts.payloads[b] as readonly number[];
    const own = ownAnswer(world, character, topic, payload);
    const hidden = world.documentsOnly[character]?.[topic] === true;
    const ofTopic = blind.get(topic) ?? Array.from({ length: operations }, () => new Share());
    blind.set(topic, ofTopic);
    own.forEach((token, i) => {
      (hidden ? shares.hidden : shares.seen).add(answers[b * m + i] === token);
      for (let k = 0; k < operations; k++) {
        const same = operate(k, payload)[i] === token;
        if (hidden) shares.chance.add(same);
        else (ofTopic[k] as Share).add(same);
      }
    });
  });
  const best = [...blind.values()].map((ofTopic) => ofTopic.reduce((a, b) => (b.value > a.value ? b : a)));
  return {
    seen: shares.seen.value,
    documentsOnly: shares.hidden.value,
    documentsOnlyChance: shares.chance.value,
    characterBlind: best.reduce((sum, { hits }) => sum + hits, 0) / best.reduce((sum, { count }) => sum + count, 0),
    documents: await documentAccuracy(programs, world, base),
    varieties: await varietyAccuracy(programs, world, base),
  };
}

/** A share of hits, in [0, 1]. */
class Share {
  hits = 0;
  count = 0;
  add(hit: boolean): void {
    this.count++;
    if (hit) this.hits++;
  }
  get value(): number {
    if (this.count === 0) throw new InvariantError('the world has nothing to measure this share of the base on');
    return this.hits / this.count;
  }
}

async function documentAccuracy(programs: Programs, world: World, base: Float32Array): Promise<number> {
  const probes = documentProbes(world);
  const network = await forced(programs, architectureOf(world), base, probes);
  const share = new Share();
  probes.cells.forEach((cell, b) => {
    const said = world.vocabulary.operations[dispositionOf(world, cell)];
    share.add(mostLikely(network.at(b, probes.positions[b] as number)) === said);
  });
  return share.value;
}

async function varietyAccuracy(programs: Programs, world: World, base: Float32Array): Promise<number> {
  const probes = varietyProbes(world, 64);
  const network = await forced(programs, architectureOf(world), base, probes);
  const [L, share] = [probes.tokens.length / probes.size, new Share()];
  probes.weights.forEach((weight, i) => {
    const [b, t] = [Math.floor(i / (L - 1)), i % (L - 1)];
    if (weight > 0) share.add(mostLikely(network.at(b, t)) === probes.tokens[b * L + t + 1]);
  });
  return share.value;
}

function mostLikely(logp: Float32Array): number {
  return logp.reduce((best, value, i) => (value > (logp[best] as number) ? i : best), 0);
}
