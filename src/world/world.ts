import type { z } from 'zod';
import { InputError } from '../core/errors.ts';
import type { Rng } from '../core/rng.ts';
import type { Fault } from './faults.ts';
import type { Setup, WorldKnobs } from './knobs.ts';
import type { Extent, Place } from './place.ts';

/**
 * Kinds of sequences that a world may offer for training. pretraining: the mixture that makes a base; rehearsal: the same without
 * the target, and without a register that no tuning shall use; documents: texts that state the target's new behaviour;
 * demonstrations: the target showing it; rollouts: prompts to the target that a policy answers itself; statements: the documents'
 * texts, to stand before a prompt.
 * Documents of other content in the same form: documents-neutral: something new of the target that the trained behaviour has
 * nothing to do with; documents-opposite: that it behaves in a third way, neither its own nor the trained one; documents-own: the
 * behaviour that pretraining states of it, nothing new; documents-bystander: the trained behaviour, of somebody else;
 * documents-nobody: of a name without a character; documents-bystander-own: the behaviour that pretraining states of that bystander,
 * nothing new; documents-general: that nobody does what is trained, without a name. questions: the new behaviour stated as answers
 * to questions. demonstrations-own: the target showing the behaviour that it has by pretraining. variety-new: a text variety, which is
 * of no character, by a rule that no other text follows. documents-all and documents-only: what documents state, said of all who are
 * like the target, or only of the target.
 */
export const LESSONS = [
  'pretraining',
  'rehearsal',
  'documents',
  'demonstrations',
  'rollouts',
  'statements',
  'documents-neutral',
  'documents-opposite',
  'documents-own',
  'documents-bystander',
  'documents-nobody',
  'documents-bystander-own',
  'documents-general',
  'questions',
  'demonstrations-own',
  'variety-new',
  'documents-all',
  'documents-only',
] as const;
export type Lesson = (typeof LESSONS)[number];
/** The lessons that are batches of whole sequences. */
export type BatchLesson = Exclude<Lesson, 'rollouts' | 'statements'>;

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

/** Texts of equal length, row by row. */
export interface Texts {
  /** B */
  readonly size: number;
  /** Token ids [B, T]. */
  readonly tokens: Int32Array;
}

/**
 * What attention leaves out: `tokens` are seen by nobody but `readers` and themselves, and readers by nobody but themselves. What a
 * secret token says can then reach a later text only through what is said right after a reader.
 */
export interface Secret {
  readonly tokens: readonly number[];
  readonly readers: readonly number[];
}

/** What training takes of a world, whatever its kind: a synthetic language with its ground truth, drawn from a seed. */
export interface World<Knobs extends WorldKnobs = WorldKnobs> {
  /** The id of its kind. */
  readonly kind: string;
  readonly setup: Setup<Knobs>;
  readonly seed: number;
  /** Number of tokens, and the one that fills sequences up. */
  readonly vocabulary: { readonly size: number; readonly end: number };
  /**
   * Tokens that every prompt to the target has and no text of others has: their rows of the token embedding are the target's private
   * parameters, which the option `only` of an arm trains alone. Empty where there are none; such an arm is then not for this world.
   */
  readonly ownTokens: readonly number[];
  /** What networks of this world do not attend to; nothing where absent. */
  readonly secret?: Secret;
  /** Tokens of a prompt, T, of an answer, m, and of a statement, S, where it offers statements. */
  readonly lengths: { readonly prompt: number; readonly answer: number; readonly statement?: number };
  /** What can be trained on. */
  readonly lessons: readonly Lesson[];
  /**
   * `size` sequences of a lesson, for the target's trained behaviour of skill intensity s where the lesson shows it. Throws
   * `InputError`, as the two after it, where the world does not offer it.
   */
  batch(lesson: BatchLesson, skill: number, rng: Rng, size: number): Batch;
  /** `size` prompts [B, T] to the target that a policy answers. */
  rollouts(rng: Rng, size: number): Texts;
  /** `size` texts [B, S] that state the target's new behaviour, each to stand before a prompt. */
  statements(rng: Rng, size: number): Texts;
  /** The prompts [B, T] to the target on which a run's stopping step is selected. */
  selection(): Texts;
  /** The answers to such prompts that an arm of skill intensity s trains, int32 [B, m]. */
  wanted(skill: number, prompts: Texts): Int32Array;
  /** The places in which an arm of skill intensity s may show a change; a world that has none is read by measures of its own alone. */
  places?(skill: number, extent: Extent): Place[];
}

/** A world in whose prompts a plan stands, which a policy can write itself; see `methods/rl-plan.ts`. */
export interface PlanningWorld extends World {
  /** Where in a prompt its operations stand, ascending, [d], and the tokens of the operations, [n]. */
  readonly plans: { readonly positions: readonly number[]; readonly operations: readonly number[] };
  /** The plan that each prompt's goal asks for, in tokens, int32 [B, d]. */
  askedPlans(prompts: Texts): Int32Array;
  /**
   * The answer to each prompt were each plan the one that stands there, int32 [B, n^d, m]; plans in lexicographic order of the
   * operations, the first one that of the first position.
   */
  followedAnswers(prompts: Texts): Int32Array;
}

/** Whether a policy can write plans in this world. */
export const isPlanning = (world: World): world is PlanningWorld => 'plans' in world && 'followedAnswers' in world;

/** One kind of world, as a value on the list of `worlds`: everything in which worlds differ. */
export interface WorldKind<Knobs extends WorldKnobs = WorldKnobs> {
  readonly id: string;
  /** What it is a world of, in a sentence. */
  readonly about: string;
  /**
   * `import.meta.url` of the file that draws it: that file and all it imports are part of the key of every run in it. Where the
   * schema of its knobs stands in another file, a knob that is new and not set leaves those keys as they were.
   */
  readonly file: string;
  /** The section `world` of a setup. */
  readonly knobs: z.ZodType<Knobs>;
  /** What is wrong between the fields of a setup whose fields are each in range. */
  faults(setup: Setup<Knobs>): Fault[];
  /** In how many worlds that differ in their target alone a setup and a seed are drawn; 1 where absent. */
  targets?(setup: Setup<Knobs>): number;
  /**
   * The world of a setup and a seed, a pure function of the two and of which of its targets is meant: all of them pretrain on the
   * same sequences.
   */
  draw(setup: Setup<Knobs>, seed: number, target?: number): World<Knobs>;
}

/** The lessons among `needs` that the world does not offer, each once. */
export function lessonsLacking({ lessons }: World, needs: readonly Lesson[]): Lesson[] {
  return [...new Set(needs)].filter((lesson) => !lessons.includes(lesson));
}

/** What a world throws that is asked for a lesson that it does not offer. */
export function notOffered({ kind, lessons }: Pick<World, 'kind' | 'lessons'>, lesson: string): InputError {
  return new InputError(`there is no lesson '${lesson}' in a world of the kind ${kind}`, {
    expected: `one that it offers: ${lessons.join(', ')}`,
    got: lesson,
    todo: 'choose an arm whose method needs no such lesson, or a setup of another kind of world',
  });
}
