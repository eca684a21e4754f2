import { canonical } from '../core/canonical.ts';
import { numbersIn } from './coherence.ts';
import { predictionText, three } from './describe.ts';
import type { Evidence } from './evidence.ts';
import { firmIn, predictionInterval } from './family.ts';
import type { RegisteredResult, Registry } from './registry.ts';
import type { Verdict } from './verdict.ts';

/** Whether a run came out as registered: 'borderline' counts neither way. */
export type Reproduction =
  | { readonly how: 'yes' }
  | { readonly how: 'borderline' | 'no' /** In words, for people. */; readonly why: string };

/** Whether the registered verdict of a claim after Holm is firm in its registered family: see `firmIn`. */
export function isFirm(registry: Registry, id: string, profile: Evidence['profile']): boolean {
  const known = Object.entries(registry).flatMap(([each, { content, profiles }]) => {
    const result = profiles[profile];
    return result === undefined ? [] : [{ id: each, numbers: numbersIn(content, result) }];
  });
  const at = known.findIndex((each) => each.id === id);
  return at >= 0 && firmIn(known.map(({ numbers }) => numbers))[at] === true;
}

/**
 * Compares a run's evidence with what was registered: its numbers first, then its verdicts, alone and (where `familyVerdict` is
 * given) after Holm.
 *
 * On the registered device training gives the same bits: every number must be the registered one. On another device the mean
 * must lie in the 95 % prediction interval of the registered one (see `predictionInterval`), of a claim about setups also the
 * number of usable ones; and the verdicts must be the registered ones. What counts neither way there: a verdict that is not
 * firm and turned inconclusive or the reverse, and one replicate too many whose premises failed. From supported to refuted is
 * 'no' everywhere.
 */
export function reproduction(
  evidence: Evidence,
  registered: RegisteredResult,
  { firm, familyVerdict }: { readonly firm: boolean; readonly familyVerdict?: Verdict },
): Reproduction {
  const here = canonical(evidence.devices) === canonical(registered.devices);
  const numbers = here ? sameNumbers(evidence, registered) : likeNumbers(evidence, registered);
  if (numbers !== undefined) return { how: 'no', why: numbers };
  const pairs = [
    [evidence.judgement.verdict, registered.verdict],
    ...(familyVerdict === undefined ? [] : [[familyVerdict, registered.familyVerdict] as const]),
  ] as const;
  const moved = pairs.find(([is, was]) => is !== was);
  if (moved === undefined) return { how: 'yes' };
  const [is, was] = moved;
  const why = `${is} here and registered as ${was}`;
  const neighbours = !here && pairs.every(([a, b]) => a === b || isNeighbour(a, b, evidence, firm));
  return { how: neighbours ? 'borderline' : 'no', why };
}

/** Why the numbers of the registered device are not the registered ones; undefined where they are. */
function sameNumbers({ digest, judgement, values }: Evidence, registered: RegisteredResult): string | undefined {
  if (registered.usable !== undefined && registered.usable !== values.length)
    return `${values.length} setups were usable, and ${registered.usable} when it was registered on this device`;
  if (judgement.mean !== registered.mean)
    return `the mean is ${three(judgement.mean)}, and was ${three(registered.mean)} when it was registered on this device: the same bits were to be expected`;
  if (digest !== registered.digest)
    return 'the mean is the registered one and the numbers behind it are not, on the device that was registered';
  return undefined;
}

/** A device without how many networks it trained in one program. */
const machineOf = (device: string): string => device.replace(/, \d+ networks in one program$/, '');

/** Why the numbers of another device are not like the registered ones; undefined where they are. */
function likeNumbers(evidence: Evidence, registered: RegisteredResult): string | undefined {
  const { judgement, values, seeds, prediction, unit } = evidence;
  const [is, was] = [evidence.devices, registered.devices].map((devices) =>
    [...new Set(devices.map(machineOf))].sort(),
  );
  const known = is?.some((device) => was?.includes(device)) === true;
  if (known && canonical(is) !== canonical(was))
    return `some of it ran on the registered device and some elsewhere (${is?.join('; ')}): let one device make all of it`;
  const { usable, mean, sd, n } = registered;
  if (usable !== undefined) {
    const of = predictionInterval({ mean: usable / n, sd: 0, n, share: true });
    const share = values.length / seeds.length;
    if (!(of.low <= share && share <= of.high))
      return `${values.length} setups were usable, and ${usable} when it was registered: more than another device explains`;
    if (values.length === 0) return undefined;
  }
  const numbers = { mean, sd, n: usable ?? n, share: usable !== undefined };
  const { low, high } = predictionInterval(numbers);
  if (low <= judgement.mean && judgement.mean <= high) return undefined;
  return (
    `the mean is ${three(judgement.mean)} ${unit}, outside [${three(low)}, ${three(high)}], where a repetition of the registered ` +
    `${three(mean)} lies in 95 % (predicted ${predictionText(prediction, unit)})`
  );
}

/** Whether rounding may have turned one verdict into the other, on a device that was not registered. */
function isNeighbour(is: Verdict, was: Verdict, evidence: Evidence, firm: boolean): boolean {
  if (is === 'premise failed') return evidence.premiseFailures.length === evidence.premiseAllowance + 1;
  return [is, was].includes('inconclusive') && was !== 'premise failed' && !firm;
}
