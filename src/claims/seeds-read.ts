import { basename, dirname } from 'node:path';
import { InputError } from '../core/errors.ts';
import type { SeedsByKind } from '../project/config.ts';
import { type ProjectFiles, setupOf } from '../project/project.ts';
import { seedsIn, seedsOfKind } from '../project/seeds.ts';
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

/** What registrations have looked at: seeds of the lists, and whether changed setups, which all claims about one setup draw alike. */
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

type About = Parameters<typeof setupNamesOf>[0];
type Seeded = Pick<ProjectFiles, 'registry' | 'seeds' | 'sources' | 'setups'>;

/**
 * What every registry that version control has had looked at: of the seeds of its commit, by kind of the setup that each claim is
 * about, as many as its profiles have, in every kind of world that the claim is about. Worlds of one kind that a seed draws have much
 * in common, whatever their setups. A registry that does not say which setups its claims are about, or names one that is there no
 * more, counts for every kind.
 */
export const readingsOf = (project: Seeded): Reading[] =>
  registriesInGit(project.registry, '--full-history').map(({ commit, registry }) => ({
    commit,
    ...lookedAt(registry, seedsAt(project, commit), project),
  }));

/** What the claims of a registry had looked at of these seeds. */
function lookedAt(registry: Past, lists: SeedsByKind, project: Seeded): Omit<Reading, 'commit'> {
  const claims = Object.values(registry);
  const says = claims.some(({ content }) => setupNamesOf(content ?? {}).some((name) => name !== undefined));
  const seeds = new Map<string, ReadonlySet<number>>();
  const setups = new Set<string>();
  for (const claim of claims) {
    const kindsIn = (about: About): ReadonlySet<string> => (says ? kindsOf(about, project) : everyKind(project));
    const { content = {} } = claim;
    const results = resultsIn(claim);
    const most = Math.max(0, ...results.map(({ n, usable }) => (usable === undefined ? n : 0)));
    // Its seeds are those of its own setup, in whichever setups its arms are.
    const own = [...kindsIn({ setup: content.setup })].flatMap((kind) => seedsOfKind(lists, kind).slice(0, most));
    for (const kind of kindsIn(content)) {
      seeds.set(kind, new Set([...(seeds.get(kind) ?? []), ...own]));
      if (results.some(({ usable }) => usable !== undefined)) setups.add(kind);
    }
  }
  return { seeds, setups };
}

/** The kinds of world that a claim is about; every kind where a setup that it names is not there. */
export function kindsOf(about: About, project: Pick<ProjectFiles, 'setups'>): ReadonlySet<string> {
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

/** The seeds as they were in a commit; those of now where they stand in no file of their own or were not there. */
function seedsAt({ seeds, sources }: Pick<ProjectFiles, 'seeds' | 'sources'>, commit: string): SeedsByKind {
  const text = git(dirname(sources.seeds), 'show', `${commit}:./${basename(sources.seeds)}`);
  return seedsIn(text ?? '') ?? seeds;
}
