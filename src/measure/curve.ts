import { z } from 'zod';
import type { Programs } from '../engine/programs.ts';
import type { Look, Run } from '../train/tune.ts';
import {
  changesAt,
  meanAt,
  type PlaceChange,
  type PlaceNumber,
  type PlacePredictions,
  predictionsAt,
} from './places.ts';

/** Numbers of every place at one look, in the order of the curve's places. */
interface CurveLook {
  readonly step: number;
  /** See `Checkpoint`. */
  readonly success: number;
  readonly tv: readonly number[];
  readonly kl: readonly number[];
  readonly damage: readonly number[];
  readonly spread: readonly number[];
}

/** How the places of a world changed in the course of a run, at a glance: at its looks, the last of which is its end. */
export interface Curve {
  readonly places: readonly Pick<PlaceChange, 'tags' | 'predictions' | 'open' | 'room'>[];
  readonly looks: readonly CurveLook[];
}

/** Digits of a number of a curve. */
const DIGITS = 6;
const digits = (value: number): number => Number(value.toPrecision(DIGITS));

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const many = (each: z.ZodType<number>): z.ZodType<number[]> => z.array(each);
export const curveSchema: z.ZodType<Curve> = z
  .strictObject({
    places: z
      .array(z.strictObject({ tags: z.array(z.string()).min(1), predictions: count.min(1), open: count, room: share }))
      .min(1),
    looks: z
      .array(
        z.strictObject({
          ...{ step: count.min(1), success: share, tv: many(share), kl: many(z.number().min(0)) },
          ...{ damage: many(z.number().min(-1).max(1)), spread: many(z.number().min(-1).max(1)) },
        }),
      )
      .min(1),
  })
  .refine(
    ({ places, looks }) =>
      looks.every((look) => [look.tv, look.kl, look.damage, look.spread].every((of) => of.length === places.length)),
    'a number for every place at every look',
  )
  .refine(({ looks }) => looks.every(({ step }, i) => step > (looks[i - 1]?.step ?? 0)), 'looks at ever later steps');

/** Looks at the places of the worlds of runs; undefined at runs whose worlds have none. What the bases predict is looked up once a run. */
export function watcher(
  programs: Programs,
  runs: readonly Run[],
): (r: number, network: Float32Array) => Promise<readonly PlaceChange[] | undefined> {
  const watched = runs.map(({ world, arm, base }) => {
    const places = world.places?.(arm.skill, 'glance');
    return places && { places, base: predictionsAt(programs, world, base, places) };
  });
  for (const each of watched) each?.base.catch(() => {});
  return async (r, network) => {
    const [each, { world }] = [watched[r], runs[r] as Run];
    if (each === undefined) return undefined;
    const tuned = await predictionsAt(programs, world, network, each.places);
    return changesAt(world, each.places, (await each.base) as PlacePredictions, tuned);
  };
}

/** The curve of a run from what `watcher` saw at its looks; null where it saw nothing. */
export function curveOf(looks: readonly Look<readonly PlaceChange[] | undefined>[]): Curve | null {
  const seen = looks.flatMap(({ step, success, seen: changes }) => (changes ? [{ step, success, changes }] : []));
  const [first] = seen;
  if (first === undefined) return null;
  return {
    places: first.changes.map(({ tags, predictions, open, room }) => ({ tags, predictions, open, room: digits(room) })),
    looks: seen.map(({ step, success, changes }) => ({
      ...{ step, success },
      tv: changes.map(({ tv }) => digits(tv)),
      kl: changes.map(({ kl }) => digits(kl)),
      damage: changes.map(({ damage }) => digits(damage)),
      spread: changes.map(({ spread }) => digits(spread)),
    })),
  };
}

/** A number of a curve's places with all of these tags at each of its looks, as `meanAt` gives it. */
export function alongCurve(
  { places, looks }: Curve,
  tags: readonly string[],
  number: Exclude<PlaceNumber, 'room'>,
): number[] {
  // A curve has many more places than are asked for, and every look goes through those that are left.
  const asked = [...places.entries()].filter(([, place]) => tags.every((tag) => place.tags.includes(tag)));
  return looks.map((look) => {
    const changes = asked.map(([p, place]) => ({
      ...place,
      ...{ tv: look.tv[p] as number, kl: look.kl[p] as number },
      ...{ damage: look.damage[p] as number, spread: look.spread[p] as number },
    }));
    return meanAt(changes, tags, number);
  });
}
