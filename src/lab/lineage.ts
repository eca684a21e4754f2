import { InvariantError } from '../core/errors.ts';
import type { Programs } from '../engine/programs.ts';
import type { Shared } from '../measure/comparison.ts';
import { digestOf, type StoredRecord } from '../store/record.ts';
import type { RecordContent, Store } from '../store/store.ts';
import { type Arm, armName } from '../train/arm.ts';
import type { OnStep } from '../train/pretrain.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import type { WorldKind } from '../world/world.ts';
import {
  type Catalog,
  followedBy,
  kindOf,
  measuresFor,
  methodOf,
  neededBy,
  programKind,
  teacherOf,
} from './catalog.ts';
import { keysOf, type Lineage, type LineageKeys } from './keys.ts';
import { makeArms } from './make-arm.ts';
import { makeBases, type WorldSource } from './make-base.ts';
import { readerOfArm, readerOfBase } from './make-reading.ts';
import { armIn, baseIn } from './networks.ts';

/** One arm of one replicate. */
export interface ArmRun {
  readonly seed: number;
  readonly arm: Arm;
  /** Measures that read it since a claim asks for them, by id; see `Measure.asked`. */
  readonly asked?: readonly string[] | undefined;
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
  #shared: { readonly subject: string; readonly of: Shared } | undefined;

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
      const of = { seed, base: this.#base(seed, record), devices: this.#devicesOf(record) };
      const read = readerOfBase(this.#programs, this.#source, of);
      for (const measure of measuresFor(this.#catalog, this.#kind).bases) {
        const key = this.#keys(seed).baseReading(measure.id);
        if ((await this.#attempt(key, () => read(measure))) === 'busy') outcome = 'busy';
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
  async #readings({ seed, arm, asked }: ArmRun, base: StoredRecord, tuned: StoredRecord): Promise<Outcome> {
    const lineage = this.#lineage(seed);
    const { base: forkedFrom, course, curve, parameters } = armIn(tuned, lineage, arm);
    if (forkedFrom !== digestOf(base)) {
      throw new InvariantError(
        `seed ${seed} ${armName(arm)} was forked from another base than the one that is stored now: remove the store`,
      );
    }
    // What is asked of a base depends on the target.
    const subject = `${forkedFrom} ${arm.target ?? 0}`;
    if (this.#shared?.subject !== subject) this.#shared = { subject, of: new Map() };
    const devices = this.#devicesOf(base, tuned);
    const networks = { base: this.#base(seed, base), tuned: parameters, curve, shared: this.#shared.of };
    const read = readerOfArm(this.#programs, this.#source, { seed, arm, course, devices, ...networks });
    let outcome: Outcome = 'done';
    for (const measure of measuresFor(this.#catalog, this.#kind, asked).arms) {
      const key = this.#keys(seed).reading(arm, measure.id);
      if ((await this.#attempt(key, () => read(measure))) === 'busy') outcome = 'busy';
    }
    return outcome;
  }

  async #attempt(key: string, make: () => Promise<RecordContent>): Promise<Outcome> {
    return (await this.#store.attempt('reading', [key], async () => [await make()])) === 'busy' ? 'busy' : 'done';
  }

  #baseRecords(seeds: readonly number[]): Promise<StoredRecord[] | 'busy'> {
    const keys = seeds.map((seed) => this.#keys(seed).base);
    return this.#store.attempt('base', keys, (absent) => {
      const fresh = absent.map((i) => seeds[i] as number);
      return makeBases(this.#programs, this.#source, fresh, this.#deviceOf(absent.length), this.#onStep);
    });
  }

  /** The arms' records; those that they need are made first. */
  async #armRecords(bases: readonly StoredRecord[], runs: readonly ArmRun[]): Promise<StoredRecord[] | 'busy'> {
    const keys = runs.map(({ seed, arm }) => this.#keys(seed).arm(arm));
    const lacking = keys.flatMap((key, i) => (this.#store.read('arm', key) === undefined ? [i] : []));
    const needed = await this.#needed(
      lacking.map((i) => bases[i] as StoredRecord),
      lacking.map((i) => runs[i] as ArmRun),
    );
    if (needed === 'busy') return 'busy';
    return this.#store.attempt('arm', keys, (absent) => {
      const chosen = absent.map((i) => {
        const { seed, arm } = runs[i] as ArmRun;
        const record = bases[i] as StoredRecord;
        const [followed, teacher] = [followedBy(this.#catalog, arm), teacherOf(this.#catalog, arm)];
        return {
          base: this.#base(seed, record),
          method: methodOf(this.#catalog, arm),
          ...{ arm, seed, forkedFrom: digestOf(record) },
          ...(followed && { steps: madeOf(needed, seed, followed).course.steps }),
          ...(teacher && { teacher: madeOf(needed, seed, teacher).parameters }),
          ...(arm.after && { start: madeOf(needed, seed, arm.after).parameters }),
        };
      });
      return makeArms(this.#programs, this.#source, chosen, this.#deviceOf(absent.length), this.#onStep);
    });
  }

  /** The arms that these runs need, each by the name of its run. */
  async #needed(bases: readonly StoredRecord[], runs: readonly ArmRun[]): Promise<Needed | 'busy'> {
    const all = runs.flatMap(({ seed, arm }, i) =>
      neededBy(this.#catalog, arm).map((each) => ({ base: bases[i] as StoredRecord, run: { seed, arm: each } })),
    );
    // Several may need one arm, and those that they need may train by different graphs.
    const different = [...new Map(all.map((each) => [runName(each.run), each])).values()];
    const kindOfGraph = ({ run }: (typeof all)[number]): string => programKind(this.#catalog, run.arm);
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

  get #source(): WorldSource {
    return { kind: this.#kind, setup: this.#setup };
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
