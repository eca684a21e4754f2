import { InvariantError } from '../core/errors.ts';
import type { Programs } from '../engine/programs.ts';
import { compare, type Shared } from '../measure/comparison.ts';
import { digestOf, type StoredRecord } from '../store/record.ts';
import type { RecordContent, Store } from '../store/store.ts';
import { type Arm, armName } from '../train/arm.ts';
import type { OnStep } from '../train/pretrain.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import type { World, WorldKind } from '../world/world.ts';
import {
  type Catalog,
  followedBy,
  graphKind,
  kindOf,
  measuresFor,
  methodOf,
  neededBy,
  teacherOf,
  worldFor,
} from './catalog.ts';
import { keysOf, type Lineage, type LineageKeys } from './keys.ts';
import { makeArms } from './make-arm.ts';
import { makeBases } from './make-base.ts';
import { makeBaseReading, makeReading } from './make-reading.ts';
import { armIn, baseIn } from './networks.ts';

/** One arm of one replicate. */
export interface ArmRun {
  readonly seed: number;
  readonly arm: Arm;
}

type Outcome = 'done' | 'busy';

type MadeArm = ReturnType<typeof armIn>;
type Needed = ReadonlyMap<string, MadeArm>;

const runName = ({ seed, arm }: ArmRun): string => `${seed} ${armName(arm)}`;
const madeOf = (needed: Needed, seed: number, arm: Arm): MadeArm => needed.get(runName({ seed, arm })) as MadeArm;

/**
 * Trains, measures and keeps runs of the lineages of one setup; those that are asked for together train in one program.
 * Each promise is 'busy' where another process is at one of them; what was made before that stays.
 */
export class Lineages {
  readonly #setup: Setup<WorldKnobs>;
  readonly #catalog: Catalog;
  readonly #kind: WorldKind;
  readonly #store: Store;
  readonly #programs: Programs;
  readonly #onStep: OnStep;
  /** What was asked of the base whose arm was measured last: the next arm is often of the same. */
  #shared: { readonly digest: string; readonly of: Shared } | undefined;

  constructor(setup: Setup<WorldKnobs>, catalog: Catalog, store: Store, programs: Programs, onStep: OnStep) {
    this.#setup = setup;
    this.#catalog = catalog;
    this.#kind = kindOf(catalog, setup);
    this.#store = store;
    this.#programs = programs;
    this.#onStep = onStep;
  }

  /** Trains and measures the bases of these replicates. */
  async bases(seeds: readonly number[]): Promise<Outcome> {
    const records = await this.#baseRecords(seeds);
    if (records === 'busy') return 'busy';
    let outcome: Outcome = 'done';
    for (const [i, seed] of seeds.entries()) {
      const record = records[i] as StoredRecord;
      const of = { seed, devices: this.#devicesOf(record) };
      const subject = { programs: this.#programs, world: this.#world(seed), base: this.#base(seed, record) };
      for (const measure of measuresFor(this.#catalog, this.#kind).bases) {
        const make = (): Promise<RecordContent> => makeBaseReading(measure, subject, of);
        if ((await this.#read(this.#keys(seed).baseReading(measure.id), make)) === 'busy') outcome = 'busy';
      }
    }
    return outcome;
  }

  /** Trains and measures these arms, all of one kind of graph; their bases are made first where they are absent. */
  async arms(runs: readonly ArmRun[]): Promise<Outcome> {
    const seeds = [...new Set(runs.map(({ seed }) => seed))];
    const made = await this.#baseRecords(seeds);
    if (made === 'busy') return 'busy';
    const bases = runs.map(({ seed }) => made[seeds.indexOf(seed)] as StoredRecord);
    const tuned = await this.#armRecords(bases, runs);
    if (tuned === 'busy') return 'busy';
    let outcome: Outcome = 'done';
    for (const [i, run] of runs.entries()) {
      if ((await this.#readings(run, bases[i] as StoredRecord, tuned[i] as StoredRecord)) === 'busy') outcome = 'busy';
    }
    return outcome;
  }

  /** Measures one arm; each reading is kept as soon as it is made. */
  async #readings({ seed, arm }: ArmRun, base: StoredRecord, tuned: StoredRecord): Promise<Outcome> {
    const lineage = this.#lineage(seed);
    const { base: forkedFrom, course, parameters: after } = armIn(tuned, lineage, arm);
    if (forkedFrom !== digestOf(base)) {
      throw new InvariantError(
        `seed ${seed} ${armName(arm)} was forked from another base than the one that is stored now: remove the store`,
      );
    }
    if (this.#shared?.digest !== forkedFrom) this.#shared = { digest: forkedFrom, of: new Map() };
    const [world, before] = [worldFor(this.#catalog, this.#setup, seed, arm), this.#base(seed, base)];
    const comparison = compare(this.#programs, world, arm, before, after, this.#shared.of);
    const of = { seed, arm, course, devices: this.#devicesOf(base, tuned) };
    let outcome: Outcome = 'done';
    for (const measure of measuresFor(this.#catalog, this.#kind).arms) {
      const make = (): Promise<RecordContent> => makeReading(measure, comparison, of);
      if ((await this.#read(this.#keys(seed).reading(arm, measure.id), make)) === 'busy') outcome = 'busy';
    }
    return outcome;
  }

  async #read(key: string, make: () => Promise<RecordContent>): Promise<Outcome> {
    return (await this.#store.attempt('reading', [key], async () => [await make()])) === 'busy' ? 'busy' : 'done';
  }

  #baseRecords(seeds: readonly number[]): Promise<StoredRecord[] | 'busy'> {
    const keys = seeds.map((seed) => this.#keys(seed).base);
    return this.#store.attempt('base', keys, (absent) => {
      const fresh = absent.map((i) => this.#world(seeds[i] as number));
      return makeBases(this.#programs, fresh, this.#deviceOf(absent.length), this.#onStep);
    });
  }

  /** The arms' records; those that they need are made first. */
  async #armRecords(bases: readonly StoredRecord[], runs: readonly ArmRun[]): Promise<StoredRecord[] | 'busy'> {
    const needed = await this.#needed(bases, runs);
    if (needed === 'busy') return 'busy';
    const keys = runs.map(({ seed, arm }) => this.#keys(seed).arm(arm));
    return this.#store.attempt('arm', keys, (absent) => {
      const chosen = absent.map((i) => {
        const { seed, arm } = runs[i] as ArmRun;
        const record = bases[i] as StoredRecord;
        const [followed, teacher] = [followedBy(this.#catalog, arm), teacherOf(this.#catalog, arm)];
        return {
          world: worldFor(this.#catalog, this.#setup, seed, arm),
          base: this.#base(seed, record),
          method: methodOf(this.#catalog, arm),
          ...{ arm, seed, forkedFrom: digestOf(record) },
          ...(followed && { steps: madeOf(needed, seed, followed).course.steps }),
          ...(teacher && { teacher: madeOf(needed, seed, teacher).parameters }),
        };
      });
      return makeArms(this.#programs, chosen, this.#deviceOf(absent.length), this.#onStep);
    });
  }

  /** The arms that these runs need, each by the name of its run. */
  async #needed(bases: readonly StoredRecord[], runs: readonly ArmRun[]): Promise<Needed | 'busy'> {
    const all = runs.flatMap(({ seed, arm }, i) =>
      neededBy(this.#catalog, arm).map((each) => ({ base: bases[i] as StoredRecord, run: { seed, arm: each } })),
    );
    // Several may need one arm, and those that they need may train by different graphs.
    const different = [...new Map(all.map((each) => [runName(each.run), each])).values()];
    const kindOfGraph = ({ run }: (typeof all)[number]): string => graphKind(this.#catalog, run.arm);
    const made = new Map<string, MadeArm>();
    for (const kind of new Set(different.map(kindOfGraph))) {
      const group = different.filter((each) => kindOfGraph(each) === kind);
      const records = await this.#armRecords(
        group.map(({ base }) => base),
        group.map(({ run }) => run),
      );
      if (records === 'busy') return 'busy';
      for (const [at, { run }] of group.entries())
        made.set(runName(run), armIn(records[at] as StoredRecord, this.#lineage(run.seed), run.arm));
    }
    return made;
  }

  #lineage(seed: number): Lineage {
    return { catalog: this.#catalog, setup: this.#setup, seed, engine: this.#programs.engine.id };
  }

  #keys(seed: number): LineageKeys {
    return keysOf(this.#lineage(seed));
  }

  #world(seed: number): World {
    return this.#kind.draw(this.#setup, seed);
  }

  #base(seed: number, record: StoredRecord): Float32Array {
    return baseIn(record, this.#lineage(seed)).parameters;
  }

  /** What trains `together` networks in one program now: how many may decide how a device rounds. */
  #deviceOf(together: number): string {
    const { device } = this.#programs.engine;
    return together === 1 ? device : `${device}, ${together} networks in one program`;
  }

  /** The devices that made these records and that measure them now, each once. */
  #devicesOf(...records: readonly StoredRecord[]): string[] {
    return [...new Set([...records.map(({ data }) => (data as { device: string }).device), this.#deviceOf(1)])];
  }
}
