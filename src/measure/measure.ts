import type { z } from 'zod';
import type { Tensor } from '../core/safetensors.ts';
import type { Programs } from '../engine/programs.ts';
import type { Arm } from '../train/arm.ts';
import type { World } from '../world/world.ts';
import type { Curve } from './curve.ts';

/** A base and what one arm made of it, asked together. */
export interface Comparison<W extends World = World> {
  readonly programs: Programs;
  readonly world: W;
  readonly arm: Arm;
  /** Parameters before and after, each [P]. */
  readonly base: Float32Array;
  readonly tuned: Float32Array;
  /** How the places of the world changed in the course of the run; null where that was not watched. */
  readonly curve: Curve | null;
  /**
   * What `make` gives, made once for all measures that ask by the same name. `of` says what it depends on: the base alone, which
   * the next arm may share, or both networks.
   */
  once<T>(of: 'base' | 'both', name: string, make: () => Promise<T>): Promise<T>;
}

/** What a measure reads, ready for the store. */
export interface Reading<Data> {
  readonly data: Data;
  /** What the numbers are means of, where that is kept. */
  readonly tensors?: Readonly<Record<string, Tensor>>;
}

/** A field of a reading that cannot be what was measured. */
export interface ReadingFault {
  /** The field's path in the data, for example `trainedBefore` or `0.tv`; or the name of a tensor. */
  readonly field: string;
  readonly expected: string;
  readonly got: unknown;
}

/** A number of a reading in tables and files. */
export interface MeasureColumn<Data> {
  /** In snake case; no other measure has a column of this name. */
  readonly name: string;
  /** What the number is, with its unit or range. */
  readonly about: string;
  /** Null where this reading has no such number. */
  of(data: Data): number | null;
}

interface Described {
  readonly id: string;
  /** What it measures, in a sentence. */
  readonly about: string;
  /** The unit of its numbers, or what each is. */
  readonly unit: string;
  /** `import.meta.url` of its file: that file and all it imports are part of the key of every reading. */
  readonly file: string;
  /** The kinds of world that it can read, by id. */
  readonly worlds: readonly string[];
}

/** One way to compare a base with what an arm made of it, as a value on the list of `measures`. */
export interface Measure<Data = unknown, W extends World = World> extends Described {
  readonly schema: z.ZodType<Data>;
  /**
   * Whether it reads only the arms of claims that name it, since it costs more than they do; where claims are looked at together in
   * changed setups, the arms of all of them.
   */
  readonly asked?: true;
  of(comparison: Comparison<W>): Promise<Reading<Data>>;
  /** The first thing in a stored reading that does not follow from the rest of it. */
  fault?(reading: Reading<Data>, world: W, arm: Arm): ReadingFault | undefined;
  /** Its numbers in tables and files, in this order. */
  readonly columns?: readonly MeasureColumn<Data>[];
}

/** A base alone. */
export type BaseSubject<W extends World = World> = Pick<Comparison<W>, 'programs' | 'world' | 'base'>;

/** One way to look at a base alone, as a value on the list of `baseMeasures`. */
export interface BaseMeasure<Data = unknown, W extends World = World> extends Described {
  readonly schema: z.ZodType<Data>;
  of(subject: BaseSubject<W>): Promise<Reading<Data>>;
  fault?(reading: Reading<Data>, world: W): ReadingFault | undefined;
  /** Whether a base that reads so plays its characters: a premise of every claim. */
  isPlayed?(data: Data): boolean;
}
