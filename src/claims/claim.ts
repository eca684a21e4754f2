import { InputError } from '../core/errors.ts';
import type { Observation } from '../lab/keys.ts';
import type { BaseQuality } from '../measure/base.ts';
import type { Arm } from '../train/arm.ts';
import type { Prediction } from './verdict.ts';
import { registerTest } from './vitest.ts';

/**
 * What a claim says, as data: registry, report and terminal print it.
 * confirmatory: judged in the family that Holm corrects; premise: what must hold for the others to mean something;
 * exploratory: labelled so, outside the family.
 */
export interface ClaimText {
  /** A short name, for example `H1`. */
  readonly id: string;
  readonly statement: string;
  readonly family: 'confirmatory' | 'premise' | 'exploratory';
  /** What the number of one replicate is; the claim is about its mean over replicates. */
  readonly estimand: string;
  /** Unit of the estimate, for example `TV`. */
  readonly unit: string;
  readonly prediction: Prediction;
}

/** A claim of arms named `Name`. */
export interface Spec<Name extends string> extends ClaimText {
  /** The arms that the estimate compares, all forked from the same base. */
  readonly arms: Readonly<Record<Name, Arm>>;
  /**
   * Each arm must have reached its level of target effect, a premise that is counted a replicate; the arms named here may
   * fall short. They are taken as far as they came, and the report still counts them.
   */
  readonly mayFallShort?: readonly NoInfer<Name>[];
}

/** One number of one replicate, from the observations of its arms and from what its base knows. */
export type Estimate<Name extends string> = (arms: Readonly<Record<Name, Observation>>, base: BaseQuality) => number;

/** A declared claim: what a hypothesis file exports. */
export interface Claim {
  readonly spec: Spec<string>;
  readonly estimate: Estimate<string>;
}

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
