import { basename, dirname } from 'node:path';
import { InputError } from '../core/errors.ts';
import type { ProjectFiles } from '../project/project.ts';
import { type Past, registriesInGit } from './history.ts';
import { git } from './tree.ts';

/** Seeds from here on are for trying things out: what was looked at on them is no holdout, and no claim is registered on them. */
const FIRST_FOR_DEVELOPMENT = 9001;

/** Throws `InputError` where claims would be registered on seeds that are for trying things out. */
export function refuseDevelopmentSeeds(seeds: readonly number[]): void {
  const wrong = seeds.filter((seed) => seed >= FIRST_FOR_DEVELOPMENT);
  if (wrong.length === 0) return;
  throw new InputError('no claim is registered on seeds for development', {
    expected: `seeds below ${FIRST_FOR_DEVELOPMENT}: those from there on are for trying things out`,
    got: wrong.join(', '),
    todo: 'put other seeds first in the `seeds` of the configuration',
  });
}

/** What registrations have looked at: seeds of the list, and whether the setups of claims about setups, which all draw the same. */
export interface Read {
  readonly seeds: ReadonlySet<number>;
  readonly setups: boolean;
}

/** What the claims of the registry in a commit had looked at. */
export interface Reading extends Read {
  readonly commit: string;
}

/** What every registry that version control has had looked at: of the list of seeds of its commit as many as its profiles have. */
export function readingsOf(project: Pick<ProjectFiles, 'registry' | 'seeds' | 'sources'>): Reading[] {
  return registriesInGit(project.registry, '--full-history').map(({ commit, registry }) => {
    const results = resultsIn(registry);
    const most = Math.max(0, ...results.map(({ n, usable }) => (usable === undefined ? n : 0)));
    const seeds = new Set(seedsAt(project, commit).slice(0, most));
    return { commit, seeds, setups: results.some(({ usable }) => usable !== undefined) };
  });
}

/** All that was looked at in some readings. */
export const together = (readings: readonly Read[]): Read => ({
  seeds: new Set(readings.flatMap(({ seeds }) => [...seeds])),
  setups: readings.some(({ setups }) => setups),
});

const resultsIn = (registry: Past) =>
  Object.values(registry).flatMap(({ profiles }) => Object.values(profiles).filter((each) => each !== undefined));

/** The list of seeds as it was in a commit; the one of now where it stands in no file of its own or was not there. */
function seedsAt({ seeds, sources }: Pick<ProjectFiles, 'seeds' | 'sources'>, commit: string): readonly number[] {
  const text = git(dirname(sources.seeds), 'show', `${commit}:./${basename(sources.seeds)}`);
  try {
    const then: unknown = JSON.parse(text ?? '');
    return Array.isArray(then) ? then.filter((seed) => typeof seed === 'number') : seeds;
  } catch {
    return seeds;
  }
}
