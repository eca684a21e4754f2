import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { readJson } from '../core/json-file.ts';
import { TEMPLATES } from './characters/templates.ts';
import { crossFieldFaults, type Fault, faultsOf, listed, shown } from './faults.ts';
import type { Setup } from './knobs.ts';

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
    templates: whole(1, TEMPLATES.length),
    skillMappings: whole(1, 6),
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
    klWeight: z.number().min(0).max(100),
    temperature: z.number().min(0.1).max(10),
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
