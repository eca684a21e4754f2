import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { shown } from './faults.ts';

const skill = z.number().min(0).max(1);

/** The skill intensity s that `value` holds. Throws `InputError` unless it is a number in [0, 1]. */
export function parseSkill(value: unknown): number {
  const parsed = skill.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError('this is not a skill intensity', {
    expected: 's, a number in [0, 1]',
    got: shown(value),
    todo: 'give 0 for an operation of the base repertoire, up to 1 for a new mapping of every symbol',
  });
}

/**
 * Throws `InputError` for a skill intensity other than 0 in a kind of world that has none: whether what is trained there is new is up
 * to who shows it in pretraining, a knob of this name.
 */
export function refuseSkill(skill: number, kind: string, knob: string): void {
  if (skill === 0) return;
  throw new InputError(`there is no skill intensity in a world of the kind ${kind}`, {
    expected: `0: one behaviour is trained, and whether it is new is up to the knob ${knob}`,
    got: `${skill}`,
    todo: `give the arm skill 0; for new against known take setups in which ${knob} is 0 and more`,
  });
}
