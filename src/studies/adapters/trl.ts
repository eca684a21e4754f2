import { basename } from 'node:path';
import { z } from 'zod';
import type { Adapter, Logged, LoggedItem, LoggedRow } from './adapter.ts';
import { asLogged, noLog, numberOrNull, parsedLog, textIn, wants } from './json.ts';
import { parquetRows } from './parquet.ts';

const EXPECTED = 'trainer_state.json, or completions_STEP.parquet, of TRL';
const LOG = 'training log';
const COMPLETIONS = 'completions';
/** Columns of completions that are no reward. */
const NO_REWARD = ['step', 'advantage'];

const state = z.looseObject({ log_history: z.array(z.looseObject({ step: z.number() })).min(1) });

/** TRL: what a trainer logs at each step, and the rewards of its completions. Neither has a seed: the mapping says it. */
export const trl: Adapter = {
  id: 'trl',
  about: 'TRL: trainer_state.json, and completions_STEP.parquet of GRPO',
  read: async (path, input) => (path.endsWith('.parquet') ? completions(path, input) : logHistory(path, input)),
};

function logHistory(path: string, input: Parameters<Adapter['read']>[1]): Logged {
  const { log_history: history } = parsedLog(path, textIn(path, EXPECTED), state, EXPECTED);
  const rows = history.flatMap(({ step, epoch: _, ...numbers }, i) =>
    Object.entries(numbers).flatMap(([metric, logged]): LoggedRow[] => {
      const value = numberOrNull(logged);
      if (value === null || !wants(input, metric)) return [];
      return [{ probe: LOG, metric, step, value, pointer: `${basename(path)}: log_history[${i}]` }];
    }),
  );
  return withFacts(path, rows, { [LOG]: { about: 'what the trainer logged at a step' } });
}

async function completions(path: string, input: Parameters<Adapter['read']>[1]): Promise<Logged> {
  const all = await parquetRows(path);
  const [first] = all;
  const step = numberOrNull(first?.['step']);
  if (first === undefined || step === null)
    throw noLog(path, EXPECTED, first === undefined ? 'no row' : 'no column step');
  const rewards = Object.keys(first).filter(
    (name) =>
      !NO_REWARD.includes(name) &&
      wants(input, name) &&
      all.every((row) => numberOrNull(row[name]) !== null || row[name] === null),
  );
  const numbered = rewards.flatMap((metric): LoggedRow[] => {
    const values = all.flatMap((row) => numberOrNull(row[metric]) ?? []);
    if (values.length === 0) return [];
    const value = values.reduce((sum, each) => sum + each, 0) / values.length;
    return [
      {
        probe: COMPLETIONS,
        metric,
        step,
        value,
        n: values.length,
        excluded: all.length - values.length,
        pointer: basename(path),
      },
    ];
  });
  const seen = new Map<string, number>();
  const items = all.flatMap((row): LoggedItem[] => {
    const item = row['item_id'];
    if (typeof item !== 'string') return [];
    const sample = seen.get(item) ?? 0;
    seen.set(item, sample + 1);
    return numbered.map(({ metric = '' }) => ({
      probe: COMPLETIONS,
      metric,
      step,
      item,
      sample,
      value: numberOrNull(row[metric]),
    }));
  });
  return { ...withFacts(path, numbered, { [COMPLETIONS]: { about: 'completions of the prompts of a step' } }), items };
}

function withFacts(path: string, rows: readonly LoggedRow[], probes: NonNullable<Logged['probes']>): Logged {
  if (rows.length === 0) throw noLog(path, EXPECTED, 'no number that is asked for');
  return {
    rows,
    probes,
    metrics: Object.fromEntries(rows.map(({ metric = '' }) => [metric, asLogged(metric, 'TRL')])),
  };
}
