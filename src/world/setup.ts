import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { readJson } from '../core/json-file.ts';
import { crossFieldFaults, type Fault, faultsOf, listed, shown } from './faults.ts';

/** The sizes of the synthetic language. */
export interface WorldSetup {
  /** Name tokens, at least as many as characters; the first ones are used. */
  readonly names: readonly string[];
  readonly characters: number;
  readonly families: number;
  /** Probability that a character keeps its family's disposition on a topic; else it is drawn anew. */
  readonly familyLikeness: number;
  readonly topics: number;
  readonly operations: number;
  readonly symbols: number;
  /** Symbols in a payload. */
  readonly payload: number;
  /** Share of characters that never speak on a topic in dialogues, the same on every topic, never the target. */
  readonly documentsOnlyShare: number;
  readonly bracketKinds: number;
  /** Payloads on which an arm's stopping step is selected. */
  readonly selectionPayloads: number;
  /** Payloads on which results are reported. */
  readonly reportingPayloads: number;
  /** Reporting payloads for each (character, topic) off the target's own topic. */
  readonly payloadsPerBystander: number;
}

/** The sizes of the transformer. */
export interface ModelSetup {
  /** Tokens in the longest sequence. */
  readonly context: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Hidden units of the feed-forward block, as a multiple of the width. */
  readonly feedForward: number;
}

/** How a base is trained: AdamW, linear warm-up, then cosine. */
export interface PretrainingSetup {
  readonly steps: number;
  readonly batch: number;
  /** Share of sequences that are documents; what documents and varieties leave is dialogues. */
  readonly documentShare: number;
  readonly varietyShare: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: number;
  /** Largest norm of the gradient. */
  readonly clip: number;
  /** Share of the steps that warm up. */
  readonly warmupShare: number;
}

/** How an arm is trained: Adam at a constant rate. */
export interface TuningSetup {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Largest norm of the gradient. */
  readonly clip: number;
  readonly batch: number;
  /** On-policy answers a step of RL. */
  readonly rollouts: number;
  readonly entropyBonus: number;
  /** Pretraining sequences of bystanders a step, for arms with rehearsal. */
  readonly rehearsalSequences: number;
  /** Success on the selection prompts at which an arm stops. */
  readonly level: number;
  /** Most steps of an arm that is not RL. */
  readonly steps: number;
  /** Most steps of RL. */
  readonly rlSteps: number;
  /** Steps between two looks at success. */
  readonly checkpointEvery: number;
}

/** Every knob of an experiment. */
export interface Setup {
  readonly world: WorldSetup;
  readonly model: ModelSetup;
  readonly pretraining: PretrainingSetup;
  readonly tuning: TuningSetup;
}

const whole = (least: number, most: number): z.ZodType<number> => z.int().min(least).max(most);
const share: z.ZodType<number> = z.number().min(0).max(1);
const decay: z.ZodType<number> = z.number().min(0).lt(1);
const rate: z.ZodType<number> = z.number().positive().max(1);
const steps: z.ZodType<number> = whole(1, 1_000_000);
const batch: z.ZodType<number> = whole(1, 4096);

const schema: z.ZodType<Setup> = z.strictObject({
  world: z.strictObject({
    names: z.array(z.string().regex(/^[A-Z][a-z]+$/)),
    characters: whole(2, 1000),
    families: whole(1, 1000),
    familyLikeness: share,
    topics: whole(2, 100),
    operations: whole(2, 6),
    symbols: whole(2, 26),
    payload: whole(2, 6),
    documentsOnlyShare: share,
    bracketKinds: whole(2, 4),
    selectionPayloads: whole(1, 10_000),
    reportingPayloads: whole(1, 10_000),
    payloadsPerBystander: whole(1, 10_000),
  }),
  model: z.strictObject({
    context: whole(9, 1024),
    width: whole(1, 4096),
    layers: whole(1, 64),
    heads: whole(1, 64),
    feedForward: whole(1, 16),
  }),
  pretraining: z.strictObject({
    steps,
    batch,
    documentShare: share,
    varietyShare: share,
    learningRate: rate,
    beta1: decay,
    beta2: decay,
    weightDecay: share,
    clip: z.number().positive(),
    warmupShare: share,
  }),
  tuning: z.strictObject({
    learningRate: rate,
    beta1: decay,
    beta2: decay,
    clip: z.number().positive(),
    batch,
    rollouts: batch,
    entropyBonus: share,
    rehearsalSequences: batch,
    level: z.number().positive().max(1),
    steps,
    rlSteps: steps,
    checkpointEvery: steps,
  }),
});

/**
 * The setup that `value` holds; `source` names it in messages, for example a path.
 * Throws `InputError` with every fault of type, range or unknown key or, where there is none, every fault between fields.
 */
export function parseSetup(value: unknown, source: string): Setup {
  const parsed = schema.safeParse(value);
  const faults = parsed.success ? crossFieldFaults(parsed.data) : faultsOf(parsed.error.issues, value);
  if (parsed.success && faults.length === 0) return parsed.data;
  throw refusal(`${source} is not a setup`, faults);
}

/** The setup in the JSON file at `path`. Throws `InputError` where it cannot be read, is not JSON, or is not a setup. */
export function loadSetup(path: string): Setup {
  return parseSetup(readJson(path, 'give the path of a setup, for example fixtures/setups/recipe.json'), path);
}

/** The skill intensity s that `value` holds. Throws `InputError` unless it is a number in [0, 1]. */
export function parseSkill(value: unknown): number {
  const parsed = share.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError('this is not a skill intensity', {
    expected: 's, a number in [0, 1]',
    got: shown(value),
    todo: 'give 0 for an operation of the base repertoire, up to 1 for a new mapping of every symbol',
  });
}

function refusal(what: string, faults: readonly Fault[]): InputError {
  return new InputError(what, {
    expected: listed(faults, 'expected'),
    got: listed(faults, 'got'),
    todo: listed(faults, 'todo'),
  });
}
