import { PROFILES, type Profile } from '../project/configuration.ts';
import { tInterval } from '../stats/paired.ts';
import { wilson } from '../stats/proportion.ts';
import type { Content } from './content.ts';
import { inFamily, type Numbers, verdictFrom } from './family.ts';
import { setupsAllowed } from './judging.ts';
import type { RegisteredClaim, RegisteredResult, Registry } from './registry.ts';
import type { Verdict } from './verdict.ts';

/** The numbers of a registered result, as far as its verdict follows from them. */
export function numbersIn({ family, prediction }: Content, result: RegisteredResult): Numbers {
  const { verdict, mean, sd, n, usable } = result;
  const share = family === 'prevalence';
  return { family, prediction, verdict, mean, sd, n: share ? (usable ?? 0) : n, share };
}

/**
 * Where a registry contradicts itself, a phrase each: a mean outside its own interval, an interval that mean, deviation and
 * number do not give, a verdict that they do not give, `holdout` of a claim that does not say since when it is what it is,
 * `usable` on a claim that is not about setups or its absence on one that is, and a verdict after Holm that the registered
 * family does not give. Empty for a sound one.
 */
export function registryFaults(registry: Registry): string[] {
  const alone = Object.entries(registry).flatMap(([id, { content, declared, profiles }]) =>
    PROFILES.flatMap((profile) => {
      const result = profiles[profile];
      if (result === undefined) return [];
      const undated = result.holdout !== undefined && declared === undefined;
      const faults = [...(undated ? ['holdout without declared'] : []), ...resultFaults(content, result)];
      return faults.map((fault) => `${id} at ${profile}: ${fault}`);
    }),
  );
  return alone.length > 0 ? alone : PROFILES.flatMap((profile) => familyFaults(registry, profile));
}

/** Two numbers that only rounding can keep apart. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

function resultFaults(content: Content, result: RegisteredResult): string[] {
  const { n, usable, verdict, familyVerdict, mean, sd, low, high } = result;
  const share = content.family === 'prevalence';
  if (share !== (usable !== undefined))
    return [share ? 'a claim about setups without usable' : 'usable on a claim that is not about setups'];
  if (usable !== undefined && usable > n) return [`${usable} usable of ${n} setups`];
  if (!(low <= mean && mean <= high)) return [`the mean ${mean} outside its interval [${low}, ${high}]`];
  if (sd < 0) return [`the standard deviation ${sd}`];
  const numbers = numbersIn(content, result);
  if (numbers.n === 0) return verdict === 'premise failed' ? [] : [`${verdict} without a usable setup`];
  if (share && !near(mean * numbers.n, Math.round(mean * numbers.n)))
    return [`the share ${mean} of ${numbers.n} setups`];
  if (share && !near(sd, Math.sqrt(mean * (1 - mean)))) return [`the standard deviation ${sd} of a share of ${mean}`];
  const tooFew = usable !== undefined && n - usable > setupsAllowed(n);
  if (share && tooFew !== (verdict === 'premise failed')) return [`${verdict} with ${usable} usable of ${n} setups`];
  const interval = share ? wilson(Math.round(mean * numbers.n), numbers.n) : tInterval(numbers, 0.95);
  if (!near(interval.low, low) || !near(interval.high, high))
    return [`the interval [${low}, ${high}], where its numbers give [${interval.low}, ${interval.high}]`];
  const given = verdictFrom(numbers).verdict;
  if (verdict !== 'premise failed' && verdict !== given) return [`${verdict}, where its numbers give ${given}`];
  if (content.family !== 'confirmatory' && familyVerdict !== verdict)
    return [`${familyVerdict} in a family, where it has none and is ${verdict} alone`];
  return [];
}

/** Holm over the registered family; a family of which a claim lacks this profile says nothing. */
function familyFaults(registry: Registry, profile: Profile): string[] {
  return [...familyVerdicts(registry, profile)].flatMap(([id, expected]) => {
    const is = registry[id]?.profiles[profile]?.familyVerdict;
    return is === expected
      ? []
      : [`${id} at ${profile}: ${is} after Holm, where the registered family gives ${expected}`];
  });
}

/**
 * The verdicts after Holm that a registry's own numbers give at a profile, by id; none where the family is not all there. A claim that
 * is registered at larger profiles alone is none of this one's family.
 */
function familyVerdicts(registry: Registry, profile: Profile): Map<string, Verdict> {
  const larger = PROFILES.slice(PROFILES.indexOf(profile) + 1);
  const members = Object.entries(registry)
    .filter(([, { content }]) => content.family === 'confirmatory')
    .filter(
      ([, { profiles }]) => profiles[profile] !== undefined || !larger.some((each) => profiles[each] !== undefined),
    )
    .map(([id, { content, profiles }]) => ({ id, content, result: profiles[profile] }));
  const complete = members.flatMap(({ id, content, result }) =>
    result === undefined ? [] : [{ id, content, result }],
  );
  if (complete.length < members.length) return new Map();
  const given = inFamily(
    complete.map(({ content, result }) => ({
      family: content.family,
      verdict: result.verdict,
      pDecided: result.verdict === 'premise failed' ? 1 : verdictFrom(numbersIn(content, result)).pDecided,
    })),
  );
  return new Map(complete.map(({ id }, i) => [id, given[i]?.familyVerdict as Verdict]));
}

/**
 * A registry with the verdicts after Holm that its numbers give, at every profile whose family is all there: a claim that joins or
 * leaves the family at one profile changes what Holm says of the others at every profile.
 */
export function withFamilyVerdicts(registry: Registry): Registry {
  const given = new Map(PROFILES.map((profile) => [profile, familyVerdicts(registry, profile)]));
  return Object.fromEntries(
    Object.entries(registry).map(([id, each]): [string, RegisteredClaim] => {
      const profiles = Object.entries(each.profiles).map(([profile, result]) => {
        const familyVerdict = given.get(profile as Profile)?.get(id) ?? result.familyVerdict;
        return [profile, { ...result, familyVerdict }];
      });
      return [id, { ...each, profiles: Object.fromEntries(profiles) }];
    }),
  );
}
