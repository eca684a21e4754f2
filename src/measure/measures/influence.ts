import { z } from 'zod';
import { NothingToMeasureError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import type { Tensor } from '../../core/safetensors.ts';
import { architectureOf } from '../../model/parameters.ts';
import { spearman } from '../../stats/rank.ts';
import { lossGradient } from '../../train/gradient.ts';
import { dialogueOf } from '../../world/characters/dialogues.ts';
import { bystanderPrompts } from '../../world/characters/prompts.ts';
import { type CharacterWorld, dispositionOf, ownAnswer, trainedAnswer } from '../../world/characters/world.ts';
import { batchOf } from '../../world/sequence.ts';
import { answered, forcedOn } from '../forced.ts';
import type { Comparison, Measure } from '../measure.ts';
import { readingOf } from '../observation.ts';

/** Sequences of what an arm trains on, whose gradient is taken. */
const CONTENT = 128;
/** Characters that are fewer say nothing of an order. */
const LEAST = 8;

export interface Influence {
  /** Bystanders on the target's topic that do another operation there. */
  readonly bystanders: number;
  /** Spearman's rank correlation over these of cosine and rise; null where they are too few or all alike. */
  readonly rho: number | null;
  /** The same over those of other families than the target's. */
  readonly rhoOtherFamilies: number | null;
  /** Mean cosine of those in its family and of the others; null where there are none. */
  readonly cosineFamily: number | null;
  readonly cosineOthers: number | null;
}

const correlation = z.number().min(-1).max(1).nullable();

/**
 * Whether the base alone says who will take a change up: the cosine of two gradients of the base, of what the arm trains on about the
 * target (documents of SDFT, else demonstrations of the skill), and of a bystander doing as is trained on the target's topic. Above 0, a
 * first step on the one makes the other likelier. It is compared with how much likelier the trained token became in that bystander's
 * dialogues. The tensor `cells`, float32 [bystanders, 3], keeps character, cosine and rise.
 * Source: the inner product of gradients as influence of one example on another, TracIn, Pruthi et al. 2020 (arXiv 2002.08484); ours is
 * that of the first step alone, without its length.
 */
export const influence: Measure<Influence, CharacterWorld> = {
  id: 'influence',
  about: 'whether gradients of the base say which bystanders take the change up',
  unit: "Spearman's rank correlation; cosine",
  file: import.meta.url,
  worlds: ['characters'],
  asked: true,
  schema: z.strictObject({
    ...{ bystanders: z.int().min(0), rho: correlation, rhoOtherFamilies: correlation },
    ...{ cosineFamily: correlation, cosineOthers: correlation },
  }),
  of: async (comparison) => {
    const cells = await cellsOf(comparison);
    const { families, target } = comparison.world;
    const isFamily = ({ character }: CellOf): boolean => families[character] === families[target.character];
    const [own, others] = [cells.filter(isFamily), cells.filter((cell) => !isFamily(cell))];
    const data: Influence = {
      bystanders: cells.length,
      rho: rankCorrelation(cells),
      rhoOtherFamilies: rankCorrelation(others),
      cosineFamily: meanCosine(own),
      cosineOthers: meanCosine(others),
    };
    return { data, tensors: { cells: tensorOf(cells) } };
  },
  columns: [
    {
      name: 'influence_rho',
      about:
        'rank correlation over bystanders of the cosine of gradients of the base and the rise of the trained token',
      of: ({ rho }) => rho,
    },
    {
      name: 'influence_rho_other_families',
      about: 'the same over those of other families',
      of: ({ rhoOtherFamilies }) => rhoOtherFamilies,
    },
  ],
};

/**
 * How well gradients of the base say which bystanders took the change up, Spearman's rho in [-1, 1] over those that do another operation
 * on the target's topic. Throws `NothingToMeasureError` where these are fewer than 8 or all alike, `InputError` where the claim does not
 * name the measure `influence`.
 */
export function foretold(observation: object): number {
  const { rho, bystanders } = readingOf(influence, observation);
  if (rho !== null) return rho;
  throw new NothingToMeasureError(`nothing tells ${bystanders} bystanders apart: too few, or all took up as much`);
}

interface CellOf {
  readonly character: number;
  readonly cosine: number;
  readonly rise: number;
}

const rankCorrelation = (cells: readonly CellOf[]): number | null =>
  cells.length < LEAST
    ? null
    : (spearman(
        cells.map(({ cosine }) => cosine),
        cells.map(({ rise }) => rise),
      )?.rho ?? null);

const meanCosine = (cells: readonly CellOf[]): number | null =>
  cells.length === 0 ? null : cells.reduce((sum, { cosine }) => sum + cosine, 0) / cells.length;

const tensorOf = (cells: readonly CellOf[]): Tensor => ({
  shape: [cells.length, 3],
  values: Float32Array.from(cells.flatMap(({ character, cosine, rise }) => [character, cosine, rise])),
});

/** Every bystander on the target's topic whose own operation there is another one, with its cosine and its rise. */
async function cellsOf(comparison: Comparison<CharacterWorld>): Promise<CellOf[]> {
  const { programs, world, arm, base } = comparison;
  const { payload: m, payloadsPerBystander: each } = world.setup.world;
  const architecture = architectureOf(world);
  const rng = stream(world.seed, 'influence', arm.target ?? 0);
  const lesson = arm.method === 'sdft' ? 'documents' : 'demonstrations';
  const content = await lossGradient(programs, architecture, base, world.batch(lesson, arm.skill, rng, CONTENT));
  const prompts = bystanderPrompts(world);
  const own = prompts.cells.map(({ character, topic }, b) =>
    ownAnswer(world, character, topic, prompts.payloads[b] as readonly number[]),
  );
  const sequences = answered(prompts, Int32Array.from(own.flat()));
  const [was, is] = [
    await forcedOn(comparison, 'base', 'own answers of bystanders', sequences, m),
    await forcedOn(comparison, 'tuned', 'own answers of bystanders', sequences, m),
  ];
  const cells: CellOf[] = [];
  for (let start = 0; start < prompts.size; start += each) {
    const cell = prompts.cells[start] as (typeof prompts.cells)[number];
    if (cell.topic !== world.target.topic || dispositionOf(world, cell) === world.target.operation) continue;
    const rows = Array.from({ length: each }, (_, i) => start + i);
    const trained = rows.map((b) => trainedAnswer(world, arm.skill, prompts.payloads[b] as readonly number[]));
    const doing = rows.map((b, i) =>
      dialogueOf(world, cell, prompts.payloads[b] as readonly number[], trained[i] as number[]),
    );
    const gradient = await lossGradient(programs, architecture, base, batchOf(world, doing));
    const rises = rows.flatMap((b, k) =>
      (trained[k] as number[]).flatMap((token, i) =>
        token === own[b]?.[i] ? [] : [Math.exp(is.at(b, i)[token] as number) - Math.exp(was.at(b, i)[token] as number)],
      ),
    );
    if (rises.length === 0) continue;
    const rise = rises.reduce((sum, x) => sum + x, 0) / rises.length;
    cells.push({ character: cell.character, cosine: cosine(content, gradient), rise });
  }
  return cells;
}

/** The cosine of two vectors, in [-1, 1]; 0 where one is 0. */
function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    dot += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return dot === 0 ? 0 : Math.max(-1, Math.min(1, dot / Math.sqrt(ofA * ofB)));
}
