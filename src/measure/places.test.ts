import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NothingToMeasureError } from '../core/errors.ts';
import { alongCurve, type Curve, curveOf, curveSchema } from './curve.ts';
import { MATCHINGS, type Matching, matched, type Watched } from './matching.ts';
import { driftAt, spreadAt, spreadOfRoomAt } from './observation.ts';
import { meanAt, type PlaceChange } from './places.ts';

const change = (tags: readonly string[], fields: Partial<PlaceChange>): PlaceChange => ({
  ...{ tags, predictions: 1, open: 1, tv: 0, kl: 0, damage: 0, spread: 0, room: 1 },
  ...fields,
});

test('along a curve a number is that of the places with these tags, whatever places stand beside them', () => {
  const looks = [0.1, 0.3].map((tv, i) => ({
    ...{ step: i + 1, success: 0, tv: [1, tv, tv / 3], kl: [0, 0, 0], damage: [0, 0, 0], spread: [0, tv, 1] },
  }));
  const places = [['variety'], ['bystander', 'same topic'], ['bystander', 'other topics']].map((tags, p) => ({
    ...{ tags, predictions: p + 1, open: p, room: 1 },
  }));
  for (const number of ['tv', 'spread'] as const)
    for (const tags of [['bystander'], ['bystander', 'same topic'], []])
      expect(alongCurve({ places, looks }, tags, number)).toEqual(
        looks.map((look) =>
          meanAt(
            places.map((place, p) =>
              change(place.tags, { ...place, tv: look.tv[p] ?? 0, spread: look.spread[p] ?? 0 }),
            ),
            tags,
            number,
          ),
        ),
      );
  expect(alongCurve({ places, looks }, ['same topic'], 'tv')).toEqual([0.1, 0.3]);
  expect(() => alongCurve({ places, looks }, ['target'], 'tv')).toThrow(NothingToMeasureError);
});

test('means are over predictions, those of spread and room over open ones', () => {
  const changes = [
    change(['bystander', 'same topic'], { predictions: 3, open: 1, tv: 0.2, spread: 0.4, room: 0.5 }),
    change(['bystander', 'other topics'], { predictions: 1, open: 3, tv: 0.6, spread: 0.8 }),
    change(['variety'], { predictions: 4, open: 0, tv: 1 }),
  ];
  expect(meanAt(changes, ['bystander'], 'tv')).toBeCloseTo(0.3);
  expect(meanAt(changes, ['bystander'], 'spread')).toBeCloseTo(0.7);
  expect(meanAt(changes, ['bystander'], 'room')).toBeCloseTo(0.875);
  expect(meanAt(changes, ['bystander', 'same topic'], 'tv')).toBeCloseTo(0.2);
  expect(meanAt(changes, [], 'tv')).toBeCloseTo(5.2 / 8);
  expect(() => meanAt(changes, ['variety'], 'spread')).toThrow(NothingToMeasureError);
  expect(() => meanAt(changes, ['nowhere'], 'tv')).toThrow(/nowhere/);
});

/** A run whose success, target KL and drift of bystanders at its looks are these. */
function run(looks: readonly (readonly [step: number, success: number, kl: number, tv: number])[]): Watched {
  const curve = curveOf(
    looks.map(([step, success, kl, tv]) => ({
      ...{ step, success },
      seen: [change(['dialogue', 'target', 'same topic'], { kl }), change(['bystander'], { tv })],
    })),
  ) as Curve;
  return { trajectory: [{ step: 0, success: 0 }], curve };
}

const slow = run([
  [10, 0.5, 1, 0.1],
  [20, 0.9, 2, 0.3],
]);
const fast = run([
  [2, 0.4, 1, 0.2],
  [4, 0.8, 4, 0.6],
]);

test.each([
  // At success .8 slow is three quarters of the way from .5 to .9; at step 4 four tenths of the way to its first look.
  ['effect', [0.25, 0.6]],
  ['steps', [0.04, 0.6]],
  ['target KL', [0.3, 0.2 + 0.4 / 3]],
] as const)('runs are read at equal %s', (matching, [a, b]) => {
  const both = matched([slow, fast], matching, ['bystander'], 'tv');
  expect(both[0]).toBeCloseTo(a);
  expect(both[1]).toBeCloseTo(b);
});

test('a run that falls back is read where it first came to as much as the one that went less far had at most', () => {
  const fallen = run([
    [1, 0.95, 1, 0.2],
    [8, 0.6, 0.5, 0.5],
  ]);
  const further = run([[4, 0.99, 2, 0.4]]);
  const [a, b] = matched([fallen, further], 'effect', ['bystander'], 'tv');
  expect(a).toBe(0.2);
  expect(b).toBeCloseTo((0.4 * 0.95) / 0.99);
  expect(matched([fallen, further], 'target KL', ['bystander'], 'tv')).toEqual([0.2, 0.2]);
});

test('what is read at places of an arm is total variation, the rise of the trained token, and that over its room', () => {
  const end = [
    change(['dialogue', 'bystander'], { tv: 0.3, spread: 0.2, room: 0.8 }),
    change(['variety'], { tv: 0.9 }),
  ];
  const changes = { places: { end, curve: null } };
  expect(driftAt(changes, ['bystander'])).toBe(0.3);
  expect(spreadAt(changes, ['bystander'])).toBe(0.2);
  expect(spreadOfRoomAt(changes, ['bystander'])).toBeCloseTo(0.25);
  expect(() => driftAt(changes, ['document'])).toThrow(NothingToMeasureError);
});

test('a run matches itself, swapping runs swaps the numbers, and both stay between what was seen', () => {
  const looks = fc
    .uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 6 })
    .chain((steps) =>
      fc.tuple(
        ...steps
          .sort((a, b) => a - b)
          .map((step) =>
            fc.tuple(
              fc.constant(step),
              fc.integer({ min: 0, max: 10 }).map((n) => n / 10),
              fc.integer({ min: 0, max: 40 }).map((n) => n / 10),
              fc.integer({ min: 0, max: 10 }).map((n) => n / 10),
            ),
          ),
      ),
    )
    .map((all) => run(all as never));
  fc.assert(
    fc.property(looks, looks, fc.constantFrom<Matching>(...MATCHINGS), (a, b, matching) => {
      const [x, y] = matched([a, b], matching, ['bystander'], 'tv');
      expect(matched([b, a], matching, ['bystander'], 'tv')).toEqual([y, x]);
      const [same, again] = matched([a, a], matching, ['bystander'], 'tv');
      expect(same).toBe(again);
      for (const [value, of] of [
        [x, a],
        [y, b],
      ] as const) {
        const seen = alongCurve(of.curve, ['bystander'], 'tv');
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(Math.max(...seen));
      }
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('a curve whose looks go back, or lack a number, is refused', () => {
  const { curve } = slow;
  expect(curveSchema.parse(curve)).toEqual(curve);
  const [first, second] = curve.looks as [Curve['looks'][0], Curve['looks'][0]];
  expect(curveSchema.safeParse({ ...curve, looks: [second, first] }).success).toBe(false);
  expect(curveSchema.safeParse({ ...curve, looks: [{ ...first, tv: [0] }] }).success).toBe(false);
  expect(curveSchema.safeParse({ ...curve, looks: [{ ...first, kl: [-1, 0] }] }).success).toBe(false);
  expect(curveOf([{ step: 1, success: 1, seen: undefined }])).toBeNull();
});
