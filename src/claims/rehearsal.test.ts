import { expect, test } from 'vitest';
import type { SetupOutcome } from './evidence.ts';
import { rehearsalText } from './explain.ts';
import { judgeSetups } from './judging.ts';
import { byLevel, byRehearsal, REHEARSAL, STRATA, together } from './rehearsal.ts';
import { greaterThan } from './verdict.ts';

/** What one setup said: whether it counts, with this weight of rehearsal or without a change of it. */
const said = (counts: boolean, weight?: number, more: Partial<SetupOutcome> = {}): SetupOutcome => ({
  ...{ seed: 1, value: counts ? 1 : -1, premise: true, counts },
  changes: weight === undefined ? { 'model.width': 48 } : { [REHEARSAL]: weight },
  ...more,
});
const setups = (outcomes: readonly SetupOutcome[], usual = 0.2) => ({
  ...{
    of: 'X',
    stratum: STRATA[0],
    side: greaterThan(0),
    usual,
    factors: { 'model.width': 64, [REHEARSAL]: 0 },
    outcomes,
  },
});
const outcomes = [
  ...[said(true), said(true), said(false), said(true, 0)],
  ...[said(false, 0.25), said(true, 4)],
  ...[said(false, undefined, { premise: false }), said(false, 1, { value: null, premise: false })],
];

test('shares are split by whether arms rehearse; setups without a premise or a number are in neither', () => {
  const [without, rehearsed] = byRehearsal(setups(outcomes));
  expect(without).toMatchObject({ name: 'without rehearsal', hits: 3, n: 4 });
  expect(rehearsed).toMatchObject({ name: 'with rehearsal', hits: 1, n: 2 });
  // Wilson's formula for 3 of 4 and 1 of 2, worked out apart from this code.
  expect(without?.interval?.low).toBeCloseTo(0.30064184, 7);
  expect(without?.interval?.high).toBeCloseTo(0.95441273, 7);
  expect(rehearsed?.interval?.low).toBeCloseTo(0.09453121, 7);
  expect(rehearsed?.interval?.high).toBeCloseTo(0.90546879, 7);
});

test('both together weigh as they are usually drawn, not as they are here; none without one of them', () => {
  expect(together(setups(outcomes))?.share).toBeCloseTo(0.8 * 0.75 + 0.2 * 0.5, 12);
  expect(together(setups(outcomes, 1))?.share).toBeCloseTo(0.5, 12);
  expect(together(setups(outcomes.slice(0, 4)))).toBeNull();
});

test('only the stratum of a claim is judged, and only its premises count', () => {
  const judge = (stratum: (typeof STRATA)[number]) =>
    judgeSetups(greaterThan(0.6), { side: greaterThan(0), stratum }, outcomes);
  const [without, rehearsed] = STRATA.map(judge);
  expect(without).toMatchObject({ values: [1, 1, 0, 1], premiseFailures: [1], premiseAllowance: 2 });
  expect(without?.judgement).toMatchObject({ n: 4, mean: 0.75 });
  expect(rehearsed).toMatchObject({ values: [0, 1], premiseFailures: [1], premiseAllowance: 1 });
  expect(rehearsed?.judgement).toMatchObject({ n: 2, mean: 0.5 });
  expect(without?.outcomes).toEqual(rehearsed?.outcomes);
});

test('every value of a factor that varies has its shares, the registered one where a setup does not change it', () => {
  const rows = byLevel(setups(outcomes)).map(({ factor, level, isRegistered, shares }) => [
    ...[factor, level, isRegistered],
    ...shares.map(({ hits, n }) => `${hits} of ${n}`),
  ]);
  expect(rows).toEqual([
    ['model.width', 48, false, '2 of 3', '0 of 0'],
    ['model.width', 64, true, '1 of 1', '1 of 2'],
    [REHEARSAL, 0, true, '3 of 4', '0 of 0'],
    [REHEARSAL, 0.25, false, '0 of 0', '0 of 1'],
    [REHEARSAL, 1, false, '0 of 0', '0 of 0'],
    [REHEARSAL, 4, false, '0 of 0', '1 of 1'],
  ]);
  expect(byLevel(setups([said(true), said(false)]))).toEqual([]);
});

test('the words have both strata with their intervals, and together where both are there', () => {
  expect(rehearsalText(setups([said(true), said(false)]))).toBe(
    '1 of 2 without rehearsal [9 %, 91 %], 0 of 0 with rehearsal',
  );
  expect(rehearsalText(setups(outcomes))).toBe(
    '3 of 4 without rehearsal [30 %, 95 %], 1 of 2 with rehearsal [9 %, 91 %], together 70 % [33 %, 88 %] where 20 % rehearse',
  );
});
