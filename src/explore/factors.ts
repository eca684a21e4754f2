import { REHEARSAL } from '../claims/rehearsal.ts';
import { InputError, InvariantError } from '../core/errors.ts';
import type { Changes } from '../records/exploration.ts';
import type { Arm } from '../train/arm.ts';
import { type CharacterKnobs, kindIn, type Setup } from '../world/knobs.ts';

/** A knob that exploration turns, and the values other than the registered one that it may take, mildest first. */
export interface Factor {
  /** A dotted path in the setup, or one of `ARM_FACTORS`. */
  readonly name: string;
  readonly others: readonly number[];
}

/** What every arm's skill intensity is multiplied by: a claim about s = 1 with arms at s = 0.5. */
export const SKILL_SHARE = 'arms.skillShare';

/** Factors of the arms, with the largest value that each may have. */
const ARM_FACTORS: Readonly<Record<string, number>> = { [REHEARSAL]: 100, [SKILL_SHARE]: 1 };

/**
 * Chosen so that premises are likely to hold and no setup costs more than some times the registered one. The optimiser of
 * arms is Adam throughout: beta1 = 0 makes it RMSprop.
 */
export const FACTORS: readonly Factor[] = [
  { name: 'world.characters', others: [40, 24] },
  { name: 'world.families', others: [2, 8] },
  { name: 'world.familyLikeness', others: [0.3, 0.9] },
  { name: 'world.topics', others: [3, 6] },
  { name: 'world.operations', others: [2] },
  { name: 'world.symbols', others: [10, 7] },
  { name: 'world.payload', others: [4] },
  { name: 'world.documentsOnlyShare', others: [0.3, 0.5, 0.2] },
  { name: 'world.templates', others: [3, 2] },
  { name: 'world.skillMappings', others: [2, 3] },
  { name: 'model.width', others: [48, 96, 32] },
  { name: 'model.layers', others: [3] },
  { name: 'model.heads', others: [4, 2] },
  { name: 'model.feedForward', others: [4] },
  { name: 'pretraining.steps', others: [4000, 2000] },
  { name: 'pretraining.batch', others: [96, 48] },
  { name: 'pretraining.documentShare', others: [0.45, 0.25] },
  { name: 'pretraining.learningRate', others: [0.002, 0.004] },
  { name: 'pretraining.weightDecay', others: [0.3, 0.1] },
  { name: 'tuning.learningRate', others: [0.0001, 0.0005] },
  { name: 'tuning.beta1', others: [0] },
  { name: 'tuning.clip', others: [0.1] },
  { name: 'tuning.batch', others: [16, 64] },
  { name: 'tuning.rollouts', others: [32, 128] },
  { name: 'tuning.entropyBonus', others: [0, 0.03] },
  { name: 'tuning.klWeight', others: [0.03, 0.1] },
  { name: 'tuning.temperature', others: [1.5, 3] },
  { name: 'tuning.level', others: [0.8, 0.95] },
  { name: REHEARSAL, others: [0.25, 1, 4] },
  { name: SKILL_SHARE, others: [0.75, 0.5] },
];

/** A changed setup, and what becomes of an arm of a claim there. */
export interface Changed {
  readonly setup: Setup<CharacterKnobs>;
  readonly armOf: (arm: Arm) => Arm;
}

/**
 * A setup whose factors are known: those of worlds of characters are, of other kinds of world none yet. Throws `InputError` for another.
 */
function explorable(registered: Setup): Setup<CharacterKnobs> {
  const kind = kindIn(registered.world);
  if (kind === 'characters') return registered as Setup<CharacterKnobs>;
  throw new InputError('the setup to explore is of another kind of world', {
    expected: 'world.kind: characters, whose factors are known',
    got: kind,
    todo: 'explore claims about a setup of characters',
  });
}

/**
 * The registered setup with changes. What must follow follows: the context holds a dialogue, and no more payloads are
 * held out than leave most of them for training. Throws `InputError` on an unknown factor; whether the setup is valid is not
 * looked at, see `changed`.
 */
export function applied(registered: Setup, changes: Changes): Changed {
  const setup = structuredClone(explorable(registered));
  const sections = new Map(Object.entries<object>({ ...setup }));
  for (const [name, value] of Object.entries(changes)) {
    const most = ARM_FACTORS[name];
    if (most !== undefined) {
      checkArmFactor(name, value, most);
      continue;
    }
    const [part, knob] = name.split('.') as [string, string];
    const section = sections.get(part);
    if (!FACTORS.some((factor) => factor.name === name) || section === undefined || !Object.hasOwn(section, knob)) {
      throw new InputError(`'${name}' is no factor`, {
        expected: FACTORS.map((factor) => factor.name).join(', '),
        got: name,
        todo: 'correct its spelling',
      });
    }
    Object.assign(section, { [knob]: value });
  }
  const { world, model } = setup;
  const payloads = world.symbols ** world.payload;
  const selectionPayloads = Math.min(world.selectionPayloads, Math.floor(payloads / 8));
  const reportingPayloads = Math.min(world.reportingPayloads, Math.floor((3 * payloads) / 16));
  const derived = {
    ...setup,
    world: { ...world, selectionPayloads, reportingPayloads },
    model: { ...model, context: Math.max(model.context, 2 * world.payload + 5) },
  };
  const { [REHEARSAL]: rehearsal, [SKILL_SHARE]: share = 1 } = changes;
  return {
    setup: derived,
    armOf: (arm) => changedArm(arm, share, rehearsal),
  };
}

/**
 * An arm, and the one that it starts after, with another rehearsal where one is given and a share of its skill, and of that of the
 * RL whose steps it takes.
 */
function changedArm(arm: Arm, share: number, rehearsal: number | undefined): Arm {
  const { stepsOfRl } = arm.options ?? {};
  const options = typeof stepsOfRl === 'number' && { options: { ...arm.options, stepsOfRl: stepsOfRl * share } };
  const changed = { ...arm, skill: arm.skill * share, rehearsal: rehearsal ?? arm.rehearsal, ...options };
  return arm.after === undefined ? changed : { ...changed, after: changedArm(arm.after, share, rehearsal) };
}

function checkArmFactor(name: string, value: number, most: number): void {
  if (value >= 0 && value <= most) return;
  throw new InputError(`'${name}'`, {
    expected: `a number from 0 to ${most}`,
    got: `${value}`,
    todo: 'give another one',
  });
}

/** Records of arms as a changed setup has them. */
export function changedArms<Name extends string>(
  arms: Readonly<Record<Name, Arm>>,
  { armOf }: Pick<Changed, 'armOf'>,
): Readonly<Record<Name, Arm>> {
  const entries = Object.entries(arms) as [Name, Arm][];
  return Object.fromEntries(entries.map(([name, arm]) => [name, armOf(arm)])) as Record<Name, Arm>;
}

/** The value of a factor in a setup with these changes, for a claim with these arms; unchanged rehearsal is their largest. */
export function factorValue(registered: Setup, arms: readonly Arm[], changes: Changes, name: string): number {
  const set = changes[name];
  if (set !== undefined) return set;
  if (name === REHEARSAL) return Math.max(0, ...arms.map(({ rehearsal }) => rehearsal));
  if (name === SKILL_SHARE) return 1;
  const [part, knob] = name.split('.') as [keyof Setup, string];
  const value = new Map(Object.entries<unknown>({ ...registered[part] })).get(knob);
  if (typeof value !== 'number') throw new InvariantError(`the setup has no knob ${name}`);
  return value;
}

/** Changes in words, for example `world.topics 6, model.layers 3`. */
export function changesText(changes: Changes): string {
  const entries = Object.entries(changes);
  return entries.length === 0 ? 'the registered setup' : entries.map(([name, value]) => `${name} ${value}`).join(', ');
}
