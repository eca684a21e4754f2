import { z } from 'zod';
import { NothingToMeasureError } from '../core/errors.ts';
import type { Programs } from '../engine/programs.ts';
import { architectureOf } from '../model/parameters.ts';
import type { Place } from '../world/place.ts';
import type { World } from '../world/world.ts';
import { distances } from './drift.ts';
import { type Forced, forced } from './forced.ts';

/** How the predictions of one place changed: means over them. */
export interface PlaceChange {
  /** What kind of place it is. */
  readonly tags: readonly string[];
  /** How many predictions there are; those of them in which the trained token is another than the text's are `open`. */
  readonly predictions: number;
  readonly open: number;
  /** Total variation between base and tuned, in [0, 1]. */
  readonly tv: number;
  /** KL(base || tuned), nats. */
  readonly kl: number;
  /** Probability of the text's own token that the base gives, less that which tuned gives, in [-1, 1]. */
  readonly damage: number;
  /** Probability of the trained token that tuned gives, less that which the base gives, where open, in [-1, 1]; 0 where nothing is. */
  readonly spread: number;
  /**
   * The most that spread could be: 1 less the probability of the trained token that the base gives, where open, in [0, 1]; 0 where
   * nothing is.
   */
  readonly room: number;
}

const share = z.number().min(0).max(1);
const change = z.number().min(-1).max(1);
const count = z.int().min(0);

/** The changes of the places of one comparison, each kind of place once. */
export const placesSchema: z.ZodType<readonly PlaceChange[]> = z
  .array(
    z.strictObject({
      ...{ tags: z.array(z.string()).min(1), predictions: count.min(1), open: count },
      ...{ tv: share, kl: z.number().min(0), damage: change, spread: change, room: share },
    }),
  )
  .min(1);

/** Numbers of a change that a mean over places can be taken of. */
export type PlaceNumber = 'tv' | 'kl' | 'damage' | 'spread' | 'room';

/** A network's predictions in a place, made once for all that is compared with it. */
export type PlacePredictions = readonly Forced[];

/** What a network [P] predicts in these places. */
export async function predictionsAt(
  programs: Programs,
  world: World,
  network: Float32Array,
  places: readonly Place[],
): Promise<PlacePredictions> {
  const size = places.reduce((sum, place) => sum + place.size, 0);
  const { context: L } = world.setup.model;
  const tokens = new Int32Array(size * L);
  const starts = places.map((_, p) => places.slice(0, p).reduce((sum, place) => sum + place.size, 0));
  places.forEach((place, p) => {
    tokens.set(place.tokens, (starts[p] as number) * L);
  });
  const all = await forced(programs, architectureOf(world), network, { size, tokens });
  return starts.map((start) => ({ at: (b, t) => all.at(start + b, t) }));
}

/** How these places changed from base to tuned, whose predictions there are given. */
export function changesAt(
  world: World,
  places: readonly Place[],
  base: PlacePredictions,
  tuned: PlacePredictions,
): PlaceChange[] {
  const { context: L } = world.setup.model;
  return places.map(({ tags, tokens, predictions, trained }, p) => {
    const sums = { tv: 0, kl: 0, damage: 0, spread: 0, room: 0 };
    let open = 0;
    predictions.forEach((prediction, i) => {
      const [b, t] = [Math.floor(prediction / (L - 1)), prediction % (L - 1)];
      const [was, is] = [(base[p] as Forced).at(b, t), (tuned[p] as Forced).at(b, t)];
      const { tv, kl } = distances(was, is);
      sums.tv += tv;
      sums.kl += kl;
      const [own, aim] = [tokens[b * L + t + 1] as number, trained[i] as number];
      sums.damage += probability(was, own) - probability(is, own);
      if (aim < 0 || aim === own) return;
      open++;
      sums.spread += probability(is, aim) - probability(was, aim);
      sums.room += 1 - probability(was, aim);
    });
    const { length: n } = predictions;
    return {
      ...{ tags, predictions: n, open },
      ...{ tv: sums.tv / n, kl: sums.kl / n, damage: sums.damage / n },
      ...{ spread: open === 0 ? 0 : sums.spread / open, room: open === 0 ? 0 : sums.room / open },
    };
  });
}

/** exp(log p) at a token, at most 1 whatever the rounding. */
const probability = (logp: Float32Array, token: number): number => Math.min(1, Math.exp(logp[token] as number));

/**
 * The mean of a number over the predictions of all places that have all of these tags; spread and room over the open ones.
 * Throws `NothingToMeasureError` where there is none.
 */
export function meanAt(changes: readonly PlaceChange[], tags: readonly string[], number: PlaceNumber): number {
  const total = weightAt(changes, tags, number);
  if (total === 0) throw new NothingToMeasureError(`no place to measure ${number} at: ${tags.join(', ')}`);
  const chosen = changes.filter((each) => isAt(each, tags));
  return chosen.reduce((sum, each) => sum + each[weightOf(number)] * each[number], 0) / total;
}

/** Over how many predictions such a mean is taken, 0 where there is nothing to measure. */
export const weightAt = (changes: readonly PlaceChange[], tags: readonly string[], number: PlaceNumber): number =>
  changes.filter((each) => isAt(each, tags)).reduce((sum, each) => sum + each[weightOf(number)], 0);

const isAt = (change: PlaceChange, tags: readonly string[]): boolean => tags.every((tag) => change.tags.includes(tag));

const weightOf = (number: PlaceNumber): 'open' | 'predictions' =>
  number === 'spread' || number === 'room' ? 'open' : 'predictions';
