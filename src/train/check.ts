import type { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { faultsOf, listed } from '../world/faults.ts';
import type { TuningSetup } from '../world/knobs.ts';
import { lessonsLacking, type World } from '../world/world.ts';
import { type Arm, armName } from './arm.ts';
import { type CommonOptions, commonSchema, parted } from './common.ts';
import type { Method } from './method.ts';

/** The method of an arm. Throws `InputError` where it is not among `methods`. */
export function methodOf(arm: Arm, methods: readonly Method[]): Method {
  const method = methods.find(({ id }) => id === arm.method);
  if (method !== undefined) return method;
  throw new InputError(`the arm ${armName(arm)} is of a method that is not known here`, {
    expected: `method: ${methods.map(({ id }) => id).join(', ')}`,
    got: arm.method,
    todo: 'correct the arm, or add the method to `methods` in spillover.config.ts',
  });
}

/**
 * The options of an arm of this method, with those that it does not give as they are by default. Throws `InputError` where one is unknown
 * or out of its range.
 */
export function optionsOf<Options>({ id, options }: Method<Options>, arm: Arm): Options {
  return parsedOptions(options, parted(arm).own, arm, id);
}

/** Options of which an arm has one at most. */
const EXCLUDING: readonly { readonly of: readonly [string, string]; readonly expected: string }[] = [
  {
    of: ['rank', 'only'],
    expected: 'rank, which changes the matrices of the layers, or only, which changes some embeddings',
  },
  ...['level', 'past', 'stepsOfRl'].map((other) => ({
    of: ['steps', other] as const,
    expected: 'steps, a number that the arm makes, or what says otherwise where it ends',
  })),
];

/**
 * What an arm sets of the options that every method takes. Throws `InputError` where one is out of its range, or two exclude each other.
 */
export function commonOptionsOf(arm: Arm): CommonOptions {
  const common = parsedOptions(commonSchema, parted(arm).common, arm, 'no method');
  const { options = {} } = arm;
  const clash = EXCLUDING.find(({ of }) => of.every((name) => options[name] !== undefined));
  if (clash === undefined) return common;
  throw new InputError(`the arm ${armName(arm)} has options that exclude each other`, {
    expected: clash.expected,
    got: clash.of.map((name) => `${name}: ${options[name]}`).join(', '),
    todo: 'leave one of the two out',
  });
}

function parsedOptions<Options>(schema: z.ZodType<Options>, given: object, arm: Arm, taker: string): Options {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error.issues, given);
  throw new InputError(`the arm ${armName(arm)} has options that ${taker} does not take`, {
    expected: listed(faults, 'expected'),
    got: listed(faults, 'got'),
    todo: listed(faults, 'todo'),
  });
}

/**
 * The method of an arm, which has the options that it takes and a skill only where it has any, as has the arm that it starts after.
 * Throws `InputError` otherwise, and where a method is not among `methods`.
 */
export function checkArm(arm: Arm, methods: readonly Method[]): Method {
  if (arm.after !== undefined) checkArm(arm.after, methods);
  const method = methodOf(arm, methods);
  optionsOf(method, arm);
  commonOptionsOf(arm);
  if (method.skilled || arm.skill === 0) return method;
  throw new InputError(`the arm ${armName(arm)} has a skill`, {
    expected: `skill 0: ${method.label} trains none`,
    got: `${arm.skill}`,
    todo: 'take the skill off the arm, or choose a method that trains one',
  });
}

/** Throws `InputError` where the world lacks a lesson that the arm needs, or cannot train its method for a reason of its own. */
export function checkFits(arm: Arm, method: Method, world: World): void {
  const needs = ['pretraining', ...(seesOthers(arm) ? (['rehearsal'] as const) : []), ...method.needs] as const;
  const lacking = lessonsLacking(world, needs);
  if (lacking.length > 0) {
    throw new InputError(`the arm ${armName(arm)} is not for this world`, {
      expected: `a world that offers ${lacking.join(' and ')}`,
      got: `one of the kind ${world.kind}, which offers ${world.lessons.join(', ')}`,
      todo: 'leave the arm out, or choose a setup of another kind of world',
    });
  }
  const { rank = 1, only } = commonOptionsOf(arm);
  if (only !== undefined && world.ownTokens.length === 0) {
    throw new InputError(`the arm ${armName(arm)} is not for this world`, {
      expected: 'a world with tokens that are of its target alone (`ownTokens`)',
      got: `one of the kind ${world.kind}, which has none`,
      todo: 'leave `only` out: then every weight is free',
    });
  }
  const { width } = world.setup.model;
  if (rank > width) {
    throw new InputError(`the arm ${armName(arm)} is not for this setup`, {
      expected: `rank: at most ${width}, the width of the model`,
      got: `${rank}`,
      todo: 'take a lower rank, or leave it out: then every weight is free',
    });
  }
  method.fits?.(world);
}

/** The arm whose run says after how many steps one of this arm ends; undefined where it ends at its level, or has a number of its own. */
export const endsAs = ({ ends }: Method, arm: Arm): Arm | undefined =>
  ends === 'at its level' || commonOptionsOf(arm).steps !== undefined ? undefined : ends(arm);

/** Whether an arm ends at its level of success. */
export const endsAtLevel = (method: Method, arm: Arm): boolean =>
  endsAs(method, arm) === undefined && commonOptionsOf(arm).steps === undefined;

/** Whether an arm takes other characters' pretraining sequences. */
const seesOthers = (arm: Arm): boolean => arm.rehearsal > 0 || commonOptionsOf(arm).bystanderKl !== undefined;

/** The knobs of tuning that decide the runs of every arm. */
const COMMON_KNOBS = ['learningRate', 'beta1', 'beta2', 'clip', 'checkpointEvery'] as const;

/** Those of a method that decide a run only where it ends at its level. */
const MOST_STEPS: readonly (keyof TuningSetup)[] = ['steps', 'rlSteps'];

/**
 * The knobs of tuning that an arm's run depends on: those of every run; the level, and its largest number of steps, where it ends
 * at that; how many sequences of others it takes where it takes some; and those of its method; all but those that an option of the
 * arm takes the place of. A run that ends as another does depends on that one's knobs as well, which are not among these.
 */
export function tuningOf(tuning: TuningSetup, method: Method, arm: Arm): Partial<TuningSetup> {
  const leveled = endsAtLevel(method, arm);
  const knobs: readonly (keyof TuningSetup)[] = [
    ...COMMON_KNOBS,
    ...(leveled ? (['level'] as const) : []),
    ...(seesOthers(arm) ? (['rehearsalSequences'] as const) : []),
    ...method.knobs.filter((knob) => leveled || !MOST_STEPS.includes(knob)),
  ];
  const depends = knobs.filter((knob) => arm.options?.[knob] === undefined);
  return Object.fromEntries(depends.map((knob) => [knob, tuning[knob]]));
}
