import { InvariantError } from '../core/errors.ts';
import { floats } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import { greedyAnswersOfEach } from '../model/inference.ts';
import { type Prompts, selectionPrompts } from '../world/characters/prompts.ts';
import type { CharacterWorld } from '../world/characters/world.ts';
import type { Arm } from './arm.ts';
import { type Draw, drawsOf, graphKind, tuningSteps, wantedAnswers } from './draw.ts';
import { Learner } from './learner.ts';
import { type OnStep, sharedArchitecture } from './pretrain.ts';

/** What was seen at one step of a run. */
export interface Checkpoint {
  readonly step: number;
  /** Share of answer tokens on the selection prompts that are the trained ones, greedy decoding. */
  readonly success: number;
  /** Training loss of the step before, in nats; null before the first step. */
  readonly loss: number | null;
}

export interface Tuned {
  /** The network at the stopping step, [P]. */
  readonly parameters: Float32Array;
  readonly trajectory: readonly Checkpoint[];
  /** Whether success crossed the level; false = censored: the run ended at its largest number of steps. */
  readonly reached: boolean;
  readonly steps: number;
}

/** One run: a base [P] whose target one arm changes. */
export interface Run {
  readonly world: CharacterWorld;
  readonly base: Float32Array;
  readonly arm: Arm;
  readonly seed: number;
  /** The number of steps for the null arm, which has no effect to match on. */
  readonly nullSteps?: number;
}

export interface TuneOptions {
  /** Overrides the setup's learning rate: zero is a property test's way to ask for no change. */
  readonly learningRate?: number;
  readonly onStep?: OnStep;
}

/** Share of positions at which two equally long token lists agree. */
export function agreement(a: Int32Array, b: Int32Array): number {
  if (a.length === 0 || a.length !== b.length)
    throw new InvariantError(`cannot compare ${a.length} with ${b.length} tokens`);
  return a.reduce((hits, token, i) => hits + (token === b[i] ? 1 : 0), 0) / a.length;
}

/** What is kept of a run while it trains. */
interface Course {
  readonly run: Run;
  readonly selection: Prompts;
  readonly wanted: Int32Array;
  readonly next: () => Draw;
  readonly most: number;
  readonly trajectory: Checkpoint[];
  /** The last draw: a run that has ended is fed it again, at learning rate zero. */
  draw: Draw;
  tuned?: Tuned;
}

/**
 * Does runs of one kind of graph (see `graphKind`), all in one program, in their order; each is what it would be alone.
 * Success on the selection prompts is looked at before the first step, which never ends a run, and at every
 * `checkpointEvery` steps; a run stops at the first of those looks at or above the setup's level, or is censored at the
 * arm's largest number of steps. The null arm makes exactly `nullSteps` steps.
 * Throws `InvariantError` for runs of different setups or kinds of graph.
 */
export async function tune(
  programs: Programs,
  runs: readonly Run[],
  { learningRate, onStep = () => {} }: TuneOptions = {},
): Promise<Tuned[]> {
  const architecture = sharedArchitecture(runs.map(({ world }) => world));
  if (new Set(runs.map(({ arm }) => graphKind(arm))).size !== 1)
    throw new InvariantError('arms of different kinds of graph cannot train in one program');
  const courses = runs.map(courseOf);
  const [{ world }] = runs as readonly [Run];
  const { tuning } = world.setup;
  const bases = runs.map(({ base }) => base);
  const stepOn = tuningSteps(programs, architecture, world.setup, bases);
  const learner = new Learner(bases, [tuning.beta1, tuning.beta2]);
  const look = async (step: number, losses?: Float32Array): Promise<void> => {
    const due = (most: number): boolean => step % tuning.checkpointEvery === 0 || step === most;
    if (!courses.some(({ tuned, most }) => tuned === undefined && due(most))) return;
    const selections = courses.map(({ selection }) => selection);
    const answers = await greedyAnswersOfEach(
      programs,
      architecture,
      learner.parameters,
      selections,
      world.setup.world.payload,
    );
    for (const [r, course] of courses.entries()) {
      const { trajectory, wanted, most, run } = course;
      if (course.tuned !== undefined || !due(most)) continue;
      const success = agreement(answers[r] as Int32Array, wanted);
      trajectory.push({ step, success, loss: losses === undefined ? null : (losses[r] as number) });
      const reached = step > 0 && run.arm.method !== 'null' && success >= tuning.level;
      if (!reached && step < most) continue;
      const parameters = (await learner.networks())[r] as Float32Array;
      course.tuned = { parameters, trajectory, reached: reached || run.arm.method === 'null', steps: step };
    }
  };

  try {
    await look(0);
    const longest = Math.max(...courses.map(({ most }) => most));
    for (let step = 1; courses.some(({ tuned }) => tuned === undefined); step++) {
      for (const course of courses) if (course.tuned === undefined) course.draw = course.next();
      const { program, feeds } = await stepOn(courses.map(({ draw }) => draw));
      const rates = courses.map(({ tuned }) => (tuned === undefined ? (learningRate ?? tuning.learningRate) : 0));
      const outputs = await learner.step(program, rates, feeds);
      onStep(step, longest);
      await look(step, floats(outputs, 'loss'));
    }
    return courses.flatMap(({ tuned }) => tuned ?? []);
  } finally {
    learner.dispose();
  }
}

function courseOf(run: Run): Course {
  const { world, arm, seed } = run;
  const selection = selectionPrompts(world);
  return {
    run,
    selection,
    wanted: wantedAnswers(world, arm.skill, selection),
    next: drawsOf(world, arm, seed),
    most: stepsOf(run),
    trajectory: [],
    draw: {},
  };
}

function stepsOf({ world, arm, nullSteps }: Run): number {
  const { steps, rlSteps } = world.setup.tuning;
  if (arm.method === 'rl') return rlSteps;
  if (arm.method !== 'null') return steps;
  if (nullSteps === undefined) throw new InvariantError('the null arm needs the number of steps that it shall match');
  return nullSteps;
}
