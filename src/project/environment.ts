import { InputError } from '../core/errors.ts';
import { nearest } from './nearest.ts';

/** Every environment variable that changes a run, each with what it takes. */
export const VARIABLES = {
  SPILLOVER_CONFIG: 'another configuration file than spillover.config.ts',
  SPILLOVER_PROFILE: 'quick, standard or full: how many replicates and changed setups',
  SPILLOVER_ENGINE: 'what computes: an engine of npm run doctor, or auto for the fastest here',
  SPILLOVER_TOGETHER: 'networks that one program trains at most, 1 to 1024',
  SPILLOVER_STORE: 'the folder of the run store',
  SPILLOVER_WORKERS: 'processes that train beside each other',
  SPILLOVER_BROWSER: 'the Chromium that opens the report in its tests, or none',
} as const;

type Variable = keyof typeof VARIABLES;
const NAMES = Object.keys(VARIABLES) as readonly Variable[];

/** The variables that are set, by name. */
export type Variables = Readonly<Partial<Record<Variable, string>>>;

/** What one process tells another of a run: the folder that the project is found from, and the variables that change it. */
export interface RunParameters {
  readonly folder: string;
  readonly variables: Variables;
}

/**
 * The variables of an environment that change a run. Throws `InputError` where it has another variable SPILLOVER_*: what that
 * was to change would silently stay as it is. On Windows names are the same in capitals or not.
 */
export function variablesOf(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): Variables {
  const meantBy = (name: string): string => (platform === 'win32' ? name.toUpperCase() : name);
  const ours = Object.keys(environment).filter((name) => /^SPILLOVER_/i.test(name));
  const unknown = ours.find((name) => !NAMES.some((known) => known === meantBy(name)));
  if (unknown === undefined) return Object.fromEntries(ours.map((name) => [meantBy(name), environment[name]]));
  const meant = nearest(unknown, NAMES);
  throw new InputError('unknown environment variable', {
    expected: `of the names that start with SPILLOVER_ only ${NAMES.join(', ')}`,
    got: unknown,
    todo: meant === undefined ? 'unset it' : `set ${meant} instead, or unset it`,
  });
}
