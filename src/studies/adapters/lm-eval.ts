import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../core/canonical.ts';
import { rowsOf } from '../jsonl.ts';
import type { Adapter, LoggedItem, LoggedRow } from './adapter.ts';
import { metricFacts, noLog, parsedLog, textIn, wants } from './json.ts';

const EXPECTED = 'results_DATE.json of lm-evaluation-harness';

const results = z.looseObject({
  results: z.record(z.string(), z.record(z.string(), z.unknown())),
  'n-samples': z.record(z.string(), z.looseObject({ original: z.number(), effective: z.number() })),
  config: z.looseObject({ random_seed: z.number().nullish() }),
  task_hashes: z.record(z.string(), z.string()).nullish(),
});
const sample = z.looseObject({
  ...{ doc_hash: z.string(), prompt_hash: z.string(), target_hash: z.string(), filter: z.string() },
});
type Sample = z.infer<typeof sample>;

/** lm-evaluation-harness: every metric of every task, and its samples where they were logged, whose hashes are checked. */
export const lmEval: Adapter = {
  id: 'lm-eval',
  about: 'lm-evaluation-harness: results_DATE.json, with samples_TASK_DATE.jsonl beside it where they were logged',
  async read(path, input) {
    const log = parsedLog(path, textIn(path, EXPECTED), results, EXPECTED);
    const date = /^results_(.+)\.json$/.exec(basename(path))?.[1];
    const seed = log.config.random_seed ?? null;
    const rows: LoggedRow[] = [];
    const items: LoggedItem[] = [];
    for (const [task, numbers] of Object.entries(log.results)) {
      const samples = await samplesOf(join(dirname(path), `samples_${task}_${date}.jsonl`), log.task_hashes?.[task]);
      for (const [metric, value] of Object.entries(numbers)) {
        const [, name, filter] = /^(.+),([^,]+)$/.exec(metric) ?? [];
        if (name === undefined || filter === undefined || name.endsWith('_stderr') || !wants(input, metric)) continue;
        if (typeof value !== 'number') continue;
        const n = log['n-samples'][task]?.effective;
        const own = samples.filter((each) => each.filter === filter);
        const answers = own.map((each) => each[name]).filter((each) => typeof each === 'number');
        const hits = answers.length === n && answers.every((each) => each === 0 || each === 1);
        rows.push({
          ...{ probe: task, metric, value, excluded: 0, pointer: `${basename(path)}: results.${task}["${metric}"]` },
          ...(n !== undefined && n > 0 && { n, ...(hits && { k: answers.filter((each) => each === 1).length }) }),
          ...(log.task_hashes?.[task] !== undefined && { items: `sha256:${log.task_hashes[task]}` }),
          ...(seed !== null && { seeds: { sampling: seed } }),
        });
        for (const [i, each] of own.entries())
          if (typeof each[name] === 'number')
            items.push({
              probe: task,
              metric,
              item: `${each.doc_hash} ${each.prompt_hash}`,
              sample: repeatOf(own, i),
              value: each[name],
            });
      }
    }
    if (rows.length === 0) throw noLog(path, 'a task with a metric', 'none that is asked for');
    return {
      ...{ rows, items },
      metrics: Object.fromEntries(
        rows.map(({ metric = '' }) => [metric, metricFacts(metric, 'lm-evaluation-harness', items)]),
      ),
      probes: Object.fromEntries(
        rows.map(({ probe = '' }) => [probe, { about: `the task ${probe} of lm-evaluation-harness` }]),
      ),
    };
  },
};

/** How many rows of the same document stand before a row. */
const repeatOf = (rows: readonly Sample[], at: number): number =>
  rows.slice(0, at).filter((each) => each.doc_hash === rows[at]?.doc_hash && each.prompt_hash === rows[at]?.prompt_hash)
    .length;

/** The samples of a task; none where they were not logged. Throws `InputError` where they are not those that the results were made of. */
async function samplesOf(path: string, hash: string | undefined): Promise<Sample[]> {
  if (!existsSync(path)) return [];
  const all: Sample[] = [];
  for await (const { row } of rowsOf(path, sample)) all.push(row);
  const found = sha256(all.map((each) => `${each.doc_hash}${each.prompt_hash}${each.target_hash}`).join(''));
  if (hash === undefined || hash === found) return all;
  throw noLog(
    path,
    `the samples that the results were made of (task hash ${hash.slice(0, 12)})`,
    found.slice(0, 12),
    'put the files of one run beside each other',
  );
}
