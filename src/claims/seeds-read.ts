import { basename, dirname } from 'node:path';
import { InputError } from '../core/errors.ts';
import type { ProjectFiles } from '../project/project.ts';
import { type Past, registriesInGit } from './history.ts';
import { setupNamesOf } from './placed.ts';
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

/**
 * What registrations have looked at: seeds of the list by the name of the setup that they drew, that of claims that name none under
 * undefined, and whether the setups of claims about setups, which all draw the same.
 */
export interface Read {
  readonly seeds: ReadonlyMap<string | undefined, ReadonlySet<number>>;
  readonly setups: boolean;
}

/** What the claims of the registry in a commit had looked at. */
export interface Reading extends Read {
  readonly commit: string;
}

/** What every registry that version control has had looked at: of the list of seeds of its commit as many as its profiles have. */
export function readingsOf(project: Pick<ProjectFiles, 'registry' | 'seeds' | 'sources'>): Reading[] {
  return registriesInGit(project.registry, '--full-history').map(({ commit, registry }) => {
    const list = seedsAt(project, commit);
    const most = mostReplicates(registry);
    const seeds = new Map([...most].map(([setup, n]) => [setup, new Set(list.slice(0, n))]));
    return { commit, seeds, setups: resultsIn(Object.values(registry)).some(({ usable }) => usable !== undefined) };
  });
}

/** The most replicates that a registry has of any claim about a setup, by the name of the setup. */
function mostReplicates(registry: Past): Map<string | undefined, number> {
  const most = new Map<string | undefined, number>();
  for (const claim of Object.values(registry)) {
    const sizes = resultsIn([claim]).map(({ n, usable }) => (usable === undefined ? n : 0));
    for (const name of setupNamesOf(claim.content ?? {})) most.set(name, Math.max(most.get(name) ?? 0, ...sizes));
  }
  return most;
}

/** All that was looked at in some readings. */
export const together = (readings: readonly Read[]): Read => ({
  seeds: readings.reduce((all, { seeds }) => {
    for (const [setup, own] of seeds) all.set(setup, new Set([...(all.get(setup) ?? []), ...own]));
    return all;
  }, new Map<string | undefined, ReadonlySet<number>>()),
  setups: readings.some(({ setups }) => setups),
});

const resultsIn = (claims: readonly Past[string][]) =>
  claims.flatMap(({ profiles }) => Object.values(profiles).filter((each) => each !== undefined));

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
