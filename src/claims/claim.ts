import { InputError } from '../core/errors.ts';
import type { Claim, Estimate, Spec } from './spec.ts';
import { registerTest } from './vitest.ts';

/**
 * Declares the claim of a hypothesis file. The file returns one number a replicate and cannot write its own verdict:
 * the harness trains the arms, judges the numbers and compares the verdict with the registered one.
 * Throws `InputError` on a declaration without an id or a statement.
 */
export function claim<Name extends string>(spec: Spec<Name>, estimate: Estimate<Name>): Claim {
  const empty = (['id', 'statement', 'estimand', 'unit'] as const).filter((key) => spec[key].trim() === '');
  if (empty.length > 0 || !/^[A-Za-z0-9-]+$/.test(spec.id)) {
    throw new InputError('this is not a claim', {
      expected: 'an id of letters, digits and hyphens, and a statement, an estimand and a unit in words',
      got: empty.length > 0 ? `nothing in ${empty.join(', ')}` : `the id '${spec.id}'`,
      todo: 'complete the declaration in the hypothesis file',
    });
  }
  const declared: Claim = { spec, estimate: estimate as Estimate<string> };
  registerTest(declared);
  return declared;
}
