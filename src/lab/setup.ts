import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { readJson } from '../core/json-file.ts';
import { type Fault, faultsOf, listed, shown } from '../world/faults.ts';
import {
  kindIn,
  type ModelSetup,
  type PretrainingSetup,
  type Setup,
  type TuningSetup,
  type WorldKnobs,
} from '../world/knobs.ts';
import { share, whole } from '../world/shared-knobs.ts';
import type { World, WorldKind } from '../world/world.ts';
import { faultsBetween } from './between.ts';

const decay: z.ZodType<number> = z.number().min(0).lt(1);
const rate: z.ZodType<number> = z.number().positive().max(1);
const steps: z.ZodType<number> = whole(1, 1_000_000);
const batch: z.ZodType<number> = whole(1, 4096);

const model: z.ZodType<ModelSetup> = z.strictObject({
  context: whole(9, 1024),
  width: whole(1, 4096),
  layers: whole(1, 64),
  heads: whole(1, 64),
  feedForward: whole(1, 16),
});

const pretraining: z.ZodType<PretrainingSetup> = z.strictObject({
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
});

const tuning: z.ZodType<TuningSetup> = z.strictObject({
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
});

/**
 * The setup that `value` holds, equal to it; `source` names it in messages, for example a path. Its section `world` is that of
 * the kind among `worlds` that it names, `characters` where it names none.
 * Throws `InputError` with every fault of type, range or unknown key or, where there is none, every fault between fields.
 */
export function parseSetup<Knobs extends WorldKnobs>(
  value: unknown,
  source: string,
  worlds: readonly WorldKind<Knobs>[],
): Setup<Knobs> {
  const section = z.looseObject({ world: z.looseObject({ kind: z.unknown() }) }).safeParse(value);
  const kind = kindNamed(section.success ? section.data.world : {}, source, worlds);
  const parsed = z.strictObject({ world: kind.knobs, model, pretraining, tuning }).safeParse(value);
  if (!parsed.success) throw refusal(source, faultsOf(parsed.error.issues, value));
  const setup: Setup<Knobs> = parsed.data;
  const faults = [...kind.faults(setup), ...faultsBetween(setup)];
  if (faults.length > 0) throw refusal(source, faults);
  return setup;
}

/** The setup in the JSON file at `path`. Throws `InputError` where it cannot be read, is not JSON, or is not a setup. */
export function loadSetup<Knobs extends WorldKnobs>(path: string, worlds: readonly WorldKind<Knobs>[]): Setup<Knobs> {
  return parseSetup(readJson(path, 'give the path of a setup, for example fixtures/setups/recipe.json'), path, worlds);
}

/** The world of a setup and a seed. Throws `InputError` where its kind is not among `worlds`. */
export function worldOf<Knobs extends WorldKnobs>(
  setup: Setup<Knobs>,
  seed: number,
  worlds: readonly WorldKind<Knobs>[],
): World<Knobs> {
  return kindNamed(setup.world, 'a setup', worlds).draw(setup, seed);
}

function kindNamed<Knobs extends WorldKnobs>(
  world: { readonly kind?: unknown },
  source: string,
  worlds: readonly WorldKind<Knobs>[],
): WorldKind<Knobs> {
  const id = kindIn(world as WorldKnobs);
  const found = worlds.find((each) => each.id === id);
  if (found !== undefined) return found;
  throw new InputError(`${source} is of a kind of world that is not known here`, {
    expected: `world.kind: ${worlds.map((each) => each.id).join(', ')}`,
    got: shown(id),
    todo: 'correct world.kind, or add the kind to `worlds` in spillover.config.ts',
  });
}

function refusal(source: string, faults: readonly Fault[]): InputError {
  return new InputError(`${source} is not a setup`, {
    expected: listed(faults, 'expected'),
    got: listed(faults, 'got'),
    todo: listed(faults, 'todo'),
  });
}
