import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { strFromU8, type Unzipped, unzipSync } from 'fflate';
import { z } from 'zod';
import { hashOf } from '../../core/canonical.ts';
import type { Adapter, Logged, LoggedItem, LoggedRow } from './adapter.ts';
import { metricFacts, noLog, numberOrNull, parsedLog, textIn, wants } from './json.ts';

const EXPECTED = 'a log of Inspect: .eval, the output of `inspect log dump`, or .json';
const SUMMARIES = 'summaries.json';

const number = z.number().nullish();
const header = z.looseObject({
  version: z.number(),
  status: z.string(),
  eval: z.looseObject({
    task: z.string(),
    model: z.string().nullish(),
    task_version: z.unknown(),
    packages: z.unknown(),
  }),
  plan: z.looseObject({ config: z.looseObject({ temperature: number, seed: number }).nullish() }).nullish(),
  results: z
    .looseObject({
      total_samples: z.number(),
      completed_samples: z.number(),
      scores: z.array(
        z.looseObject({
          ...{ name: z.string(), scorer: z.string() },
          metrics: z.record(z.string(), z.looseObject({ value: number })),
        }),
      ),
    })
    .nullish(),
});
const sample = z.looseObject({
  ...{ id: z.union([z.string(), z.number()]), epoch: z.number(), input: z.unknown(), target: z.unknown() },
  scores: z.record(z.string(), z.looseObject({ value: z.unknown() })).nullish(),
});
type Header = z.infer<typeof header>;
type Sample = z.infer<typeof sample>;

/** Values of samples that stand for numbers. Source: `value_to_float` of Inspect: correct, incorrect, partly, no answer. */
const LETTERS: Readonly<Record<string, number>> = {
  ...{ C: 1, I: 0, P: 0.5, N: 0 },
  ...{ YES: 1, TRUE: 1, NO: 0, FALSE: 0 },
};

/** Inspect's logs: each scorer's accuracy (or mean), as Inspect reduces epochs, and every sample. */
export const inspect: Adapter = {
  id: 'inspect',
  about: 'Inspect: .eval logs (deflated), .json logs, and what `inspect log dump` prints',
  async read(path, input) {
    const { head, samples } = path.endsWith('.eval') ? fromZip(path) : fromJson(path);
    if (head.status !== 'success' || !head.results)
      throw noLog(
        path,
        'a run that came to its end (status success)',
        `status ${head.status}`,
        'run it again, or leave it out',
      );
    const { results, plan } = head;
    const probe = head.eval.task;
    const entries = results.scores
      .map((score) => ({ score, metric: score.name === score.scorer ? score.scorer : `${score.scorer}.${score.name}` }))
      .filter(({ metric }) => wants(input, metric));
    const logged = { temperature: plan?.config?.temperature, seed: plan?.config?.seed };
    const asked = samples === undefined ? undefined : itemsHash(samples);
    const rows = entries.flatMap(({ score, metric }): LoggedRow[] => {
      const value = settled(score.metrics);
      if (value === null) return [];
      const all = samples?.map((each) => sampleValue(each, score.scorer, score.name));
      const n = all === undefined ? results.completed_samples : all.filter((each) => each !== null).length;
      if (n === 0) return [];
      return [
        {
          ...{ probe, metric, value, n, excluded: results.total_samples - n },
          ...(asked !== undefined && { items: asked }),
          ...(typeof logged.temperature === 'number' && { temperature: logged.temperature }),
          ...(typeof logged.seed === 'number' && { seeds: { sampling: logged.seed } }),
          pointer: `${basename(path)}: results.scores ${score.scorer}/${score.name}`,
        },
      ];
    });
    const items = entries.flatMap(({ score, metric }) => itemsOf(samples ?? [], probe, metric, score));
    return { rows, items, ...facts(rows, items, probe) };
  },
};

function facts(
  rows: readonly LoggedRow[],
  items: readonly LoggedItem[],
  probe: string,
): Pick<Logged, 'metrics' | 'probes'> {
  return {
    metrics: Object.fromEntries(rows.map(({ metric = '' }) => [metric, metricFacts(metric, 'Inspect', items)])),
    probes: { [probe]: { about: `the task ${probe} of Inspect` } },
  };
}

/** The number that a scorer's samples come to: its accuracy, its mean, or its first number that is no error of one. */
function settled(metrics: NonNullable<Header['results']>['scores'][number]['metrics']): number | null {
  const first = Object.keys(metrics).find((name) => !/^(stderr|std|var)$/.test(name));
  const name = ['accuracy', 'mean'].find((each) => Object.hasOwn(metrics, each)) ?? first;
  return name === undefined ? null : (metrics[name]?.value ?? null);
}

/** A sample's number by a scorer, of a value with several numbers the one of a key; null where it has none. */
function sampleValue({ scores }: Sample, scorer: string, key: string): number | null {
  const value = scores?.[scorer]?.value;
  const own =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)[key]
      : value;
  if (typeof own === 'boolean') return own ? 1 : 0;
  if (typeof own === 'string')
    return LETTERS[own.toUpperCase()] ?? (own.trim() === '' ? null : numberOrNull(Number(own)));
  return numberOrNull(own);
}

const itemsOf = (
  samples: readonly Sample[],
  probe: string,
  metric: string,
  { scorer, name }: { readonly scorer: string; readonly name: string },
): LoggedItem[] =>
  samples.map((each) => ({
    probe,
    metric,
    item: String(each.id),
    sample: each.epoch,
    value: sampleValue(each, scorer, name),
  }));

/** Of the questions and targets that were asked, whoever answered: Inspect has no hash of its own. */
function itemsHash(samples: readonly Sample[]): string {
  const asked = samples.map(({ id, input, target }) => JSON.stringify([String(id), input ?? null, target ?? null]));
  return `sha256:${hashOf([...new Set(asked)].sort())}`;
}

interface Log {
  readonly head: Header;
  /** Absent where the log has its header alone. */
  readonly samples?: readonly Sample[];
}

function fromJson(path: string): Log {
  const log = parsedLog(path, textIn(path, EXPECTED), header.extend({ samples: z.array(sample).nullish() }), EXPECTED);
  return { head: log, ...(log.samples && { samples: log.samples }) };
}

function fromZip(path: string): Log {
  const entries = entriesOf(path);
  const [head, samples] = [entries['header.json'], entries[SUMMARIES]];
  if (head === undefined)
    throw noLog(
      path,
      'a log with header.json, as a run that came to its end has it',
      Object.keys(entries).join(', ') || 'nothing',
    );
  return {
    head: parsedLog(path, strFromU8(head), header, EXPECTED),
    ...(samples !== undefined && { samples: parsedLog(path, strFromU8(samples), z.array(sample), EXPECTED) }),
  };
}

/** The two entries that are read. Throws `InputError` where they are compressed by what Node cannot inflate. */
function entriesOf(path: string): Unzipped {
  const methods = new Set<number>();
  try {
    return unzipSync(readFileSync(path), {
      filter: ({ name, compression }) => {
        const wanted = name === 'header.json' || name === SUMMARIES;
        if (wanted) methods.add(compression);
        return wanted;
      },
    });
  } catch (error) {
    const zstd = [...methods].some((method) => method === 93);
    throw zstd
      ? noLog(
          path,
          'entries that are deflated',
          'entries in Zstandard, as Inspect writes them since 2026',
          `inspect log dump ${basename(path)} > ${basename(path)}.json, and name that file`,
        )
      : noLog(path, EXPECTED, (error as Error).message);
  }
}
