import type { z } from 'zod';
import type { Feeds, Program, Values } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import type { Architecture } from '../model/parameters.ts';
import type { TuningSetup } from '../world/knobs.ts';
import type { Batch, Lesson, World } from '../world/world.ts';
import type { Arm } from './arm.ts';

/** What one run trains on in one step: sequences, and whatever else its method feeds, each by its name. */
export interface Draw {
  readonly batch?: Batch;
  /** Other characters' sequences on which the network is held near its base, weights as that counts; see `drawsOf`. */
  readonly near?: Batch;
  /** The fixed sides of its low-rank change, the same at every step; see `drawCarrier`. */
  readonly carrier?: Float32Array;
  /** Which weights [P] are trained, 1 or 0 each, the same at every step; see `maskOf`. Every weight is where absent. */
  readonly mask?: Float32Array;
  /** For one replicate; `steps` puts those of all replicates together. */
  readonly feeds?: Readonly<Record<string, Values>>;
}

/** A program and what one run of it is fed. */
export interface Step {
  readonly program: Program;
  readonly feeds: Feeds;
}

/** What a run draws from: streams of its own, from its seed and its arm's name. */
export interface DrawFrom<Options = unknown> {
  readonly world: World;
  readonly arm: Arm;
  readonly options: Options;
  readonly seed: number;
}

/** What the steps of some runs of one kind of graph are made for. */
export interface StepsFor<Options = unknown> {
  readonly programs: Programs;
  readonly architecture: Architecture;
  /** The world of the first run; the others have its setup and its lengths. */
  readonly world: World;
  readonly options: Options;
  /** What the runs start from, each [P]. */
  readonly bases: readonly Float32Array[];
  /** Networks of the arms that the runs learn from, each [P]; none where their method has no `teacher`. */
  readonly teachers?: readonly Float32Array[];
}

/** From one draw a replicate, all of one kind of graph, to the program and its feeds. */
export type StepOn = (draws: readonly Draw[]) => Promise<Step>;

/** One way to change the target, as a value on the list of `methods`: everything in which methods differ. */
export interface Method<Options = unknown> {
  readonly id: string;
  /** For people, for example `RL`. */
  readonly label: string;
  /** What it does, in a sentence. */
  readonly about: string;
  /** The paper, and our deviations from it. */
  readonly source: string;
  /** `import.meta.url` of its file: that file and all it imports are part of the key of every run of it. */
  readonly file: string;
  /**
   * Its own options, each with a default, none named as those of every method (`CommonOptions`); only what an arm gives is part of its
   * name.
   */
  readonly options: z.ZodType<Options>;
  /** Whether arms have a skill intensity; else it is 0. */
  readonly skilled: boolean;
  /** What the world must offer, beside pretraining for every method and rehearsal for arms with some. */
  readonly needs: readonly Lesson[];
  /** The knobs of tuning that decide its runs, beside those of every run (see `tuningOf`); an option of a knob's name takes its place. */
  readonly knobs: readonly (keyof TuningSetup)[];
  /** Steps that it is expected to take, for the time left. */
  readonly expected: number;
  /** Its largest number of steps. */
  most(tuning: TuningSetup): number;
  /**
   * A run ends at its level of target effect or, where this gives another arm for its own, after as many steps as that one's run
   * took in the same replicate; that one ends at its level.
   */
  readonly ends: 'at its level' | ((arm: Arm) => Arm | undefined);
  /** The arm of the same replicate whose network at its end is handed to `steps`; a method without one learns from none. */
  teacher?(arm: Arm): Arm;
  /** Throws `InputError` where a world that offers what it needs cannot train it for another reason, for example its context. */
  fits?(world: World): void;
  /**
   * The kind of graph of an arm's steps: all of method and options that these depend on. Runs of one setup and kind train in one
   * program, by the steps of any of them.
   */
  kind(arm: Arm, options: Options): string;
  /** A source of one run's draws, step by step. */
  draws(from: DrawFrom<Options>): () => Draw;
  steps(of: StepsFor<Options>): StepOn;
}
