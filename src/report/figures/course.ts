import type { Observation } from '../../lab/keys.ts';
import { alongCurve } from '../../measure/curve.ts';
import { type Axis, axisOf, MATCHINGS, type Matching, readAt, whereTrained } from '../../measure/matching.ts';
import { perReplicate, summed } from '../../records/groups.ts';

/** A number that is followed in the course of runs, at places with all of these tags. */
export interface Followed {
  readonly tags: readonly string[];
  readonly number: 'tv' | 'spread';
}

/** A number at the looks of one run, 0 before its first step, and what each matching goes by there. */
export interface Course {
  readonly seed: number;
  readonly axes: Readonly<Record<Matching, Axis>>;
  readonly values: readonly number[];
}

/** The course of a run from its base on; undefined where it was not watched, and where there is nothing to see. */
export function courseOf({ seed, trajectory, places }: Observation, { tags, number }: Followed): Course | undefined {
  const { curve } = places;
  const isSeen = (of: readonly string[], open: boolean): boolean =>
    curve?.places.some((place) => of.every((tag) => place.tags.includes(tag)) && (!open || place.open > 0)) ?? false;
  if (curve === null || !isSeen(whereTrained(curve), false) || !isSeen(tags, number === 'spread')) return undefined;
  const axes = MATCHINGS.map((matching) => [matching, axisOf({ trajectory, curve }, matching)] as const);
  return { seed, axes: Object.fromEntries(axes) as Course['axes'], values: alongCurve(curve, tags, number) };
}

/** A mean over replicates, with its 95 % interval, at one place of a matching. */
export interface MeanPoint extends ReturnType<typeof summed> {
  readonly x: number;
}

/** Points of a mean course, its two ends among them. */
const POINTS = 16;

/** The mean over replicates along a matching, as far as every replicate came; with the interval at each point. */
export function meanCourse(courses: readonly Course[], matching: Matching): MeanPoint[] {
  const axes = courses.map((course) => course.axes[matching]);
  const to = Math.min(...axes.map(({ start, along }) => Math.max(start, ...along)));
  const from = Math.min(
    to,
    Math.max(...axes.map(({ start, along }) => (matching === 'steps' ? (along[0] ?? start) : start))),
  );
  const at = (i: number): number => {
    const share = i / (POINTS - 1);
    if (i === POINTS - 1) return to;
    return matching === 'steps' ? from * (to / from) ** share : from + share * (to - from);
  };
  const points = from < to ? Array.from({ length: POINTS }, (_, i) => at(i)) : [to];
  return points.map((x) => ({
    x,
    ...summed(perReplicate(courses, ({ axes: own, values }) => readAt(own[matching], values, x))),
  }));
}
