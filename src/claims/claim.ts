import { InputError } from '../core/errors.ts';
import { PROFILES } from '../project/config.ts';
import { aboutSetup } from '../project/configuration.ts';
import type { Declared, DeclaredClaim } from './declared.ts';
import { predictionText } from './describe.ts';
import { gatherEvidence } from './gather.ts';
import { loadedFrom } from './loaded.ts';
import { refuseMisplaced } from './placed.ts';
import { depth } from './side.ts';
import type { ClaimText, Estimate, Spec } from './spec.ts';
import { registerTest } from './vitest.ts';

/**
 * Declares the claim of a hypothesis file, whose `import.meta.url` is `url`. The file returns one number a replicate and
 * cannot write its own verdict: the harness trains the arms, judges the numbers and compares the verdict with the registered
 * one. Throws `InputError` on a declaration without an id or a statement, with a note that says nothing, with a smallest value
 * of interest that its prediction excludes, or of a profile that there is not.
 */
export function claim<Name extends string>(url: string, spec: Spec<Name>, estimate: Estimate<Name>): DeclaredClaim {
  refuseMisplaced(spec.id, spec);
  const declared: DeclaredClaim = {
    spec,
    ...loadedFrom(url),
    estimate: estimate as Estimate<string>,
    gather: (configuration, sink) => gatherEvidence(declared, aboutSetup(configuration, spec.setup), sink),
  };
  return declare(declared);
}

/** Makes a declaration a test of its file. Throws `InputError` where its text is not complete, or `interest` on the wrong side. */
export function declare<Kind extends Declared>(declared: Kind): Kind {
  const { spec } = declared;
  const empty: string[] = (['id', 'statement', 'estimand', 'unit'] as const).filter((key) => spec[key].trim() === '');
  if (spec.mind?.some((note) => note.trim() === '') === true) empty.push('mind');
  if (empty.length > 0 || !/^[A-Za-z0-9-]+$/.test(spec.id)) {
    throw new InputError('this is not a claim', {
      expected: 'an id of letters, digits and hyphens, and a statement, an estimand, a unit and notes (mind) in words',
      got: empty.length > 0 ? `nothing in ${empty.join(', ')}` : `the id '${spec.id}'`,
      todo: 'complete the declaration in the hypothesis file',
    });
  }
  refuseInterest(spec);
  refuseFrom(spec);
  registerTest(declared);
  return declared;
}

/** Throws `InputError` where a claim is of no profile. */
function refuseFrom({ id, from }: ClaimText): void {
  if (from === undefined || PROFILES.includes(from)) return;
  throw new InputError(`the smallest profile that holds ${id}`, {
    expected: `one of ${PROFILES.join(', ')}`,
    got: `${from}`,
    todo: 'correct `from` in the hypothesis file, or leave it out',
  });
}

/** Throws `InputError` where the smallest value of interest is none that the prediction is about. */
function refuseInterest({ id, prediction, interest, unit, family }: ClaimText): void {
  if (interest === undefined) return;
  const isShare = family === 'prevalence';
  if (!isShare && Number.isFinite(interest) && depth(prediction, interest) > 0) return;
  throw new InputError(`the smallest value of interest of ${id}`, {
    expected: isShare ? 'none: it is a share of setups' : `a number that is ${predictionText(prediction, unit)}`,
    got: `${interest}`,
    todo: 'give `interest` the smallest true value that the claim should find, or leave it out',
  });
}
