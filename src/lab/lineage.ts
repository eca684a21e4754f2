import type { Json } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import type { Programs } from '../engine/programs.ts';
import { baseQuality } from '../measure/base.ts';
import { observe } from '../measure/observation.ts';
import { type Arm, armName, sdft } from '../train/arm.ts';
import { type OnStep, pretrain } from '../train/pretrain.ts';
import { type Tuned, tune } from '../train/tune.ts';
import { drawWorld } from '../world/characters.ts';
import { keysOf, type Lineage, type LineageKeys } from './keys.ts';
import { digestOf, type StoredRecord } from './record.ts';
import type { RecordContent, Store } from './store.ts';

type Kind = 'base' | 'base-observation' | 'arm' | 'observation';

/** Trains, measures and keeps the runs of one lineage. Each promise is 'busy' at once where another process is at it. */
export class Replicate {
  readonly #lineage: Lineage;
  readonly #store: Store;
  readonly #programs: Programs;
  readonly #onStep: OnStep;
  readonly #keys: LineageKeys;

  constructor(lineage: Lineage, store: Store, programs: Programs, onStep: OnStep) {
    if (programs.engine.id !== lineage.engine)
      throw new InvariantError(`asked for engine ${lineage.engine}, but ${programs.engine.id} is loaded`);
    this.#lineage = lineage;
    this.#store = store;
    this.#programs = programs;
    this.#onStep = onStep;
    this.#keys = keysOf(lineage);
  }

  /** Trains and measures the base. */
  async base(): Promise<'done' | 'busy'> {
    const record = await this.#baseRecord();
    if (record === 'busy') return 'busy';
    return this.#keep('base-observation', this.#keys.baseObservation, async () => {
      const { seed } = this.#lineage;
      const world = drawWorld(this.#lineage.setup, seed);
      const quality = await baseQuality(this.#programs, world, parametersOf(record));
      const devices = devicesOf(record, this.#programs);
      return { data: json({ seed, devices, quality }), tensors: {} };
    });
  }

  /** Trains and measures one arm; its base is made first where it is absent. */
  async arm(arm: Arm): Promise<'done' | 'busy'> {
    const base = await this.#baseRecord();
    if (base === 'busy') return 'busy';
    const tuned = await this.#armRecord(base, arm);
    if (tuned === 'busy') return 'busy';
    return this.#keep('observation', this.#keys.observation(arm), async () => {
      const { seed, setup } = this.#lineage;
      const world = drawWorld(setup, seed);
      const { changes, cells } = await observe(
        this.#programs,
        world,
        parametersOf(base),
        parametersOf(tuned),
        arm.skill,
      );
      const { base: forkedFrom, device: _, ...run } = tuned.data as unknown as ArmData;
      if (forkedFrom !== digestOf(base)) {
        throw new InvariantError(
          `seed ${seed} ${armName(arm)} was forked from another base than the one that is stored now: remove the store`,
        );
      }
      const devices = [...new Set([...devicesOf(base, this.#programs), ...devicesOf(tuned, this.#programs)])];
      const columns = cells.flatMap(({ character, topic, tv, js, kl, damage, spread }) => [
        ...[character, topic],
        ...[tv, js, kl, damage, spread],
      ]);
      return {
        data: json({ seed, arm, ...run, ...changes, devices }),
        tensors: { cells: { shape: [cells.length, 7], values: Float32Array.from(columns) } },
      };
    });
  }

  #baseRecord(): Promise<StoredRecord | 'busy'> {
    const { setup, seed } = this.#lineage;
    return this.#store.attempt('base', this.#keys.base, async () => {
      const { parameters, losses } = await pretrain(this.#programs, drawWorld(setup, seed), seed, this.#onStep);
      const { device } = this.#programs.engine;
      return {
        data: json({ losses, device }),
        tensors: { parameters: { shape: [parameters.length], values: parameters } },
      };
    });
  }

  async #armRecord(base: StoredRecord, arm: Arm): Promise<StoredRecord | 'busy'> {
    const { setup, seed } = this.#lineage;
    const matched = arm.method === 'null' ? await this.#armRecord(base, sdft()) : undefined;
    if (matched === 'busy') return 'busy';
    return this.#store.attempt('arm', this.#keys.arm(arm), async () => {
      const nullSteps = matched && (matched.data as { steps: number }).steps;
      const { parameters, ...rest } = await tune(
        this.#programs,
        drawWorld(setup, seed),
        parametersOf(base),
        arm,
        seed,
        { onStep: this.#onStep, ...(nullSteps !== undefined && { nullSteps }) },
      );
      const { device } = this.#programs.engine;
      return {
        data: json({ ...rest, base: digestOf(base), device }),
        tensors: { parameters: { shape: [parameters.length], values: parameters } },
      };
    });
  }

  async #keep(kind: Kind, key: string, make: () => Promise<RecordContent>): Promise<'done' | 'busy'> {
    return (await this.#store.attempt(kind, key, make)) === 'busy' ? 'busy' : 'done';
  }
}

function parametersOf({ kind, key, tensors }: StoredRecord): Float32Array {
  const values = tensors['parameters']?.values;
  if (!(values instanceof Float32Array)) throw new InvariantError(`record ${kind}/${key} has no parameters`);
  return values;
}

/** What an arm's record holds beside its parameters: the run, the digest of its base, and the device that it ran on. */
type ArmData = Omit<Tuned, 'parameters'> & { readonly base: string; readonly device: string };

/** The devices that made a record and that measure it now, each once. */
function devicesOf({ data }: StoredRecord, programs: Programs): string[] {
  return [...new Set([(data as { device: string }).device, programs.engine.device])];
}

/** A value of interfaces and numbers as the JSON that it is. */
const json = (value: unknown): Json => value as Json;
