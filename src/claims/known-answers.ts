import { fileURLToPath } from 'node:url';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { z } from 'zod';
import { readJsonAs } from '../core/json-file.ts';
import { equivalenceTest } from '../stats/equivalence.ts';
import { holm } from '../stats/multiplicity.ts';
import { meanInterval, tInterval, tTest } from '../stats/paired.ts';
import { wilson } from '../stats/proportion.ts';
import { judgeShare } from './share.ts';
import { type Decided, decide, judgeMean } from './verdict.ts';

const number = z.number();
const numbers = z.array(number).min(1);
const pair = z.tuple([number, number]);
/** Rows of an oracle: at least one, or nothing would be shown. */
const rows = <Shape extends z.ZodRawShape>(shape: Shape) => z.array(z.looseObject(shape)).min(1);
const verdict = z.enum(['supported', 'refuted', 'inconclusive']);
const outcome = { margin: number, verdict, low: number, high: number, p: number, decided: number };
const paired = { values: numbers, against: number, mean: number, sd: number };

/** What each file of fixtures/golden must hold for the checks below. */
const SCHEMAS = {
  'known-answers': z.looseObject({
    tQuantile: rows({ p: number, df: number, value: number }),
    tCdf: rows({ t: number, df: number, value: number }),
    normalQuantile: rows({ p: number, value: number }),
    verdicts: rows({ values: numbers, kind: z.enum(['greater', 'less', 'equivalent']), mean: number, ...outcome }),
    shares: rows({ hits: number, n: number, ...outcome }),
  }),
  paired: z.looseObject({
    cases: rows({
      ...paired,
      p: z.object({ greater: number, less: number, 'two-sided': number }),
      interval: z.looseObject({ '0.9': pair, '0.95': pair }),
    }),
  }),
  equivalence: z.looseObject({ cases: rows({ values: numbers, margin: number, p: number, interval: pair }) }),
  multiplicity: z.looseObject({ cases: rows({ p: numbers, adjusted: numbers }) }),
  exploration: z.looseObject({ wilson: rows({ k: number, n: number, level: number, low: number, high: number }) }),
};

function golden<Name extends keyof typeof SCHEMAS>(name: Name): z.infer<(typeof SCHEMAS)[Name]> {
  const path = fileURLToPath(new URL(`../../fixtures/golden/${name}.json`, import.meta.url));
  const schema = SCHEMAS[name] as unknown as z.ZodType<z.infer<(typeof SCHEMAS)[Name]>>;
  return readJsonAs(path, schema, 'the known answers of the statistics that decide', 'restore the file');
}

/** A statistic beside its known answer. */
type Check = readonly [what: string, got: unknown, want: unknown];

/** Numbers agree within this share of the larger of 1 and the known one. */
const TOLERANCE = 1e-9;

function agrees(got: unknown, want: unknown): boolean {
  if (typeof got !== 'number' || typeof want !== 'number') return got === want;
  return Math.abs(got - want) <= TOLERANCE * Math.max(1, Math.abs(want));
}

/** The statistics that decide a verdict, by name, each with its checks. */
const STATISTICS: Readonly<Record<string, () => Check[]>> = {
  't quantile': () =>
    golden('known-answers').tQuantile.map(({ p, df, value }) => [`of ${p} at ${df} df`, tQuantile(p, df), value]),
  't distribution function': () =>
    golden('known-answers').tCdf.map(({ t, df, value }) => [`of ${t} at ${df} df`, tCdf(t, df), value]),
  'normal quantile': () =>
    golden('known-answers').normalQuantile.map(({ p, value }) => [`of ${p}`, normalQuantile(p, 0, 1), value]),
  'mean, standard deviation and t interval': () =>
    golden('paired').cases.flatMap(({ values, mean, sd, interval }): Check[] => {
      const outer = meanInterval(values);
      const inner = tInterval(outer, 0.9);
      return [
        ['mean', outer.mean, mean],
        ['standard deviation', outer.sd, sd],
        ['95 % interval, lower end', outer.interval.low, interval['0.95'][0]],
        ['95 % interval, upper end', outer.interval.high, interval['0.95'][1]],
        ['90 % interval, lower end', inner.low, interval['0.9'][0]],
        ['90 % interval, upper end', inner.high, interval['0.9'][1]],
      ];
    }),
  't test': () =>
    golden('paired').cases.flatMap(({ values, against, p }) =>
      (['greater', 'less', 'two-sided'] as const).map(
        (side): Check => [`p, ${side}, against ${against}`, tTest(values, against, side).p, p[side]],
      ),
    ),
  TOST: () =>
    golden('equivalence').cases.flatMap(({ values, margin, p, interval }): Check[] => {
      const ours = equivalenceTest(values, margin);
      return [
        [`p within ${margin}`, ours.p, p],
        ['90 % interval, lower end', ours.interval.low, interval[0]],
        ['90 % interval, upper end', ours.interval.high, interval[1]],
      ];
    }),
  Holm: () =>
    golden('multiplicity').cases.flatMap(({ p, adjusted }) => {
      const ours = holm(p);
      return adjusted.map((want, i): Check => [`adjusted p of ${p[i]} among ${p.length}`, ours[i], want]);
    }),
  Wilson: () =>
    golden('exploration').wilson.flatMap(({ k, n, level, low, high }): Check[] => {
      const ours = wilson(k, n, level);
      return [
        [`interval of ${k} of ${n}, lower end`, ours.low, low],
        [`interval of ${k} of ${n}, upper end`, ours.high, high],
      ];
    }),
  verdict: () =>
    golden('known-answers').verdicts.flatMap(({ values, kind, margin, ...want }): Check[] => {
      const prediction = { kind, margin };
      const what = `${kind} ${margin} of ${values.length} values`;
      const intervals = [meanInterval(values).interval, meanInterval(values, 0.9).interval] as const;
      const rule: Check = [`${what}, by its intervals`, decide(prediction, ...intervals), want.verdict];
      return [rule, ...outcomeChecks(what, judgeMean(values, prediction), want)];
    }),
  'verdict on a share': () =>
    golden('known-answers').shares.flatMap(({ hits, n, margin, ...want }) => {
      const ours = judgeShare({ kind: 'greater', margin }, hits, n, { premiseFailed: false });
      return outcomeChecks(`${hits} of ${n} against ${margin}`, ours, { ...want, mean: hits / n });
    }),
};

type Outcome = Record<'mean' | 'low' | 'high' | 'p' | 'decided', number> & { readonly verdict: string };

function outcomeChecks(what: string, ours: Decided, want: Outcome): Check[] {
  return [
    [what, ours.verdict, want.verdict],
    [`${what}, mean`, ours.mean, want.mean],
    [`${what}, lower end`, ours.interval.low, want.low],
    [`${what}, upper end`, ours.interval.high, want.high],
    [`${what}, p`, ours.p, want.p],
    [`${what}, p for the family`, ours.pDecided, want.decided],
  ];
}

/**
 * What is wrong with the statistics that decide verdicts, as this process runs them: the functions that judging calls, on
 * the cases of fixtures/golden, against what SciPy and statsmodels give, to 1e-9. One line a statistic that is off, with
 * its first case; empty when all agree. A statistic that throws is off. Throws `InputError` where a file of known answers is
 * missing, empty or of another form.
 */
export function provenStatistics(): string[] {
  for (const name of Object.keys(SCHEMAS)) golden(name as keyof typeof SCHEMAS);
  return Object.entries(STATISTICS).flatMap(([name, checks]) => {
    try {
      const off = checks().filter(([, got, want]) => !agrees(got, want));
      const [first] = off;
      if (first === undefined) return [];
      const [what, got, want] = first;
      const more = off.length === 1 ? '' : ` (and ${off.length - 1} more)`;
      return [`${name}: ${what} is ${got}, its known answer is ${want}${more}`];
    } catch (error) {
      return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}
