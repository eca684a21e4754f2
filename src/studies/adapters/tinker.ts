import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Adapter, LoggedRow } from './adapter.ts';
import { asLogged, noLog, numberOrNull, parsedLog, textIn, wants } from './json.ts';

const EXPECTED = 'metrics.jsonl of the Tinker cookbook';
const [LOG, EVALUATION] = ['training log', 'evaluation'];

const line = z.looseObject({ step: z.number().optional() });
const config = z.looseObject({
  temperature: z.number().nullish(),
  dataset_builder: z.looseObject({ seed: z.number().nullish() }).nullish(),
});

/** The Tinker cookbook: what a run logs at each step. The seed that config.json beside it may tell is that of the data's order: a training seed is said by the mapping. */
export const tinker: Adapter = {
  id: 'tinker',
  about: 'the Tinker cookbook: metrics.jsonl, with config.json beside it',
  async read(path, input) {
    const beside = join(dirname(path), 'config.json');
    const told = existsSync(beside)
      ? parsedLog(beside, textIn(beside, EXPECTED), config, 'config.json of the run')
      : undefined;
    const seed = told?.dataset_builder?.seed ?? null;
    const lines = textIn(path, EXPECTED).split('\n');
    const rows = lines.flatMap((text, i): LoggedRow[] => {
      if (text.trim() === '') return [];
      const where = `${basename(path)}, line ${i + 1}`;
      const { step, ...numbers } = parsedLog(`${path}, line ${i + 1}`, text, line, EXPECTED);
      return Object.entries(numbers).flatMap(([metric, logged]): LoggedRow[] => {
        const value = numberOrNull(logged);
        if (value === null || !wants(input, metric)) return [];
        const episodes = episodesOf(metric, numbers);
        return [
          {
            ...{ probe: metric.startsWith('test/') ? EVALUATION : LOG, metric, value, pointer: where },
            ...(step !== undefined && { step }),
            ...(episodes !== null && { n: episodes, excluded: 0 }),
            ...(seed !== null && { seeds: { sampling: seed } }),
          },
        ];
      });
    });
    if (rows.length === 0) throw noLog(path, EXPECTED, 'no number that is asked for');
    return {
      rows,
      metrics: Object.fromEntries(rows.map(({ metric = '' }) => [metric, asLogged(metric, 'the Tinker cookbook')])),
      probes: {
        ...(rows.some(({ probe }) => probe === LOG) && { [LOG]: { about: 'what the run logged at a step' } }),
        ...(rows.some(({ probe }) => probe === EVALUATION) && { [EVALUATION]: { about: 'evaluations on the way' } }),
      },
    };
  },
};

/** Episodes behind a mean over them; null of what is no such mean. */
function episodesOf(metric: string, numbers: Readonly<Record<string, unknown>>): number | null {
  const [prefix] = /^(?:test\/)?env\/[^/]+\//.exec(metric) ?? [];
  const isMean = prefix !== undefined && !/total_|by_group|_per_/.test(metric);
  const episodes = isMean ? numberOrNull(numbers[`${prefix}total_episodes`]) : null;
  return episodes !== null && episodes >= 1 ? episodes : null;
}
