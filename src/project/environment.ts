import { InputError } from '../core/errors.ts';
import { nearest } from './nearest.ts';

/** Every environment variable that changes a run, each with what it takes. */
export const VARIABLES = {
  SPILLOVER_PROFILE: 'quick, standard or full: how many replicates and changed setups',
  SPILLOVER_ENGINE: 'what computes: an engine of npm run doctor, or auto for the fastest here',
  SPILLOVER_TOGETHER: 'networks that one program trains at most, 1 to 1024',
  SPILLOVER_STORE: 'the folder of the run store',
  SPILLOVER_WORKERS: 'processes that train beside each other',
  SPILLOVER_BROWSER: 'the Chromium that opens the report in its tests, or none',
} as const;

const NAMES: readonly string[] = Object.keys(VARIABLES);

/**
 * Throws `InputError` where the environment has a variable SPILLOVER_* that means nothing: what it was to change would
 * silently stay as it is. On Windows names are the same in capitals or not.
 */
export function refuseUnknownVariables(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): void {
  const known = (name: string): boolean => NAMES.includes(platform === 'win32' ? name.toUpperCase() : name);
  const [unknown] = Object.keys(environment).filter((name) => /^SPILLOVER_/i.test(name) && !known(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, NAMES);
  throw new InputError('unknown environment variable', {
    expected: `of the names that start with SPILLOVER_ only ${NAMES.join(', ')}`,
    got: unknown,
    todo: meant === undefined ? 'unset it' : `set ${meant} instead, or unset it`,
  });
}
