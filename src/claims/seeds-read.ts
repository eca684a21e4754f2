import { InputError } from '../core/errors.ts';
import type { ProjectFiles } from '../project/project.ts';
import type { Past, Version } from './history.ts';
import { git, pathInRepository } from './tree.ts';

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

/** What the claims of some registries have looked at: of a list of seeds as it was in that commit as many as each profile has. */
export function readBy(versions: readonly Version[], project: Pick<ProjectFiles, 'seeds' | 'sources'>): Read {
  const seeds = new Set<number>();
  let setups = false;
  for (const { commit, registry } of versions) {
    const results = resultsIn(registry);
    setups ||= results.some(({ usable }) => usable !== undefined);
    const most = Math.max(0, ...results.map(({ n, usable }) => (usable === undefined ? n : 0)));
    for (const seed of seedsAt(project, commit).slice(0, most)) seeds.add(seed);
  }
  return { seeds, setups };
}

const resultsIn = (registry: Past) =>
  Object.values(registry).flatMap(({ profiles }) => Object.values(profiles).filter((each) => each !== undefined));

/** The list of seeds as it was in a commit; the one of now where it stands in no file of its own or was not there. */
function seedsAt({ seeds, sources }: Pick<ProjectFiles, 'seeds' | 'sources'>, commit = 'HEAD'): readonly number[] {
  const { folder, path } = pathInRepository(sources.seeds) ?? {};
  const text = folder === undefined ? undefined : git(folder, 'show', `${commit}:${path}`);
  try {
    const then: unknown = JSON.parse(text ?? '');
    return Array.isArray(then) ? then.filter((seed) => typeof seed === 'number') : seeds;
  } catch {
    return seeds;
  }
}
