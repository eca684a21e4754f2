import type { z } from 'zod';
import type { Rng } from '../core/rng.ts';
import type { Fault } from './faults.ts';
import type { Setup, WorldKnobs } from './knobs.ts';

/**
 * Kinds of sequences that a world may offer for training. pretraining: the mixture that makes a base; rehearsal: the same without
 * the target; documents: texts that state the target's new behaviour; demonstrations: the target showing it; rollouts: prompts to
 * the target that a policy answers itself.
 */
export const LESSONS = ['pretraining', 'rehearsal', 'documents', 'demonstrations', 'rollouts'] as const;
export type Lesson = (typeof LESSONS)[number];
/** The lessons that are batches of whole sequences. */
export type BatchLesson = Exclude<Lesson, 'rollouts'>;

/** Sequences of equal length, with the weight of each prediction. */
export interface Batch {
  /** B */
  readonly size: number;
  /** Token ids [B, L], L = model.context, filled up with the vocabulary's end token. */
  readonly tokens: Int32Array;
  /**
   * Weight of predicting tokens[b, t + 1] from tokens[b, ..t], [B, L - 1]: 1 / n at the n tokens of a sequence that carry
   * loss, else 0, so that a document of one such token counts as much as a dialogue of four.
   */
  readonly weights: Float32Array;
}

/** Prompts to the target, and the answers that it is trained to give, row by row. */
export interface Prompts {
  /** B */
  readonly size: number;
  /** Token ids [B, T]; T is the same for every prompt of a world. */
  readonly tokens: Int32Array;
}

/** What training takes of a world, whatever its kind: a synthetic language with its ground truth, drawn from a seed. */
export interface World<Knobs extends WorldKnobs = WorldKnobs> {
  /** The id of its kind. */
  readonly kind: string;
  readonly setup: Setup<Knobs>;
  readonly seed: number;
  /** Number of tokens, and the one that fills sequences up. */
  readonly vocabulary: { readonly size: number; readonly end: number };
  /** Tokens of a prompt, T, and of an answer, m. */
  readonly lengths: { readonly prompt: number; readonly answer: number };
  /** What can be trained on. */
  readonly lessons: readonly Lesson[];
  /**
   * `size` sequences of a lesson, for the target's trained behaviour of skill intensity s where the lesson shows it. Throws
   * `InputError` where the world does not offer it.
   */
  batch(lesson: BatchLesson, skill: number, rng: Rng, size: number): Batch;
  /** `size` prompts to the target that a policy answers. */
  rollouts(rng: Rng, size: number): Prompts;
  /** The prompts to the target on which a run's stopping step is selected. */
  selection(): Prompts;
  /** The answers to such prompts that an arm of skill intensity s trains, int32 [B, m]. */
  wanted(skill: number, prompts: Prompts): Int32Array;
}

/** One kind of world, as a value on the list of `worlds`: everything in which worlds differ. */
export interface WorldKind<Knobs extends WorldKnobs = WorldKnobs> {
  readonly id: string;
  /** What it is a world of, in a sentence. */
  readonly about: string;
  /** `import.meta.url` of the file that draws it: that file and all it imports are part of the key of every run in it. */
  readonly file: string;
  /** The section `world` of a setup. */
  readonly knobs: z.ZodType<Knobs>;
  /** What is wrong between the fields of a setup whose fields are each in range. */
  faults(setup: Setup<Knobs>): Fault[];
  /** The world of a setup and a seed, a pure function of the two. */
  draw(setup: Setup<Knobs>, seed: number): World<Knobs>;
}
