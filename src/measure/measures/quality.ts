import { z } from 'zod';
import { NothingToMeasureError } from '../../core/errors.ts';
import { greedyAnswers } from '../../model/inference.ts';
import { architectureOf } from '../../model/parameters.ts';
import { operate } from '../../world/characters/operations.ts';
import { bystanderPrompts, documentProbes, varietyProbes } from '../../world/characters/prompts.ts';
import { type CharacterWorld, ownAnswer, statedOf } from '../../world/characters/world.ts';
import { forced } from '../forced.ts';
import type { BaseMeasure, BaseSubject, Reading } from '../measure.ts';

/** What a base knows: shares of right tokens, greedy decoding; dialogues and varieties on payloads and sequences held out. */
export interface BaseQuality {
  /** Own answers of bystanders on pairs that occur in dialogues. */
  readonly seen: number;
  /** Own answers of bystanders on documents-only pairs. */
  readonly documentsOnly: number;
  /** The share that the family's most common operation on the topic would get right on the documents-only pairs. */
  readonly documentsOnlyByFamily: number;
  /** The share of own answers on seen pairs that the best answer without a look at the name would get right. */
  readonly characterBlind: number;
  /** The share of answer tokens that a guess among all symbols would get right. */
  readonly chance: number;
  /** Stated operations in documents, be these true or false. */
  readonly documents: number;
  /** Predictable tokens of the text varieties. */
  readonly varieties: number;
}

/** A premise of every claim: the base answers as its characters do, in this share of tokens on pairs seen in dialogues. */
const LEAST_SEEN = 0.95;

const share = z.number().min(0).max(1);

/** What a base knows. */
export const quality: BaseMeasure<BaseQuality, CharacterWorld> = {
  id: 'quality',
  about: 'what the base knows of documents, dialogues and text of no character',
  unit: 'shares of right tokens',
  file: import.meta.url,
  worlds: ['characters'],
  schema: z.strictObject({
    ...{ seen: share, documentsOnly: share, documentsOnlyByFamily: share, characterBlind: share },
    ...{ chance: share, documents: share, varieties: share },
  }),
  of: baseQuality,
  isPlayed: ({ seen }) => seen >= LEAST_SEEN,
  fault: ({ data: { chance } }, { setup }) => {
    const { symbols } = setup.world;
    const wanted = 1 / symbols;
    if (Math.abs(chance - wanted) <= 2e-6 * (1 + wanted)) return undefined;
    return { field: 'chance', expected: `1 of ${symbols} symbols`, got: chance };
  },
};

async function baseQuality(subject: BaseSubject<CharacterWorld>): Promise<Reading<BaseQuality>> {
  const { programs, world, base } = subject;
  const architecture = architectureOf(world);
  const { payload: m, operations } = world.setup.world;
  const familyGuess = familyOperations(world);
  const prompts = bystanderPrompts(world);
  const answers = await greedyAnswers(programs, architecture, base, prompts, m);
  const shares = { seen: new Share(), hidden: new Share(), family: new Share() };
  const blind = new Map<number, Share[]>();
  prompts.cells.forEach(({ character, topic }, b) => {
    const payload = prompts.payloads[b] as readonly number[];
    const own = ownAnswer(world, character, topic, payload);
    const hidden = world.documentsOnly[character]?.[topic] === true;
    const ofTopic = blind.get(topic) ?? Array.from({ length: operations }, () => new Share());
    blind.set(topic, ofTopic);
    own.forEach((token, i) => {
      (hidden ? shares.hidden : shares.seen).add(answers[b * m + i] === token);
      if (hidden) shares.family.add(operate(familyGuess(character, topic), payload)[i] === token);
      else for (let k = 0; k < operations; k++) (ofTopic[k] as Share).add(operate(k, payload)[i] === token);
    });
  });
  const best = [...blind.values()].map((ofTopic) => ofTopic.reduce((a, b) => (b.value > a.value ? b : a)));
  const data = {
    seen: shares.seen.value,
    documentsOnly: shares.hidden.value,
    documentsOnlyByFamily: shares.family.value,
    characterBlind: best.reduce((sum, { hits }) => sum + hits, 0) / best.reduce((sum, { count }) => sum + count, 0),
    chance: 1 / world.setup.world.symbols,
    documents: await documentAccuracy(subject),
    varieties: await varietyAccuracy(subject),
  };
  return { data };
}

/** The most common operation of a character's family on a topic: the best guess of who knows the family and no document. */
function familyOperations({
  setup,
  families,
  dispositions,
}: CharacterWorld): (character: number, topic: number) => number {
  return (character, topic) => {
    const counts = new Array<number>(setup.world.operations).fill(0);
    families.forEach((family, other) => {
      const operation = dispositions[other]?.[topic] as number;
      if (family === families[character]) counts[operation] = (counts[operation] as number) + 1;
    });
    return counts.indexOf(Math.max(...counts));
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
    if (this.count === 0) throw new NothingToMeasureError('the world has nothing to measure this share of the base on');
    return this.hits / this.count;
  }
}

async function documentAccuracy({ programs, world, base }: BaseSubject<CharacterWorld>): Promise<number> {
  const probes = documentProbes(world);
  const network = await forced(programs, architectureOf(world), base, probes);
  const share = new Share();
  probes.cells.forEach((cell, b) => {
    const said = world.vocabulary.operations[statedOf(world, cell)];
    share.add(mostLikely(network.at(b, probes.positions[b] as number)) === said);
  });
  return share.value;
}

async function varietyAccuracy({ programs, world, base }: BaseSubject<CharacterWorld>): Promise<number> {
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
