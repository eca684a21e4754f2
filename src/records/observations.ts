import type { Judged } from '../claims/gate.ts';
import { plainArm } from '../claims/placed.ts';
import { InvariantError } from '../core/errors.ts';
import { askedBy, type Catalog, kindOf } from '../lab/catalog.ts';
import { readBaseObservation, readObservation } from '../lab/observed.ts';
import type { Configuration } from '../project/configuration.ts';
import { setupNamed } from '../project/project.ts';
import { openStore } from '../store/store.ts';
import { type Arm, armName } from '../train/arm.ts';
import { charactersOf } from './characters.ts';
import { type ArmCharacters, type ArmLine, armLine, type BaseLine, baseLine, OBSERVATIONS } from './lines.ts';
import { writable } from './schema.ts';

/** What a run's claims rest on: of each setup the observations of its bases and arms, and the bystanders of one replicate. */
export interface Observed {
  /** Replicate by replicate, its base first. */
  readonly lines: readonly (BaseLine | ArmLine)[];
  readonly characters: readonly ArmCharacters[];
}

/** A base or an arm of it that a claim rests on, with the claim's seeds and the name of the setup that it is of. */
interface Rested {
  readonly setup: string | undefined;
  readonly arm?: Arm;
  /** The measures that the claim names. */
  readonly measures?: readonly string[];
  readonly seeds: readonly number[];
}

const NOTHING: Observed = { lines: [], characters: [] };

/**
 * The observations of every base and arm that claims of replicates rest on, and the bystanders of the first replicate of the setup
 * that they are about by default. Nothing where reports were `merged` and the store of their runs is elsewhere. Throws
 * `InvariantError` where the store lost one.
 */
export function observedOf(judged: readonly Judged[], merged: boolean, configuration: Configuration): Observed {
  const { project } = configuration;
  const usual = setupNamed(project);
  const claims = judged.filter(({ setups }) => setups === undefined);
  const bases = claims.map(({ setup, seeds }): Rested => ({ setup, seeds }));
  const placed = claims.flatMap(({ setup: own, arms, measures = [], seeds }) =>
    Object.values(arms).map((arm): Rested => ({ setup: arm.setup ?? own, arm: plainArm(arm), measures, seeds })),
  );
  const rested = [...bases, ...placed];
  const names = [...new Set(rested.map(({ setup }) => setup))];
  const bySetup = new Map(names.map((name) => [setupNamed(project, name), name]));
  const parts = [...bySetup].map(([setup, name]) => {
    const own = rested.filter((each) => setupNamed(project, each.setup) === setup);
    return ofSetup(own, { ...configuration, setup }, setup === usual ? undefined : name);
  });
  const lost = parts.includes(undefined);
  if (lost && merged) return NOTHING;
  if (lost) throw new InvariantError(`the store ${configuration.folder} lost an observation during the run`);
  const all = parts.flatMap((part) => part ?? []);
  return {
    lines: all.flatMap(({ lines }) => lines),
    characters: all.flatMap(({ characters }) => characters),
  };
}

function ofSetup(
  rested: readonly Rested[],
  { catalog, setup, engine, folder }: Configuration,
  name: string | undefined,
): Observed | undefined {
  const store = openStore(folder);
  const seeds = [...new Set(rested.flatMap((each) => each.seeds))];
  const of = name === undefined ? {} : { setup: name };
  const [baseSchema, armSchema] = [baseLine(catalog.baseMeasures), armLine(catalog.measures)];
  const lines: (BaseLine | ArmLine)[] = [];
  for (const seed of seeds) {
    const lineage = { catalog, setup, seed, engine };
    const base = readBaseObservation(store, lineage);
    const own = armsOn(seed, rested).map((arm) =>
      readObservation(store, { ...lineage, asked: askedOf(arm, seed, rested, catalog) }, arm),
    );
    if (base === undefined || own.includes(undefined)) return undefined;
    const ofBase = writable(baseSchema, { ...base, ...of }, OBSERVATIONS);
    const ofArms = own.flatMap((run) => (run ? [writable(armSchema, { ...run, ...of }, OBSERVATIONS)] : []));
    lines.push(ofBase, ...ofArms);
  }
  const [seed] = seeds;
  if (seed === undefined || name !== undefined) return { lines, characters: [] };
  const lineage = { catalog, setup, seed, engine };
  const world = kindOf(catalog, setup).draw(setup, seed);
  const first = armsOn(seed, rested).filter(({ target, again }) => target === undefined && again === undefined);
  return { lines, characters: charactersOf(store, lineage, world, first) };
}

/** The arms that claims of a seed rest on, each once. */
const armsOn = (seed: number, rested: readonly Rested[]): Arm[] => [
  ...new Map(
    rested.flatMap(({ arm, seeds }) => (arm !== undefined && seeds.includes(seed) ? [[armName(arm), arm]] : [])),
  ).values(),
];

/** The measures that claims ask for of an arm in the replicate of a seed, see `Measure.asked`. */
const askedOf = (arm: Arm, seed: number, rested: readonly Rested[], catalog: Catalog): string[] =>
  askedBy(
    catalog,
    rested.filter((each) => each.arm !== undefined && armName(each.arm) === armName(arm) && each.seeds.includes(seed)),
  );
