import { InvariantError } from '../core/errors.ts';
import { floats } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import { greedyAnswersOfEach } from '../model/inference.ts';
import type { Texts, World } from '../world/world.ts';
import { type Arm, armName } from './arm.ts';
import { checkFits, commonOptionsOf, endsAtLevel, optionsOf } from './check.ts';
import { drawsOf } from './draw.ts';
import { Learner } from './learner.ts';
import type { Draw, Method } from './method.ts';
import { type OnStep, sharedArchitecture } from './pretrain.ts';

/** What was seen at one step of a run. */
export interface Checkpoint {
  readonly step: number;
  /** Share of answer tokens on the selection prompts that are the trained ones, greedy decoding. */
  readonly success: number;
  /** Training loss of the step before, in nats; null before the first step. */
  readonly loss: number | null;
}

/** What was seen of a run's network at one step, see `TuneOptions.watch`. */
export interface Look<Seen> {
  readonly step: number;
  /** See `Checkpoint`. */
  readonly success: number;
  readonly seen: Seen;
}

export interface Tuned<Seen = never> {
  /** The network at the last step, [P]. */
  readonly parameters: Float32Array;
  readonly trajectory: readonly Checkpoint[];
  /** Whether success crossed the level; false = censored: the run ended at its largest number of steps. */
  readonly reached: boolean;
  readonly steps: number;
  /** What was watched, in the order of steps; the last one is of the network at the stopping step. */
  readonly looks: readonly Look<Seen>[];
}

/** One run: a base [P] whose target one arm changes. */
export interface Run {
  readonly world: World;
  readonly base: Float32Array;
  /** Where it starts, [P]: the end of the arm that its arm comes after; at the base where absent. */
  readonly start?: Float32Array;
  /** The arm's method. */
  readonly method: Method;
  readonly arm: Arm;
  readonly seed: number;
  /** The number of steps of an arm that ends as another one does: those that this one took. */
  readonly steps?: number;
  /** The network [P] that a method with a teacher learns from. */
  readonly teacher?: Float32Array;
}

export interface TuneOptions<Seen = never> {
  /** Overrides every learning rate: zero is a property test's way to ask for no change. */
  readonly learningRate?: number;
  readonly onStep?: OnStep;
  /**
   * Looks at the network [P] of the r-th run where there is something to see: at the first checkpoints from step 1, 2, 4, 8, ... on,
   * at those where success first crosses one of `WATCHED`, and at the stopping step.
   */
  readonly watch?: (r: number, network: Float32Array) => Promise<Seen>;
}

/** Levels of success at whose first crossing a run is watched. */
export const WATCHED: readonly number[] = [0.25, 0.5, 0.7, 0.9, 0.95, 0.99];

/** Share of positions at which two equally long token lists agree. */
export function agreement(a: Int32Array, b: Int32Array): number {
  if (a.length === 0 || a.length !== b.length)
    throw new InvariantError(`cannot compare ${a.length} with ${b.length} tokens`);
  return a.reduce((hits, token, i) => hits + (token === b[i] ? 1 : 0), 0) / a.length;
}

/** What is kept of a run while it trains. */
interface Course<Seen> {
  readonly selection: Texts;
  readonly wanted: Int32Array;
  readonly next: () => Draw;
  readonly rate: number;
  readonly level: number;
  /** The largest number of steps within which it must reach its level, and those that it makes after that. */
  readonly most: number;
  readonly past: number;
  /** Whether it makes so many steps as another arm or as its own says, whatever its success. */
  readonly follows: boolean;
  readonly trajectory: Checkpoint[];
  readonly looks: Look<Seen>[];
  /** The step from which it is watched next, and the most success that it had. */
  nextLook: number;
  best: number;
  /** The last draw: a run that has ended is fed it again, at learning rate zero. */
  draw: Draw;
  /** Its last step, once its level is reached. */
  end?: number;
  tuned?: Tuned<Seen>;
}

/**
 * Does runs of one kind of graph (see `Method`), all in one program, in their order; each is what it would be alone.
 * Success on the selection prompts is looked at before the first step, which never ends a run, at every `checkpointEvery`
 * steps, at the method's largest number of steps and at the last one; a run stops at the first of those looks at or above its
 * level (`past` steps after it where its arm says so), or is censored at the method's largest number of steps. An arm that ends as
 * another one does makes exactly `steps` steps. Throws `InvariantError` for runs of different setups, kinds of graph or steps, and
 * `InputError` for an arm that is not for its world.
 */
export async function tune<Seen = never>(
  programs: Programs,
  runs: readonly Run[],
  { learningRate, onStep = () => {}, watch }: TuneOptions<Seen> = {},
): Promise<Tuned<Seen>[]> {
  const architecture = sharedArchitecture(runs.map(({ world }) => world));
  if (new Set(runs.map(({ method, arm }) => method.kind(arm, optionsOf(method, arm)))).size !== 1)
    throw new InvariantError('arms of different kinds of graph cannot train in one program');
  if (new Set(runs.map(({ method }) => method.steps)).size !== 1)
    throw new InvariantError('arms of methods with different steps cannot train in one program');
  const courses = runs.map((run) => courseOf<Seen>(run));
  const [{ world, method, arm }] = runs as readonly [Run];
  const { tuning } = world.setup;
  const bases = runs.map(({ base, start = base }) => start);
  const teachers = runs.flatMap(teacherOf);
  const stepOn = method.steps({ programs, architecture, world, options: optionsOf(method, arm), bases, teachers });
  const learner = new Learner(bases, [tuning.beta1, tuning.beta2]);
  const look = async (step: number, losses?: Float32Array): Promise<void> => {
    const due = ({ tuned, most, end }: Course<Seen>): boolean =>
      tuned === undefined && (step % tuning.checkpointEvery === 0 || step === most || step === end);
    if (!courses.some(due)) return;
    const selections = courses.map(({ selection }) => selection);
    const answers = await greedyAnswersOfEach(
      programs,
      architecture,
      learner.parameters,
      selections,
      world.lengths.answer,
    );
    let networks: Float32Array[] | undefined;
    for (const [r, course] of courses.entries()) {
      const { trajectory, wanted, level, most, past, follows } = course;
      if (!due(course)) continue;
      const success = agreement(answers[r] as Int32Array, wanted);
      trajectory.push({ step, success, loss: losses === undefined ? null : (losses[r] as number) });
      if (step > 0 && !follows && success >= level) course.end ??= step + past;
      const ended = step >= (course.end ?? most);
      const watched = watch !== undefined && isToWatch(course, step, success, ended);
      if (!ended && !watched) continue;
      networks ??= await learner.networks();
      const parameters = networks[r] as Float32Array;
      if (watched) course.looks.push({ step, success, seen: await watch(r, parameters) });
      if (!ended) continue;
      const reached = course.end !== undefined || follows;
      course.tuned = { parameters, trajectory, reached, steps: step, looks: course.looks };
    }
  };

  try {
    await look(0);
    const longest = Math.max(...courses.map(({ most, past }) => most + past));
    for (let step = 1; courses.some(({ tuned }) => tuned === undefined); step++) {
      for (const course of courses) if (course.tuned === undefined) course.draw = course.next();
      const { program, feeds } = await stepOn(courses.map(({ draw }) => draw));
      const rates = courses.map(({ tuned, rate }) => (tuned === undefined ? (learningRate ?? rate) : 0));
      const outputs = await learner.step(program, rates, feeds);
      onStep(step, longest);
      await look(step, floats(outputs, 'loss'));
    }
    return courses.flatMap(({ tuned }) => tuned ?? []);
  } finally {
    learner.dispose();
  }
}

/** Whether a run is watched at this checkpoint, which is remembered as seen. */
function isToWatch(course: Course<unknown>, step: number, success: number, ended: boolean): boolean {
  const crossed = WATCHED.some((level) => course.best < level && success >= level);
  course.best = Math.max(course.best, success);
  if (step === 0) return false;
  const due = step >= course.nextLook;
  while (course.nextLook <= step) course.nextLook *= 2;
  return ended || crossed || due;
}

function courseOf<Seen>(run: Run): Course<Seen> {
  const { world, method, arm, seed } = run;
  checkFits(arm, method, world);
  const selection = world.selection();
  const { tuning } = world.setup;
  const { learningRate = tuning.learningRate, level = tuning.level, past = 0 } = commonOptionsOf(arm);
  return {
    selection,
    wanted: world.wanted(arm.skill, selection),
    next: drawsOf(method, { world, arm, seed }),
    rate: learningRate,
    ...(endsAtLevel(method, arm) ? { level, past, follows: false } : { level, past: 0, follows: true }),
    most: stepsOf(run),
    trajectory: [],
    looks: [],
    ...{ nextLook: 1, best: 0 },
    draw: {},
  };
}

function stepsOf({ world, method, arm, steps = commonOptionsOf(arm).steps }: Run): number {
  if (endsAtLevel(method, arm)) return method.most(world.setup.tuning);
  if (steps === undefined) throw new InvariantError(`${armName(arm)} needs the number of steps that it shall match`);
  return steps;
}

/** The network that a run learns from, where its method has a teacher. */
function teacherOf({ method, teacher }: Run): Float32Array[] {
  if (method.teacher === undefined) return [];
  if (teacher === undefined) throw new InvariantError(`${method.label} needs the network that it shall learn from`);
  return [teacher];
}
