import { REHEARSAL } from '../claims/rehearsal.ts';
import { InputError } from '../core/errors.ts';
import { faultsBetween } from '../lab/between.ts';
import type { Changes } from '../records/exploration.ts';
import type { Arm } from '../train/arm.ts';
import type { Setup } from '../world/knobs.ts';
import { ARM_FACTORS, explorable, namesOf, type Registered, SKILL_SHARE } from './factors.ts';

/** A changed setup, and what becomes of an arm of a claim there. */
export interface Changed {
  readonly setup: Setup;
  readonly armOf: (arm: Arm) => Arm;
}

/**
 * The registered setup with changes, and with what must follow as its kind of world says. Throws `InputError` on an unknown factor;
 * whether the setup is valid is not looked at, see `changed`.
 */
export function applied(registered: Registered, changes: Changes): Changed {
  const { factors } = explorable(registered);
  const setup = structuredClone(registered.setup);
  const sections = new Map(Object.entries<object>({ ...setup }));
  const known = namesOf(registered);
  for (const [name, value] of Object.entries(changes)) {
    if (!known.includes(name)) {
      throw new InputError(`'${name}' is no factor`, {
        expected: known.join(', '),
        got: name,
        todo: 'correct its spelling',
      });
    }
    const most = ARM_FACTORS[name];
    if (most !== undefined) {
      checkArmFactor(name, value, most);
      continue;
    }
    const [part, knob] = name.split('.') as [string, string];
    Object.assign(sections.get(part) as object, { [knob]: value });
  }
  const { [REHEARSAL]: rehearsal, [SKILL_SHARE]: share = 1 } = changes;
  return {
    setup: factors.fitted?.(setup) ?? setup,
    armOf: (arm) => changedArm(arm, share, rehearsal),
  };
}

/** Whether changes go together: values that are each in range make a setup without faults between its fields. */
export function isPossible(registered: Registered, changes: Changes): boolean {
  const { setup } = applied(registered, changes);
  return [...explorable(registered).faults(setup), ...faultsBetween(setup)].length === 0;
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
