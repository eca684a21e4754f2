import { basename, dirname } from 'node:path';
import { InputError } from '../core/errors.ts';
import { type ProjectFiles, setupOf } from '../project/project.ts';
import { kindIn } from '../world/knobs.ts';
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

/** What registrations have looked at: seeds of the list, and whether changed setups, which all claims about one setup draw alike. */
export interface Read {
  readonly seeds: ReadonlySet<number>;
  readonly setups: boolean;
}

/** What the claims of the registry in a commit had looked at: seeds by the kind of world that they drew, and kinds of changed setups. */
export interface Reading {
  readonly commit: string;
  readonly seeds: ReadonlyMap<string, ReadonlySet<number>>;
  readonly setups: ReadonlySet<string>;
}

type Seeded = Pick<ProjectFiles, 'registry' | 'seeds' | 'sources' | 'setups'>;

/**
 * What every registry that version control has had looked at: of the list of seeds of its commit as many as its profiles have, in
 * every kind of world that its claims are about. Worlds of one kind that a seed draws have much in common, whatever their setups. A
 * registry that does not say which setups its claims are about, or names one that is there no more, counts for every kind.
 */
export function readingsOf(project: Seeded): Reading[] {
  return registriesInGit(project.registry, '--full-history').map(({ commit, registry }) => {
    const list = seedsAt(project, commit);
    const { most, setups } = lookedAt(registry, project);
    const seeds = new Map([...most].map(([kind, n]) => [kind, new Set(list.slice(0, n))]));
    return { commit, seeds, setups };
  });
}

/** The most replicates that a registry has of any claim about a kind of world, and the kinds of which it has changed setups. */
function lookedAt(
  registry: Past,
  project: Seeded,
): { readonly most: ReadonlyMap<string, number>; readonly setups: ReadonlySet<string> } {
  const claims = Object.values(registry);
  const says = claims.some(({ content }) => setupNamesOf(content ?? {}).some((name) => name !== undefined));
  const most = new Map<string, number>();
  const setups = new Set<string>();
  for (const claim of claims) {
    const results = resultsIn(claim);
    const sizes = results.map(({ n, usable }) => (usable === undefined ? n : 0));
    for (const kind of says ? kindsOf(claim.content ?? {}, project) : everyKind(project)) {
      most.set(kind, Math.max(most.get(kind) ?? 0, ...sizes));
      if (results.some(({ usable }) => usable !== undefined)) setups.add(kind);
    }
  }
  return { most, setups };
}

/** The kinds of world that a claim is about; every kind where a setup that it names is not there. */
export function kindsOf(
  about: Parameters<typeof setupNamesOf>[0],
  project: Pick<ProjectFiles, 'setups'>,
): ReadonlySet<string> {
  const setups = setupNamesOf(about).map((name) => setupOf(project, name));
  return setups.includes(undefined)
    ? everyKind(project)
    : new Set(setups.flatMap((setup) => (setup ? [kindIn(setup.world)] : [])));
}

const everyKind = ({ setups }: Pick<ProjectFiles, 'setups'>): ReadonlySet<string> =>
  new Set(Object.values(setups).map(({ world }) => kindIn(world)));

/** All that was looked at in some readings of worlds of these kinds. */
export const together = (readings: readonly Reading[], kinds: ReadonlySet<string>): Read => ({
  seeds: new Set(readings.flatMap(({ seeds }) => [...kinds].flatMap((kind) => [...(seeds.get(kind) ?? [])]))),
  setups: readings.some(({ setups }) => [...kinds].some((kind) => setups.has(kind))),
});

const resultsIn = ({ profiles }: Past[string]) => Object.values(profiles).filter((each) => each !== undefined);

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
