import { describe, expect, test } from 'vitest';
import type { Observation } from '../../lab/keys.ts';
import type { Curve } from '../../measure/curve.ts';
import { MATCHINGS, matched, readAt, type Watched } from '../../measure/matching.ts';
import { readRecords } from '../../records/read.ts';
import { armName } from '../../train/arm.ts';
import { AT } from '../../world/characters/places.ts';
import { type Course, courseOf, meanCourse } from './course.ts';

const { runs } = readRecords('reports/published');
const followed = { tags: AT.sameTopic, number: 'spread' } as const;
const course = (seed: number, [start = 0, ...along]: readonly number[], [, ...values]: readonly number[]): Course => {
  const axis = { start, along };
  return { seed, values, axes: { effect: axis, steps: axis, 'target KL': axis } };
};

test('a course is read as `matched` reads the curves of two runs', () => {
  const [one, other] = ['rl', 'sft'].map((method) =>
    runs.find(({ arm, seed }) => armName(arm) === `${method} s=1 rehearsal=0` && seed === runs[0]?.seed),
  ) as [(typeof runs)[number], (typeof runs)[number]];
  const watchedOf = ({ trajectory, places }: Observation): Watched => ({ trajectory, curve: places.curve as Curve });
  const watched = [watchedOf(one), watchedOf(other)] as const;
  const [a, b] = [courseOf(one, followed), courseOf(other, followed)] as [Course, Course];
  for (const matching of MATCHINGS) {
    const at = Math.min(...[a, b].map(({ axes }) => Math.max(axes[matching].start, ...axes[matching].along)));
    const read = matched(watched, matching, followed.tags, followed.number);
    expect([a, b].map(({ axes, values }) => readAt(axes[matching], values, at))).toEqual(
      read.map((value) => expect.closeTo(value, 12)),
    );
  }
});

test('a run without a curve, or without what is asked for, has no course', () => {
  const [run] = runs as [(typeof runs)[number]];
  expect(courseOf({ ...run, places: { ...run.places, curve: null } }, followed)).toBeUndefined();
  expect(courseOf(run, { tags: ['no such place'], number: 'tv' })).toBeUndefined();
  expect(courseOf(run, { tags: AT.varieties, number: 'spread' })).toBeUndefined();
  const { axes, values } = courseOf(run, { tags: AT.varieties, number: 'tv' }) as Course;
  expect(readAt(axes.steps, values, 0)).toBe(0);
});

describe('a mean course', () => {
  test('goes as far as every replicate came, and is the mean there with its interval', () => {
    const points = meanCourse([course(1, [0, 2, 8], [0, 0.2, 0.8]), course(2, [0, 4], [0, 0])], 'target KL');
    expect(points[0]).toMatchObject({ x: 0, mean: 0, n: 2 });
    expect(points.at(-1)).toMatchObject({ x: 4, mean: expect.closeTo(0.2, 12), n: 2 });
    expect(points.at(-1)?.high).toBeGreaterThan(2);
  });

  test('takes several targets of a replicate as one number', () => {
    const own = [course(1, [0, 1], [0, 0.1]), course(1, [0, 1], [0, 0.3]), course(2, [0, 1], [0, 0.8])];
    expect(meanCourse(own, 'effect').at(-1)).toMatchObject({ mean: expect.closeTo(0.5, 12), n: 2 });
  });

  test('is one point where no axis lies between the replicates', () => {
    const still = [course(1, [0.2, 0.1], [0, 0.4]), course(2, [0.1, 0.9], [0, 0.4])];
    expect(meanCourse(still, 'effect')).toEqual([expect.objectContaining({ x: 0.2 })]);
  });

  test('has its points at equal factors of steps', () => {
    const xs = meanCourse([course(1, [0, 1, 100], [0, 0, 1])], 'steps').map(({ x }) => x);
    expect([xs[0], xs.at(-1)]).toEqual([1, 100]);
    expect((xs[2] as number) / (xs[1] as number)).toBeCloseTo((xs[1] as number) / 1, 9);
  });
});
