import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { readJson } from '../core/json-file.ts';
import { importFile } from '../core/modules.ts';
import { engines } from '../engine/engines/index.ts';
import type { Catalog } from '../lab/catalog.ts';
import { rememberCode } from '../lab/code.ts';
import { parseSetup } from '../lab/setup.ts';
import { checkPlace } from '../store/place.ts';
import { worlds } from '../world/index.ts';
import type { Setup } from '../world/knobs.ts';
import {
  DEFAULTS,
  PROFILES,
  type Profile,
  type ProfileSize,
  type ProjectConfig,
  parseConfig,
  type SeedsByKind,
} from './config.ts';
import type { RunParameters, Variables } from './environment.ts';
import { checked, type Given } from './given.ts';
import { recordedPath } from './paths.ts';
import { parseDevelopment, parseSeeds } from './seeds.ts';

/** The names of the configuration file, of which a folder has one. */
const CONFIG_FILES = ['ts', 'mts', 'js', 'mjs'].map((ending) => `spillover.config.${ending}`);

/** The development seeds of a project that says nothing of them. */
const DEVELOPMENT = Array.from({ length: 12 }, (_, i) => 9001 + i);

/** A project as its files say; every path is absolute. */
export interface ProjectFiles {
  /** Where the configuration file lies or, without one, package.json. */
  readonly folder: string;
  /** The configuration file; undefined where there is none and everything is as `DEFAULTS` has it. */
  readonly config: string | undefined;
  /** By name, in the order of the configuration; at least one. */
  readonly setups: Readonly<Record<string, Setup>>;
  /** Of every list one a replicate, each once, as many as the largest profile has replicates; `default` alone where all kinds of world have one list. */
  readonly seeds: SeedsByKind;
  /** Seeds for trying things out, each once, at least 2 and none of them in a list of `seeds`. */
  readonly development: readonly number[];
  readonly profiles: Readonly<Record<Profile, ProfileSize>>;
  /** The files that hold them: each setup's, by its name, and that of the seeds; the configuration file where they stand in it. */
  readonly sources: { readonly setups: Readonly<Record<string, string>>; readonly seeds: string };
  /** The folders of hypothesis files, reports, pinned explorations and the run store, and the file of the registry. */
  readonly hypotheses: string;
  readonly reports: string;
  readonly pinned: string;
  readonly store: string;
  readonly registry: string;
  /** The lists that the configuration gives in the place of the built-in ones. */
  readonly lists: Pick<ProjectConfig, 'methods' | 'measures' | 'baseMeasures' | 'worlds' | 'engines'>;
}

/** A project with everything that its runs can be made of. */
export interface Project extends ProjectFiles {
  readonly catalog: Catalog;
}

/**
 * The project that a folder lies in: of the folders from it upwards the first that has a configuration file, else the first
 * that has a package.json; SPILLOVER_CONFIG names another configuration file. Loads neither TensorFlow.js nor a hypothesis.
 * Throws `InputError` where there is none, and on anything wrong with the configuration or the files that it names.
 */
export async function openProject({ folder: from, variables }: RunParameters): Promise<ProjectFiles> {
  const { folder, config } = place(from, variables);
  if (config !== undefined) rememberCode([config]);
  const said = config === undefined ? {} : parseConfig((await importFile(config))['default'], config);
  const { methods, measures, baseMeasures } = said;
  const given = { ...DEFAULTS, ...defined(said) };
  const at = (path: string): string => resolve(folder, path);
  const value = (of: string | object): Given =>
    typeof of === 'string'
      ? {
          source: at(of),
          value: readJson(at(of), `give the path of a JSON file in ${config ?? 'spillover.config.ts'}`),
        }
      : { source: config ?? folder, value: of };
  const setups = Object.entries(given.setups).map(([name, of]) => ({ name, of, ...value(of) }));
  const kinds = given.worlds ?? worlds;
  const profiles = parseProfiles(value(given.profiles));
  const most = Math.max(...PROFILES.map((profile) => profiles[profile].replicates));
  const ofSeeds = value(given.seeds);
  const seeds = parseSeeds(
    ofSeeds,
    most,
    kinds.map(({ id }) => id),
  );
  const isLeftOut = said.development === undefined && !existsSync(at(DEFAULTS.development));
  const development = parseDevelopment(value(isLeftOut ? DEVELOPMENT : given.development), seeds);
  const [reports, store] = [at(given.reports), resolve(folder, variables.SPILLOVER_STORE || given.store)];
  checkPlace(store, reports);
  return {
    ...{ folder, config, reports, store },
    setups: Object.fromEntries(
      setups.map(({ name, of, source, value: setup }) => [
        name,
        parseSetup(setup, typeof of === 'string' ? source : `${source}: ${name}`, kinds),
      ]),
    ),
    sources: { setups: Object.fromEntries(setups.map(({ name, source }) => [name, source])), seeds: ofSeeds.source },
    ...{ seeds, development, profiles },
    ...{ hypotheses: at(given.hypotheses), pinned: at(given.pinned), registry: at(given.registry) },
    lists: defined({ methods, measures, baseMeasures, worlds: said.worlds, engines: said.engines }),
  };
}

/** A project with its methods and measures: with them comes TensorFlow.js, which takes seconds. */
export async function withCatalog(files: ProjectFiles): Promise<Project> {
  const { catalogOf } = await import('../lab/built-in.ts');
  const from = files.config === undefined ? undefined : pathToFileURL(files.config).href;
  return { ...files, catalog: catalogOf(files.lists, from) };
}

/** `openProject` and `withCatalog`. */
export const loadProject = async (parameters: RunParameters): Promise<Project> =>
  withCatalog(await openProject(parameters));

/** The engines of a project, without loading what its methods need. */
export const enginesOf = ({ lists }: Pick<ProjectFiles, 'lists'>): Catalog['engines'] => lists.engines ?? engines;

/** The kinds of world of a project, without loading the rest of its catalog. */
export const worldsOf = ({ lists }: Pick<ProjectFiles, 'lists'>): Catalog['worlds'] => lists.worlds ?? worlds;

/** The setup of this name; without a name `recipe`, or the first where there is none. Throws `InputError` that names the known ones. */
export function setupNamed({ setups, config }: Pick<ProjectFiles, 'setups' | 'config'>, name?: string): Setup {
  const known = Object.keys(setups);
  const setup = setupOf({ setups }, name);
  if (setup !== undefined) return setup;
  const chosen = setupName(setups, name);
  throw new InputError(`no setup '${chosen}'`, {
    expected: `one of ${known.join(', ')}`,
    got: `'${chosen}'`,
    todo: `correct \`setup\` in the claim's spec, or add it to the setups of ${config ?? 'spillover.config.ts'}`,
  });
}

/** As `setupNamed`, undefined where there is none of this name. */
export function setupOf({ setups }: Pick<ProjectFiles, 'setups'>, name?: string): Setup | undefined {
  const chosen = setupName(setups, name);
  return Object.hasOwn(setups, chosen) ? setups[chosen] : undefined;
}

const setupName = (setups: ProjectFiles['setups'], name?: string): string =>
  name ?? ('recipe' in setups ? 'recipe' : Object.keys(setups)[0]) ?? '';

/** The file that holds the setup of this name; see `setupNamed`. Undefined where there is none of this name. */
export const setupFile = ({ setups, sources }: ProjectFiles, name?: string): string | undefined =>
  sources.setups[setupName(setups, name)];

/** A path as records hold it: from the project's folder, with `/` between its parts on every system. */
export const projectPath = ({ folder }: Pick<ProjectFiles, 'folder'>, path: string): string =>
  recordedPath(folder, path);

function place(from: string, { SPILLOVER_CONFIG: named }: Variables): Pick<ProjectFiles, 'folder' | 'config'> {
  if (named !== undefined && named !== '') {
    const config = resolve(from, named);
    if (existsSync(config)) return { folder: dirname(config), config };
    throw new InputError('no such configuration file', {
      expected: 'a file that ends in .ts, .mts, .js or .mjs',
      got: `SPILLOVER_CONFIG=${named}`,
      todo: 'correct the path, or unset the variable for spillover.config.ts of this folder or one above',
    });
  }
  const above: string[] = [];
  for (let at = resolve(from); above.at(-1) !== at; at = dirname(at)) above.push(at);
  const found = above
    .flatMap((folder) => CONFIG_FILES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (found !== undefined) return { folder: dirname(found), config: found };
  const folder = above.find((each) => existsSync(join(each, 'package.json')));
  if (folder !== undefined) return { folder, config: undefined };
  throw new InputError('no project here', {
    expected: 'spillover.config.ts, or package.json, in this folder or one above',
    got: `neither from ${from} upwards`,
    todo: 'change to the folder of a project, or make one: npx spillover init FOLDER',
  });
}

const size: z.ZodType<ProfileSize> = z.strictObject({
  replicates: z.int().min(2),
  setups: z.int().min(4).max(10_000).multipleOf(2, 'an even number: half of them rehearse'),
  mostCost: z.number().min(1).max(100),
});
const profilesSchema = z.strictObject({ quick: size, standard: size, full: size });

/** Profiles. Throws `InputError` where they are none. */
const parseProfiles = (given: Given): ProjectFiles['profiles'] =>
  checked(
    given,
    profilesSchema,
    `replicates (at least 2), setups (even, at least 4: half of them with rehearsal) and mostCost (at least 1) of ${PROFILES.join(', ')}`,
  );

/** An object without its keys that are undefined. */
function defined<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
