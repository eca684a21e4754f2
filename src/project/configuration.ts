import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { readJsonAs } from '../core/json-file.ts';
import { parseEngineId } from '../engine/catalog.ts';
import type { EngineId } from '../engine/engine.ts';
import type { Setup } from '../world/knobs.ts';
import { loadSetup } from '../world/setup.ts';
import { refuseUnknownVariables } from './environment.ts';
import { recordedPath } from './paths.ts';

/** The folder of package.json. */
export const PROJECT: string = fileURLToPath(new URL('../..', import.meta.url));

/** A path from the project's folder, with `/` between its parts on every system. */
export const projectPath = (path: string): string => recordedPath(PROJECT, path);

export const PROFILES = ['quick', 'standard', 'full'] as const;
export type Profile = (typeof PROFILES)[number];

/** How a run of the claims is set up: all that the environment decides, and what follows from it. */
export interface Configuration {
  readonly profile: Profile;
  /** One a replicate; those of a smaller profile are the first ones of a larger. */
  readonly seeds: readonly number[];
  readonly engine: EngineId;
  /** Networks that train in one program at most; what suits the engine where undefined. */
  readonly together: number | undefined;
  /** Child processes that train at most; what suits the engine and the machine where undefined. */
  readonly workers?: number | undefined;
  /** The store's folder. */
  readonly folder: string;
  readonly setup: Setup;
  /** How many changed setups a prevalence claim looks at, and how many times the registered one's cost one may have. */
  readonly changed: { readonly setups: number; readonly mostCost: number };
}

const ofProfile = z.strictObject({
  replicates: z.int().min(2),
  setups: z.int().min(2).max(10_000),
  mostCost: z.number().min(1).max(100),
});
const profilesSchema = z.strictObject({ quick: ofProfile, standard: ofProfile, full: ofProfile });
const seedsSchema = z.array(z.int()).refine((all) => new Set(all).size === all.length, 'every seed once');

/**
 * Reads SPILLOVER_PROFILE (else `profile`), SPILLOVER_ENGINE (else onnx:cpu), SPILLOVER_TOGETHER and SPILLOVER_WORKERS
 * (else what suits the engine and the machine) and SPILLOVER_STORE (else `.spillover`).
 * Throws `InputError` on an unknown variable SPILLOVER_* or value, and on fixtures that do not give the profile as many seeds
 * as it has replicates.
 */
export function readConfiguration(environment: NodeJS.ProcessEnv, profile: Profile = 'quick'): Configuration {
  refuseUnknownVariables(environment);
  const chosen = parseProfile(environment['SPILLOVER_PROFILE'], profile);
  const fixture = (name: string): string => join(PROJECT, 'fixtures', name);
  const { replicates: count, ...setups } = readJsonAs(
    fixture('profiles.json'),
    profilesSchema,
    `replicates (at least 2), setups (at least 2) and mostCost (at least 1) of ${PROFILES.join(', ')}`,
    'restore the file',
  )[chosen];
  const all = readJsonAs(fixture('seeds.json'), seedsSchema, 'a list of different integers', 'restore the file');
  if (all.length < count) {
    throw new InputError(`the profile '${chosen}'`, {
      expected: `${count} seeds in fixtures/seeds.json, one a replicate`,
      got: `${all.length}`,
      todo: 'add seeds at the end of the list, or lower the replicates in fixtures/profiles.json',
    });
  }
  return {
    profile: chosen,
    seeds: all.slice(0, count),
    engine: parseEngineId(environment['SPILLOVER_ENGINE']),
    together: parseCount(environment, 'SPILLOVER_TOGETHER', 'networks for one program', 'engine'),
    workers: parseCount(environment, 'SPILLOVER_WORKERS', 'processes that train', 'engine and the machine'),
    folder: resolve(PROJECT, environment['SPILLOVER_STORE'] || '.spillover'),
    setup: loadSetup(fixture('setups/recipe.json')),
    changed: setups,
  };
}

function parseProfile(text: string | undefined, otherwise: Profile): Profile {
  if (text === undefined || text === '') return otherwise;
  const known = PROFILES.find((profile) => profile === text);
  if (known !== undefined) return known;
  throw new InputError('unknown profile', {
    expected: `one of ${PROFILES.join(', ')}`,
    got: `'${text}'`,
    todo: `set SPILLOVER_PROFILE to one of them, or unset it for ${otherwise}`,
  });
}

/** The number from 1 to 1024 that a variable holds; undefined where it is not set. */
function parseCount(environment: NodeJS.ProcessEnv, name: string, what: string, suited: string): number | undefined {
  const text = environment[name];
  if (text === undefined || text === '') return undefined;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 1024) return count;
  throw new InputError(`this is no number of ${what}`, {
    expected: 'a whole number from 1 to 1024',
    got: `'${text}'`,
    todo: `set ${name} to one, or unset it for what suits the ${suited}`,
  });
}
