import { InputError } from '../core/errors.ts';
import type { Arm } from '../train/arm.ts';
import { type Factor, factorsFor, factorValue, type Registered } from './factors.ts';

const EXAMPLE = '--bounds model.width=32..64,arms.rehearsal=0..1';

/**
 * The factors of a claim with these arms, with the values that bounds such as `model.width=32..64,arms.rehearsal=0..1` leave them;
 * those that are not named keep all of theirs. Throws `InputError` on an unknown factor, on bounds that are none, that exclude the
 * registered value (an unchanged factor has it), or that leave nothing to change at all.
 */
export function boundedFactors(text: string, registered: Registered, arms: readonly Arm[]): Factor[] {
  const factors = factorsFor(registered, arms);
  const number = String.raw`(-?[\d.]+(?:e-?\d+)?)`;
  const form = new RegExp(String.raw`^([\w.]+)=${number}\.\.${number}$`);
  const parts = text.split(',').map((part) => part.trim());
  const names = parts.map((part) => part.split('=')[0]);
  const bounds = new Map(
    parts.map((part, i) => {
      const [, name = '', low, high] = form.exec(part) ?? [];
      if (names.indexOf(name) < i && name !== '') {
        throw new InputError('--bounds', {
          expected: 'every factor once',
          got: `${name} twice`,
          todo: 'give one of the two',
        });
      }
      if (!factors.some((factor) => factor.name === name) || !(Number(low) <= Number(high))) {
        throw new InputError('--bounds', {
          expected: `factor=low..high with low at most high, by commas; factors are ${factors.map((factor) => factor.name).join(', ')}`,
          got: part,
          todo: `correct it, for example ${EXAMPLE}`,
        });
      }
      const value = factorValue(registered.setup, arms, {}, name);
      if (value < Number(low) || value > Number(high)) {
        throw new InputError(`--bounds of ${name}`, {
          expected: `the registered value, ${value}, within them: a setup that does not change a factor has that`,
          got: part,
          todo: 'widen them',
        });
      }
      return [name, [Number(low), Number(high)] as const];
    }),
  );
  const left = factors
    .map(({ name, others }) => {
      const [low, high] = bounds.get(name) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      return { name, others: others.filter((value) => value >= low && value <= high) };
    })
    .filter(({ others }) => others.length > 0);
  if (left.length > 0) return left;
  throw new InputError('--bounds', { expected: 'at least one factor left to change', got: text, todo: 'widen some' });
}
