import { InputError } from '../core/errors.ts';
import { engineNamed } from '../engine/named.ts';
import type { Catalog } from '../lab/catalog.ts';
import type { Setup } from '../world/knobs.ts';
import { PROFILES, type Profile } from './config.ts';
import { type Variables, variablesOf } from './environment.ts';
import { enginesOf, type Project, type ProjectFiles, setupNamed } from './project.ts';
import { seedsFor } from './seeds.ts';

export { PROFILES, type Profile } from './config.ts';

/** How a run of the claims is set up, beside what its networks are made of. */
export interface Settings {
  readonly profile: Profile;
  /** One a replicate, of the setup's kind of world; those of a smaller profile are the first ones of a larger. */
  readonly seeds: readonly number[];
  /** The id of an engine. */
  readonly engine: string;
  /** Networks that train in one program at most; what suits the engine where undefined. */
  readonly together: number | undefined;
  /** Child processes that train at most; what suits the engine and the machine where undefined. */
  readonly workers?: number | undefined;
  /** The store's folder. */
  readonly folder: string;
  /** The setup that the claim at hand is about; see `aboutSetup`. */
  readonly setup: Setup;
  /**
   * How many changed setups prevalence claims look at, half of them with rehearsal, and how many times the registered one's cost one may
   * have.
   */
  readonly changed: { readonly setups: number; readonly mostCost: number };
}

/** All that decides a run of the claims. */
export interface Configuration extends Settings {
  readonly project: Project;
  /** That of the project. */
  readonly catalog: Catalog;
}

/**
 * What a project and the variables of an environment say: SPILLOVER_PROFILE (else `profile`), SPILLOVER_ENGINE (else
 * onnx:cpu), SPILLOVER_TOGETHER and SPILLOVER_WORKERS (else what suits the engine and the machine). The setup is the one that
 * a claim is about that names none. Throws `InputError` on an unknown variable SPILLOVER_* or value.
 */
export function readSettings(
  files: ProjectFiles,
  environment: NodeJS.ProcessEnv | Variables,
  profile: Profile = 'quick',
): Settings {
  const variables = variablesOf({ ...environment });
  const chosen = parseProfile(variables.SPILLOVER_PROFILE, profile);
  const { replicates: _, ...changed } = files.profiles[chosen];
  return {
    profile: chosen,
    engine: engineNamed(enginesOf(files), variables.SPILLOVER_ENGINE).id,
    together: parseCount(variables, 'SPILLOVER_TOGETHER', 'networks for one program', 'engine'),
    workers: parseCount(variables, 'SPILLOVER_WORKERS', 'processes that train', 'engine and the machine'),
    folder: files.store,
    ...place(files, chosen),
    changed,
  };
}

/** `readSettings`, with the project. */
export const readConfiguration = (
  project: Project,
  environment: NodeJS.ProcessEnv | Variables,
  profile?: Profile,
): Configuration => ({ ...readSettings(project, environment, profile), project, catalog: project.catalog });

/** The configuration for a claim about the setup of this name, on the seeds of its kind of world; see `setupNamed`. */
export const aboutSetup = (configuration: Configuration, name: string | undefined): Configuration => ({
  ...configuration,
  ...place(configuration.project, configuration.profile, name),
});

/** The setup of this name, and as many seeds of its kind of world as a profile has replicates. */
function place(files: ProjectFiles, profile: Profile, name?: string): Pick<Settings, 'setup' | 'seeds'> {
  const setup = setupNamed(files, name);
  return { setup, seeds: seedsFor(files.seeds, setup.world).slice(0, files.profiles[profile].replicates) };
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
function parseCount(
  variables: Variables,
  name: 'SPILLOVER_TOGETHER' | 'SPILLOVER_WORKERS',
  what: string,
  suited: string,
): number | undefined {
  const text = variables[name];
  if (text === undefined || text === '') return undefined;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 1024) return count;
  throw new InputError(`this is no number of ${what}`, {
    expected: 'a whole number from 1 to 1024',
    got: `'${text}'`,
    todo: `set ${name} to one, or unset it for what suits the ${suited}`,
  });
}
