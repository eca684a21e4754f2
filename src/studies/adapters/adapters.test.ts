import { join } from 'node:path';
import { expect, test } from 'vitest';
import oracle from '../../../fixtures/logs/oracle/oracle.json' with { type: 'json' };
import { InputError } from '../../core/errors.ts';
import type { Logged } from './adapter.ts';
import { adapters } from './index.ts';
import { pythonJson } from './json.ts';

// Logs that the real tools wrote, and what their own readers find in them: see fixtures/logs.

const LOGS = join(import.meta.dirname, '../../../fixtures/logs');

function read(tool: string, file: string, metrics?: string[]): Promise<Logged> {
  const adapter = adapters.find(({ id }) => id === tool);
  return adapter?.read(join(LOGS, tool, file), { file, ...(metrics && { metrics }) }) ?? expect.unreachable();
}

const valueIn = ({ rows }: Logged, metric: string, step?: number): number | undefined =>
  rows.find((row) => row.metric === metric && row.step === step)?.value;

test.each(['base', 'tuned'] as const)('Inspect: the %s arm as Inspect reads it, every sample among it', async (arm) => {
  const { metrics, samples, item_ids, ...run } = oracle[`inspect/${arm}.eval`];
  const logged = await read('inspect', `${arm}.eval`);
  expect(valueIn(logged, 'match')).toBe(metrics['match/accuracy']);
  expect(valueIn(logged, 'closeness')).toBeCloseTo(metrics['closeness/mean'], 12);
  const [row] = logged.rows;
  expect(row).toMatchObject({ probe: 'arith', temperature: run.temperature, seeds: { sampling: run.seed } });
  expect(row).toMatchObject({ n: run.n_samples_completed, excluded: run.n_samples_total - run.n_samples_completed });
  const letters: Readonly<Record<string, number>> = { C: 1, I: 0 };
  const expected = samples.map(({ id, epoch, scores }) => [id, epoch, scores === null ? null : letters[scores.match]]);
  const found = (logged.items ?? []).filter(({ metric }) => metric === 'match');
  expect(found.map(({ item, sample, value }) => [item, sample, value])).toEqual(expected);
  expect(new Set(found.map(({ item }) => item))).toEqual(new Set(item_ids));
});

test('Inspect: both arms were asked the same, an unscored answer is none, and scores of several numbers are several', async () => {
  const [base, tuned] = await Promise.all([read('inspect', 'base.eval'), read('inspect', 'tuned.eval')]);
  expect(base.rows[0]?.items).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(tuned.rows[0]?.items).toBe(base.rows[0]?.items);
  const { metrics } = oracle['inspect/nan.json'];
  const logged = await read('inspect', 'nan.json');
  expect(valueIn(logged, 'rubric.brevity')).toBe(metrics['brevity/mean']);
  expect(valueIn(logged, 'rubric.tone')).toBeCloseTo(metrics['tone/mean'], 12);
  expect(logged.rows.find(({ metric }) => metric === 'judge')).toMatchObject({ value: 0.5, n: 2, excluded: 1 });
  expect(logged.rows[0]?.items).not.toBe(base.rows[0]?.items);
});

test('Inspect: a header alone has its numbers and no samples; what cannot be inflated says what to do', async () => {
  const { metrics, n_samples_completed: n } = oracle['inspect/tuned.header-only.json'];
  const logged = await read('inspect', 'tuned.header-only.json', ['match']);
  expect(logged).toMatchObject({ rows: [{ metric: 'match', value: metrics['match/accuracy'], n }], items: [] });
  const zstd = read('inspect', 'base-zstd.eval');
  await expect(zstd).rejects.toThrow(InputError);
  await expect(zstd).rejects.toThrow(/Zstandard[\s\S]*inspect log dump base-zstd\.eval/);
});

test.each([1, 2])('lm-eval: every metric of seed %i, with its hits, its items and their hash', async (seed) => {
  const { seeds, tasks } = oracle[`lm-eval/seed${seed as 1 | 2}`];
  const file = { 1: 'results_2026-11-27T12-47-20.989203.json', 2: 'results_2026-11-27T12-47-57.563409.json' }[seed];
  const logged = await read('lm-eval', `seed${seed}/made-up__tiny-base/${file}`);
  const found = Object.fromEntries(logged.rows.map(({ probe, metric, value }) => [`${probe} ${metric}`, value]));
  const expected = Object.entries(tasks).flatMap(([task, { metrics }]) =>
    Object.entries(metrics).flatMap(([name, value]) => (name.includes('_stderr') ? [] : [[`${task} ${name}`, value]])),
  );
  expect(found).toEqual(Object.fromEntries(expected));
  const row = logged.rows.find(({ metric }) => metric === 'acc,none');
  expect(row).toMatchObject({ n: tasks.tiny_mc.n, k: Math.round(tasks.tiny_mc.metrics['acc,none'] * tasks.tiny_mc.n) });
  expect(row).toMatchObject({ items: `sha256:${tasks.tiny_mc.hash}`, seeds: { sampling: seeds.random_seed } });
  const samples = (logged.items ?? []).filter(
    ({ probe, metric }) => probe === 'tiny_gen' && metric === 'exact_match,flexible-extract',
  );
  expect(samples).toHaveLength(tasks.tiny_gen.n);
});

test.each([1, 2] as const)('TRL: what was logged of seed %i, and the rewards of completions', async (seed) => {
  const { series, steps, first } = oracle[`trl/seed${seed}/trainer_state.json`];
  const logged = await read('trl', `seed${seed}/trainer_state.json`);
  for (const [metric, values] of Object.entries(series))
    expect(steps.map((step) => valueIn(logged, metric, step))).toEqual(values);
  expect(valueIn(logged, 'completions/max_length', 1)).toBe(first['completions/max_length']);
  const { mean, n_rows: n, step } = oracle[`trl/seed${seed}/completions_00001.parquet`];
  const completions = await read('trl', `seed${seed}/completions_00001.parquet`);
  for (const [metric, value] of Object.entries(mean)) {
    expect(valueIn(completions, metric, step)).toBeCloseTo(value, 12);
    expect(completions.rows.find((row) => row.metric === metric)).toMatchObject({ n, excluded: 0 });
  }
  expect((completions.items ?? []).filter(({ metric }) => metric === 'short')).toHaveLength(n);
});

test.each([1, 2] as const)('Tinker: the log of seed %i with its seed, and evaluations apart', async (seed) => {
  const told = oracle[`tinker/seed${seed}/metrics.jsonl`];
  const logged = await read('tinker', `seed${seed}/metrics.jsonl`);
  for (const [metric, values] of Object.entries(told.series))
    expect(told.steps.map((step) => valueIn(logged, metric, step))).toEqual(values);
  const reward = logged.rows.filter(({ metric }) => metric === 'test/env/all/reward/total');
  expect(reward.map(({ step, value }) => [step, value])).toEqual(
    told.eval_steps.map((step, i) => [step, told.eval_series['test/env/all/reward/total'][i]]),
  );
  expect(reward[0]).toMatchObject({ probe: 'evaluation', n: 16, seeds: { sampling: told.seed } });
});

test.each([
  'fixture1-history.parquet',
  'fixture2-history.parquet',
  'fixture1-history.csv',
] as const)('W&B: %s, without cells that were not logged', async (file) => {
  const { steps, first, last } = oracle[`wandb/${file}`];
  const logged = await read('wandb', file);
  for (const [step, row] of [
    [steps[0], first],
    [steps.at(-1), last],
  ] as const)
    for (const [metric, value] of Object.entries(row))
      if (!metric.startsWith('_')) expect(valueIn(logged, metric, step) ?? null).toBe(value);
  expect(logged.rows.filter(({ metric }) => metric === 'eval/acc')).toHaveLength(3);
});

test('W&B: a NaN is told and left out, and the binary of an offline run says what to do', async () => {
  expect((await read('wandb', 'fixture2-history.parquet')).notes).toEqual([
    expect.stringContaining('1 values that are no numbers'),
  ]);
  await expect(read('wandb', 'run-fixture1.wandb')).rejects.toThrow(/wandb sync/);
});

test.each([
  ['inspect', '../lm-eval/seed1/made-up__tiny-base/results_2026-11-27T12-47-20.989203.json'],
  ['inspect', '../wandb/fixture1-history.parquet'],
  ['inspect', 'nothing.eval'],
  ['lm-eval', '../inspect/nan.json'],
  ['trl', '../inspect/nan.json'],
  ['trl', '../wandb/fixture1-history.parquet'],
  ['tinker', '../trl/seed1/trainer_state.json'],
  ['wandb', '../trl/seed1/completions_00001.parquet'],
  ['csv', '../trl/seed1/trainer_state.json'],
])('%s refuses what is none of its logs: %s', async (tool, file) => {
  await expect(read(tool, file)).rejects.toThrow(InputError);
});

test('bare NaN becomes null, in text it stays', () => {
  expect(pythonJson('{"a": NaN, "b": -Infinity, "c": "NaN, \\"NaN", "d": [Infinity, 1]}')).toEqual({
    ...{ a: null, b: null, c: 'NaN, "NaN', d: [null, 1] },
  });
});
