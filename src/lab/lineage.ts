import type { Json } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import type { EngineId } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import { baseQuality } from '../measure/base.ts';
import { type BaseBehaviour, baseBehaviour } from '../measure/bystanders.ts';
import { observe } from '../measure/observation.ts';
import { digestOf, type StoredRecord } from '../store/record.ts';
import type { RecordContent, Store } from '../store/store.ts';
import { type Arm, armName, matchedTo } from '../train/arm.ts';
import { type OnStep, pretrain } from '../train/pretrain.ts';
import { tune } from '../train/tune.ts';
import { drawWorld } from '../world/characters/world.ts';
import type { Setup } from '../world/knobs.ts';
import { keysOf, type LineageKeys } from './keys.ts';
import { armIn, baseIn } from './networks.ts';

/** One arm of one replicate. */
export interface ArmRun {
  readonly seed: number;
  readonly arm: Arm;
}

type Outcome = 'done' | 'busy';

/**
 * Trains, measures and keeps runs of the lineages of one setup; those that are asked for together train in one program.
 * Each promise is 'busy' where another process is at one of them; what was made before that stays.
 */
export class Lineages {
  readonly #setup: Setup;
  readonly #engine: EngineId;
  readonly #store: Store;
  readonly #programs: Programs;
  readonly #onStep: OnStep;
  /** Of the base whose arm was measured last: the next arm is often of the same. */
  #behaviour: { readonly digest: string; readonly of: BaseBehaviour } | undefined;

  constructor(setup: Setup, store: Store, programs: Programs, onStep: OnStep) {
    this.#setup = setup;
    this.#engine = programs.engine.id;
    this.#store = store;
    this.#programs = programs;
    this.#onStep = onStep;
  }

  /** Trains and measures the bases of these replicates. */
  async bases(seeds: readonly number[]): Promise<Outcome> {
    const records = await this.#baseRecords(seeds);
    if (records === 'busy') return 'busy';
    return this.#observeEach(
      'base-observation',
      seeds,
      ({ baseObservation }) => baseObservation,
      async (i) => {
        const [seed, record] = [seeds[i] as number, records[i] as StoredRecord];
        const quality = await baseQuality(
          this.#programs,
          drawWorld(this.#setup, seed),
          baseIn(record, this.#setup).parameters,
        );
        return { data: json({ seed, devices: this.#devicesOf(record), quality }), tensors: {} };
      },
    );
  }

  /** Trains and measures these arms, all of one kind of graph; their bases are made first where they are absent. */
  async arms(runs: readonly ArmRun[]): Promise<Outcome> {
    const seeds = [...new Set(runs.map(({ seed }) => seed))];
    const made = await this.#baseRecords(seeds);
    if (made === 'busy') return 'busy';
    const bases = runs.map(({ seed }) => made[seeds.indexOf(seed)] as StoredRecord);
    const tuned = await this.#armRecords(bases, runs);
    if (tuned === 'busy') return 'busy';
    return this.#observeEach(
      'observation',
      runs.map(({ seed }) => seed),
      ({ observation }, i) => observation((runs[i] as ArmRun).arm),
      (i) => this.#observation(runs[i] as ArmRun, bases[i] as StoredRecord, tuned[i] as StoredRecord),
    );
  }

  /** Measures runs one after the other; each is kept as soon as it is measured. */
  async #observeEach(
    kind: string,
    seeds: readonly number[],
    keyOf: (keys: LineageKeys, i: number) => string,
    observe: (i: number) => Promise<RecordContent>,
  ): Promise<Outcome> {
    let outcome: Outcome = 'done';
    for (const [i, seed] of seeds.entries()) {
      const key = keyOf(this.#keys(seed), i);
      if ((await this.#store.attempt(kind, [key], async () => [await observe(i)])) === 'busy') outcome = 'busy';
    }
    return outcome;
  }

  async #observation({ seed, arm }: ArmRun, base: StoredRecord, tuned: StoredRecord) {
    const { base: forkedFrom, course, parameters: after } = armIn(tuned, this.#setup, arm);
    if (forkedFrom !== digestOf(base)) {
      throw new InvariantError(
        `seed ${seed} ${armName(arm)} was forked from another base than the one that is stored now: remove the store`,
      );
    }
    const world = drawWorld(this.#setup, seed);
    const { parameters: before } = baseIn(base, this.#setup);
    if (this.#behaviour?.digest !== forkedFrom)
      this.#behaviour = { digest: forkedFrom, of: await baseBehaviour(this.#programs, world, before) };
    const { changes, cells } = await observe(this.#programs, world, before, after, arm.skill, this.#behaviour.of);
    const columns = cells.flatMap(({ character, topic, tv, js, kl, damage, spread }) => [
      ...[character, topic],
      ...[tv, js, kl, damage, spread],
    ]);
    return {
      data: json({ seed, arm, ...course, ...changes, devices: this.#devicesOf(base, tuned) }),
      tensors: { cells: { shape: [cells.length, 7], values: Float32Array.from(columns) } },
    };
  }

  #baseRecords(seeds: readonly number[]): Promise<StoredRecord[] | 'busy'> {
    const keys = seeds.map((seed) => this.#keys(seed).base);
    return this.#store.attempt('base', keys, async (absent) => {
      const fresh = absent.map((i) => {
        const seed = seeds[i] as number;
        return { world: drawWorld(this.#setup, seed), seed };
      });
      const trained = await pretrain(this.#programs, fresh, this.#onStep);
      return trained.map(({ parameters, losses }) => ({
        data: json({ losses, device: this.#deviceOf(absent.length) }),
        tensors: { parameters: { shape: [parameters.length], values: parameters } },
      }));
    });
  }

  async #armRecords(bases: readonly StoredRecord[], runs: readonly ArmRun[]): Promise<StoredRecord[] | 'busy'> {
    const copies = runs.flatMap(({ arm }, i) => (arm.method === 'null' ? [i] : []));
    const matched =
      copies.length === 0
        ? []
        : await this.#armRecords(
            copies.map((i) => bases[i] as StoredRecord),
            copies.map((i) => {
              const { seed, arm } = runs[i] as ArmRun;
              return { seed, arm: matchedTo(arm) };
            }),
          );
    if (matched === 'busy') return 'busy';
    const keys = runs.map(({ seed, arm }) => this.#keys(seed).arm(arm));
    return this.#store.attempt('arm', keys, async (absent) => {
      const chosen = absent.map((i) => {
        const { seed, arm } = runs[i] as ArmRun;
        const copied = matched[copies.indexOf(i)];
        const world = drawWorld(this.#setup, seed);
        const { parameters: base } = baseIn(bases[i] as StoredRecord, this.#setup);
        const nullSteps = copied && armIn(copied, this.#setup, matchedTo(arm)).course.steps;
        return { world, base, arm, seed, ...(nullSteps !== undefined && { nullSteps }) };
      });
      const tuned = await tune(this.#programs, chosen, { onStep: this.#onStep });
      return tuned.map(({ parameters, ...rest }, at) => ({
        data: json({
          ...rest,
          base: digestOf(bases[absent[at] as number] as StoredRecord),
          device: this.#deviceOf(absent.length),
        }),
        tensors: { parameters: { shape: [parameters.length], values: parameters } },
      }));
    });
  }

  #keys(seed: number): LineageKeys {
    return keysOf({ setup: this.#setup, seed, engine: this.#engine });
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

/** A value of interfaces and numbers as the JSON that it is. */
const json = (value: unknown): Json => value as Json;
