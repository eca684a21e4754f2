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
