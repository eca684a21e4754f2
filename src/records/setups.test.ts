import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import type { SetupOutcome } from '../claims/evidence.ts';
import { shareEvidenceOf } from '../claims/example.test.helper.ts';
import { judgeSetups } from '../claims/judging.ts';
import { REHEARSAL, together } from '../claims/rehearsal.ts';
import { lessThan } from '../claims/verdict.ts';
import { parquetOf } from './parquet.ts';
import { setupColumns, setupRows } from './setups.ts';

/** A claim that counts where the number is below 0, of setups with every outcome in both strata. */
const claim = (() => {
  const { setups: _, ...evidence } = shareEvidenceOf('P', 1, 1);
  const setup = (value: number | null, changes: SetupOutcome['changes'], more: Partial<SetupOutcome> = {}) => ({
    ...{ changes, seed: 2 ** 40 + (value ?? 9) * 16, value, premise: value !== null },
    ...(value !== null && { arms: { documents: { drift: 0.5, spread: null, targetEffect: value } } }),
    ...more,
  });
  const said = [
    ...[-1, -0.5, -0.25, 0, 0.5].map((value) => setup(value, { 'model.layers': 3 })),
    setup(-2, {}, { premise: false, failed: ['below its level: sdft', 'no room'] }),
    ...[setup(0.25, { [REHEARSAL]: 4 }), setup(-0.75, { [REHEARSAL]: 0.25, 'model.layers': 3 })],
    setup(null, { [REHEARSAL]: 1 }, { fault: 'the network diverged' }),
  ];
  const about = { of: 'A', stratum: 'without rehearsal', side: lessThan(0) } as const;
  const { outcomes, ...judging } = judgeSetups(evidence.prediction, about, said);
  const setups = { ...about, usual: 0.125, factors: { 'model.layers': 2, [REHEARSAL]: 0 }, outcomes };
  return { ...evidence, ...judging, setups };
})();

async function read(): Promise<Record<string, unknown>[]> {
  const rows = setupRows([shareEvidenceOf('Q', 2, 3), { ...claim }]);
  const bytes = parquetOf(setupColumns(rows), rows);
  return parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  });
}

/** Wilson's 95 % interval, written out apart from the code that judges. */
function wilsonOf(hits: number, n: number): [number, number] {
  const z = 1.959963984540054;
  const [share, scale] = [hits / n, 1 + (z * z) / n];
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [(share + (z * z) / (2 * n) - half) / scale, (share + (z * z) / (2 * n) + half) / scale];
}

test('the share of a claim and its interval follow from the file alone', async () => {
  const own = (await read()).filter((row) => row['claim'] === 'P' && row['outcome'] === 'usable');
  const shareOf = (of: typeof own): [number, number] => [of.filter((row) => row['on_side']).length, of.length];
  const judged = own.filter((row) => row['judged']);
  const [hits, n] = shareOf(judged);
  const { judgement, setups, prediction } = claim;
  expect([n, hits / n]).toEqual([judgement.n, judgement.mean]);
  const [low, high] = wilsonOf(hits, n);
  expect(judgement.interval.low).toBeCloseTo(low, 12);
  expect(judgement.interval.high).toBeCloseTo(high, 12);
  expect(judged[0]?.['at_least']).toBe(prediction.margin);
  const strata = ['without rehearsal', 'with rehearsal'].map((name) => own.filter((row) => row['stratum'] === name));
  const parts = strata.map((of) => {
    const [of1, all] = shareOf(of);
    return (of[0]?.['weight'] as number) * (of1 / all);
  });
  expect(together(setups)?.share).toBeCloseTo((parts[0] as number) + (parts[1] as number), 12);
});

test('every row says what was drawn, what became of it and what the arms changed', async () => {
  const rows = await read();
  expect(rows).toHaveLength(3 + 9);
  const [diverged] = rows.slice(-1);
  expect(diverged).toEqual({
    ...{ claim: 'P', of: 'A', at_least: 0.6, seed: BigInt(2 ** 40 + 144), stratum: 'with rehearsal', judged: false },
    ...{ weight: 0.125, outcome: 'no number', reason: 'the network diverged', estimate: null, on_side: null },
    ...{ 'model.layers': 2, [REHEARSAL]: 1 },
    ...{ 'drift.documents': null, 'spread.documents': null, 'targetEffect.documents': null },
  });
  expect(rows.find((row) => row['outcome'] === 'premise failed')).toMatchObject({
    ...{ reason: 'below its level: sdft; no room', estimate: -2, on_side: true, judged: true, weight: 0.875 },
    ...{ 'drift.documents': 0.5, 'spread.documents': null, 'targetEffect.documents': -2, 'model.layers': 2 },
  });
});

test('without a prevalence claim there is no row', () => {
  const { setups: _, ...of } = claim;
  expect(setupRows([of])).toEqual([]);
});
