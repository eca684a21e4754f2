import { expect, test } from 'vitest';
import type { SetupOutcome } from './evidence.ts';
import { rehearsalText } from './explain.ts';
import { byRehearsal, REHEARSAL } from './rehearsal.ts';
import { greaterThan } from './verdict.ts';

/** What one setup said: whether it counts, with this weight of rehearsal or without a change of it. */
const said = (counts: boolean, weight?: number, more: Partial<SetupOutcome> = {}): SetupOutcome => ({
  ...{ seed: 1, value: 1, premise: true, counts },
  changes: weight === undefined ? { 'model.width': 48 } : { [REHEARSAL]: weight },
  ...more,
});
const setups = (outcomes: readonly SetupOutcome[], rehearsal = 0) => ({
  ...{ of: 'X', side: greaterThan(0), rehearsal, outcomes },
});

test('shares are split by whether arms rehearse; setups without a premise or a number are in neither', () => {
  const outcomes = [
    ...[said(true), said(true), said(false), said(true, 0)],
    ...[said(false, 0.25), said(true, 4)],
    ...[said(false, undefined, { premise: false }), said(false, 1, { value: null })],
  ];
  const [without, rehearsed] = byRehearsal(setups(outcomes));
  expect(without).toMatchObject({ name: 'without rehearsal', hits: 3, n: 4 });
  expect(rehearsed).toMatchObject({ name: 'with rehearsal', hits: 1, n: 2 });
  // Wilson's formula for 3 of 4 and 1 of 2, worked out apart from this code.
  expect(without?.interval?.low).toBeCloseTo(0.30064184, 7);
  expect(without?.interval?.high).toBeCloseTo(0.95441273, 7);
  expect(rehearsed?.interval?.low).toBeCloseTo(0.09453121, 7);
  expect(rehearsed?.interval?.high).toBeCloseTo(0.90546879, 7);
});

test("where a setup does not change it, the rehearsal is that of the claim's arms", () => {
  const [without, rehearsed] = byRehearsal(setups([said(true), said(false, 0)], 1));
  expect([without?.n, without?.hits, rehearsed?.n, rehearsed?.hits]).toEqual([1, 0, 1, 1]);
});

test('a kind of setup that was not drawn has no share', () => {
  expect(byRehearsal(setups([said(true)]))[1]).toEqual({ name: 'with rehearsal', hits: 0, n: 0, interval: null });
  expect(rehearsalText(setups([said(true), said(false)]))).toBe(
    '1 of 2 without rehearsal [9 %, 91 %], 0 of 0 with rehearsal',
  );
});
