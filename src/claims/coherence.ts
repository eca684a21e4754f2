import { tInterval } from '../stats/paired.ts';
import { wilson } from '../stats/proportion.ts';
import { PROFILES, type Profile } from './configuration.ts';
import type { Content } from './content.ts';
import { inFamily, type Numbers, verdictFrom } from './family.ts';
import type { RegisteredResult, Registry } from './registry.ts';

/** The numbers of a registered result, as far as its verdict follows from them. */
export function numbersIn({ family, prediction }: Content, result: RegisteredResult): Numbers {
  const { verdict, mean, sd, n, usable } = result;
  const share = family === 'prevalence';
  return { family, prediction, verdict, mean, sd, n: share ? (usable ?? 0) : n, share };
}

/**
 * Where a registry contradicts itself, a phrase each: a mean outside its own interval, an interval that mean, deviation and
 * number do not give, a verdict that they do not give, `usable` on a claim that is not about setups or its absence on one that
 * is, and a verdict after Holm that the registered family does not give. Empty for a sound one.
 */
export function registryFaults(registry: Registry): string[] {
  const alone = Object.entries(registry).flatMap(([id, { content, profiles }]) =>
    PROFILES.flatMap((profile) => {
      const result = profiles[profile];
      return result === undefined ? [] : resultFaults(content, result).map((fault) => `${id} at ${profile}: ${fault}`);
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
  const members = Object.entries(registry).filter(([, { content }]) => content.family === 'confirmatory');
  const results = members.map(([id, { content, profiles }]) => ({ id, content, result: profiles[profile] }));
  if (results.some(({ result }) => result === undefined)) return [];
  const complete = results.map(({ id, content, result }) => ({ id, content, result: result as RegisteredResult }));
  const given = inFamily(
    complete.map(({ content, result }) => ({
      family: content.family,
      verdict: result.verdict,
      pDecided: result.verdict === 'premise failed' ? 1 : verdictFrom(numbersIn(content, result)).pDecided,
    })),
  );
  return complete.flatMap(({ id, result }, i) => {
    const expected = given[i]?.familyVerdict;
    return expected === result.familyVerdict
      ? []
      : [`${id} at ${profile}: ${result.familyVerdict} after Holm, where the registered family gives ${expected}`];
  });
}
