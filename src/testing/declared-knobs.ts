import { InputError } from '../core/errors.ts';
import type { Setup, TuningSetup, WorldKnobs } from '../world/knobs.ts';

/**
 * A setup whose knobs of tuning can be read where `names` has them. Reading another throws `InputError`: it is part of no key of `whose`.
 */
export function onlyReading<Knobs extends WorldKnobs>(
  setup: Setup<Knobs>,
  names: readonly (keyof TuningSetup)[],
  whose: string,
): Setup<Knobs> {
  const refused = (knob: string): InputError =>
    new InputError(`${whose} reads a knob of tuning that no key of it covers`, {
      expected: names.length === 0 ? 'no knob of tuning' : `one of ${names.join(', ')}`,
      got: knob,
      todo: 'name it among the `knobs` of the method, or do without it',
    });
  const tuning = new Proxy(setup.tuning, {
    get: (knobs, name) => {
      if (typeof name !== 'string' || names.some((each) => each === name)) return Reflect.get(knobs, name);
      throw refused(name);
    },
    ownKeys: () => {
      throw refused('all of them at once');
    },
  });
  return { ...setup, tuning };
}
