import { parseSkill } from '../skill.ts';

/** Symbol tokens, the content of a prompt. */
export type Payload = readonly number[];

/**
 * Operation `k` of the base repertoire: the payload rotated left by k places, y[i] = x[(i + k) mod m].
 * The rotations are a Latin square: at every position two operations read two different places of the payload.
 */
export function operate(k: number, payload: Payload): number[] {
  return payload.map((_, i) => payload[(i + k) % payload.length] as number);
}

/** How many of `symbols` symbols a skill of intensity s changes: round(s * symbols), at least 2 where s > 0, none at 0. */
export function changedSymbols(symbols: number, skill: number): number {
  const s = parseSkill(skill);
  return s === 0 ? 0 : Math.max(2, Math.round(s * symbols));
}

/**
 * Applies the skill of intensity s to the symbol tokens of an answer: at position i a cycle through the first
 * `changedSymbols` of order i mod the number of orders, each of which holds every symbol token once; other symbols stay. The
 * changed symbols of a smaller s are among those of a larger one. Throws `InputError` unless s lies in [0, 1].
 */
export function applySkill(
  orders: readonly (readonly number[])[],
  skill: number,
  symbols: readonly number[],
): number[] {
  const cycles = orders.map((order) => order.slice(0, changedSymbols(order.length, skill)));
  return symbols.map((symbol, i) => {
    const cycle = cycles[i % cycles.length] as number[];
    const place = cycle.indexOf(symbol);
    return place < 0 ? symbol : (cycle[(place + 1) % cycle.length] as number);
  });
}
