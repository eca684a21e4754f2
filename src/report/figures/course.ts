import type { Observation } from '../../lab/keys.ts';
import { alongCurve } from '../../measure/curve.ts';
import type { Matching } from '../../measure/matching.ts';
import { perReplicate, summed } from '../../records/groups.ts';
import { AT } from '../../world/characters/places.ts';

/** A number that is followed in the course of runs, at places with all of these tags. */
export interface Followed {
  readonly tags: readonly string[];
  readonly number: 'tv' | 'spread';
}

/** A number in the course of one run, against what each matching goes by; equally many of all. */
export interface Course {
  readonly seed: number;
  readonly along: Readonly<Record<Matching, readonly number[]>>;
  readonly values: readonly number[];
}

/** The course of a run from its base on; undefined where it was not watched, and where there is nothing to see. */
export function courseOf({ seed, trajectory, places }: Observation, { tags, number }: Followed): Course | undefined {
  const { curve } = places;
  const isSeen = (of: readonly string[], open: boolean): boolean =>
    curve?.places.some((place) => of.every((tag) => place.tags.includes(tag)) && (!open || place.open > 0)) ?? false;
  if (curve === null || !isSeen(AT.target, false) || !isSeen(tags, number === 'spread')) return undefined;
  const { looks } = curve;
  const along = {
    effect: [trajectory[0]?.success ?? 0, ...looks.map(({ success }) => success)],
    steps: [0, ...looks.map(({ step }) => step)],
    'target KL': [0, ...alongCurve(curve, AT.target, 'kl')],
  };
  return { seed, along, values: [0, ...alongCurve(curve, tags, number)] };
}

/** The value where a course first comes to `at`, linearly between looks: what `matched` reads of two runs. */
export function readAt({ along, values }: Course, matching: Matching, at: number): number {
  const xs = along[matching];
  const i = xs.findIndex((x) => x >= at);
  if (i <= 0) return values[Math.max(0, i)] as number;
  const [before, x] = [xs[i - 1] as number, xs[i] as number];
  const share = (at - before) / (x - before);
  return (1 - share) * (values[i - 1] as number) + share * (values[i] as number);
}

/** A mean over replicates, with its 95 % interval, at one place of a matching. */
export interface MeanPoint extends ReturnType<typeof summed> {
  readonly x: number;
}

/** Points of a mean course, its two ends among them. */
const POINTS = 16;

/** The mean over replicates along a matching, as far as every replicate came; with the interval at each point. */
export function meanCourse(courses: readonly Course[], matching: Matching): MeanPoint[] {
  const to = Math.min(...courses.map(({ along }) => Math.max(...along[matching])));
  const from = Math.min(
    to,
    Math.max(...courses.map(({ along }) => along[matching][matching === 'steps' ? 1 : 0] ?? 0)),
  );
  const at = (i: number): number => {
    const share = i / (POINTS - 1);
    if (i === POINTS - 1) return to;
    return matching === 'steps' ? from * (to / from) ** share : from + share * (to - from);
  };
  const points = from < to ? Array.from({ length: POINTS }, (_, i) => at(i)) : [to];
  return points.map((x) => ({ x, ...summed(perReplicate(courses, (course) => readAt(course, matching, x))) }));
}
