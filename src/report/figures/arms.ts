import { areaY, dot, line, type Markish } from '@observablehq/plot';
import { intervalText, three } from '../../claims/describe.ts';
import type { Observation } from '../../lab/keys.ts';
import { damage, drift, spread, targetEffect } from '../../measure/observation.ts';
import { type ArmRuns, isLeveled, type NamedArm, summed } from '../../records/groups.ts';
import type { MethodFacts } from '../../records/schema.ts';
import { type Figure, images } from '../plot.ts';
import { legendOf, type Style, stylesOf } from '../styles.ts';
import { armText } from '../words.ts';

interface Measure {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  /** Undefined where a run has nothing to measure. */
  readonly of: (run: Observation) => number | undefined;
}

const spreadOrNone = (run: Observation): number | undefined =>
  run.bystanders.some(({ topic, spreadCells }) => topic === 'same' && spreadCells > 0) ? spread(run) : undefined;

/** What the dose-response page draws, all of bystanders on the target's topic. */
export const MEASURES: readonly Measure[] = [
  {
    id: 'drift',
    title: 'Drift of bystanders in dialogues',
    label: 'drift in dialogues (total variation)',
    of: (run) => drift(run),
  },
  { id: 'spread', title: 'Spread to bystanders', label: 'spread (share of answer tokens)', of: spreadOrNone },
  { id: 'damage', title: 'Damage to bystanders', label: 'damage (share of answer tokens)', of: (run) => damage(run) },
];

/** Where an arm is drawn on the axis of skill intensity: aside by its method, twice as far on a narrow page. */
const place = ({ arm: { skill, rehearsal }, style }: Styled, narrow: boolean): number =>
  skill + (narrow ? 2 : 1) * (style.aside + (rehearsal > 0 ? 0.024 : 0));

interface Styled extends NamedArm {
  readonly style: Style;
}

/** An arm's measure in every replicate, with its mean and 95 % interval. */
interface Measured extends Styled {
  readonly own: readonly { readonly seed: number; readonly value: number }[];
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Means with their intervals by method and rehearsal: a band over s, or of an arm at one s a dot and a line aside. */
function bands(measured: readonly Measured[], narrow: boolean): Markish[] {
  const kinds = [...new Set(measured.map(({ arm }) => `${arm.method} ${arm.rehearsal}`))];
  return kinds.flatMap((kind): Markish[] => {
    const rows = measured
      .filter(({ arm }) => `${arm.method} ${arm.rehearsal}` === kind)
      .map(({ mean, low, high, ...styled }) => ({ mean, low, high, style: styled.style, x: place(styled, narrow) }));
    const [{ style }] = rows as [(typeof rows)[number]];
    const stroke = style.colour;
    if (rows.length > 1)
      return [
        areaY(rows, { x: 'x', y1: 'low', y2: 'high', fill: stroke, fillOpacity: 0.18 }),
        line(rows, { x: 'x', y: 'mean', stroke, strokeWidth: 2 }),
      ];
    const aside = rows.map((row) => ({ ...row, x: row.x + (narrow ? 0.028 : 0.014) }));
    const ends = aside.flatMap(({ x, low, high }) => [low, high].map((y) => ({ x, y })));
    return [
      line(ends, { x: 'x', y: 'y', stroke, strokeWidth: 2 }),
      dot(aside, { x: 'x', y: 'mean', fill: stroke, r: 3 }),
    ];
  });
}

/** Every replicate's measure as the shape of its method. */
function shapes(measured: readonly Measured[], narrow: boolean): Markish {
  const points = measured.flatMap((each) =>
    each.own.map(({ value }) => ({
      ...{ x: place(each, narrow), y: value, symbol: each.style.symbol, stroke: each.style.colour },
      fill: each.arm.rehearsal > 0 ? 'none' : each.style.colour,
    })),
  );
  return dot(points, { x: 'x', y: 'y', symbol: 'symbol', stroke: 'stroke', fill: 'fill', fillOpacity: 0.6, r: 3.5 });
}

/** A measure against skill intensity: every replicate, and the mean of an arm with its 95 % interval as a band. */
export function doseResponse(
  arms: readonly ArmRuns[],
  methods: readonly MethodFacts[],
  { id, title, label, of }: Measure,
): Figure {
  const styleFor = stylesOf(methods);
  const measured = arms.flatMap(({ arm, method, runs }) => {
    const own = runs.flatMap((run) => {
      const value = of(run);
      return value === undefined ? [] : [{ seed: run.seed, value }];
    });
    if (own.length === 0) return [];
    return [{ arm, method, style: styleFor(method), own, ...summed(own.map(({ value }) => value)) }];
  });
  const text = {
    id: `dose-${id}`,
    title: `${title} against skill intensity`,
    description: `One shape a replicate, moved a little aside by method; lines and bands are means with 95 % intervals; of an arm at one s a dot and an upright line beside its shapes. ${legendOf(methods)}`,
  };
  const drawings = images(text, (narrow) => ({
    height: 320,
    marginLeft: 44,
    x: { label: 'skill intensity s', ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: String, inset: 12 },
    y: { label, grid: true, zero: true },
    marks: [...bands(measured, narrow), shapes(measured, narrow)],
    symbol: { type: 'identity' },
    color: { type: 'identity' },
  }));
  return {
    ...text,
    ...drawings,
    columns: ['arm', 'replicate', label],
    rows: measured.flatMap(({ own, n, mean, low, high, ...each }) => [
      [
        armText(each),
        `mean of ${n} [95 % interval]`,
        meanText(
          own.map(({ value }) => value),
          { mean, low, high },
        ),
      ],
      ...own.map(({ seed, value }) => [armText(each), String(seed), three(value)]),
    ]),
  };
}

interface Axis {
  readonly label: string;
  readonly of: (run: Observation) => number;
}

/** One measure of every run against another. */
export function against(
  arms: readonly ArmRuns[],
  methods: readonly MethodFacts[],
  { id, title, description }: Pick<Figure, 'id' | 'title' | 'description'>,
  x: Axis,
  y: Axis,
): Figure {
  const styleFor = stylesOf(methods);
  const points = arms.flatMap(({ arm, method, runs }) => {
    const { symbol, colour: stroke } = styleFor(method);
    const fill = arm.rehearsal > 0 ? 'none' : stroke;
    return runs.map((run) => ({ x: x.of(run), y: y.of(run), symbol, stroke, fill }));
  });
  const text = { id, title, description: `${description} One shape a replicate. ${legendOf(methods)}` };
  const drawings = images(text, () => ({
    height: 380,
    marginLeft: 44,
    x: { label: x.label, grid: true, inset: 10 },
    y: { label: y.label, grid: true, inset: 10 },
    marks: [dot(points, { x: 'x', y: 'y', symbol: 'symbol', stroke: 'stroke', fill: 'fill', fillOpacity: 0.6, r: 4 })],
    symbol: { type: 'identity' },
    color: { type: 'identity' },
  }));
  return {
    ...text,
    ...drawings,
    columns: ['arm', 'replicate', x.label, y.label],
    rows: arms.flatMap(({ runs, ...each }) => [
      [armText(each), `mean of ${runs.length} [95 % interval]`, meanText(runs.map(x.of)), meanText(runs.map(y.of))],
      ...runs.map((run) => [armText(each), String(run.seed), three(x.of(run)), three(y.of(run))]),
    ]),
  };
}

/** Drift against what the target learnt, at the end of every run. */
export const frontier = (arms: readonly ArmRuns[], methods: readonly MethodFacts[]): Figure =>
  against(
    arms,
    methods,
    {
      id: 'frontier',
      title: 'Drift against target effect',
      description:
        'Where every run ended: to the right the target learnt more, upward the bystanders drifted more in dialogues.',
    },
    { label: 'target effect (share of answer tokens)', of: targetEffect },
    { label: 'drift in dialogues (total variation)', of: (run) => drift(run) },
  );

/** Change of belief in documents against the change of behaviour in dialogues. */
export const belief = (arms: readonly ArmRuns[], methods: readonly MethodFacts[]): Figure =>
  against(
    arms,
    methods,
    {
      id: 'belief',
      title: 'Belief against behaviour',
      description:
        'To the right the target behaves more as it was trained; upward documents about it state the new operation more, in the templates that SDFT trains.',
    },
    { label: 'target effect (share of answer tokens)', of: targetEffect },
    { label: 'change of belief (log-odds, nats)', of: ({ text }) => text.beliefAfter - text.beliefBefore },
  );

/** Success on the selection prompts along training of one arm, one line a run. */
export function learning({ arm, method, runs }: ArmRuns, methods: readonly MethodFacts[]): Figure {
  const rows = runs.flatMap((run) =>
    thinned(run.trajectory).map(({ step, success }) => ({ step: step + 1, success, run: String(run.seed) })),
  );
  const last = Math.max(...rows.map(({ step }) => step));
  const ticks = [0, 1, 2, 3]
    .flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power))
    .filter((at) => at <= last);
  const text = {
    id: `learning-${[arm.method, arm.skill, arm.rehearsal, ...Object.values(arm.options ?? {})].map(idPart).join('-')}`,
    title: `Learning curves of ${armText({ arm, method })}`,
    description:
      'Share of trained answer tokens on the selection prompts after each step, one line a replicate; step 1 is the base.',
  };
  const drawings = images(text, () => ({
    height: 200,
    marginLeft: 44,
    x: { type: 'log', label: 'step (logarithmic)', grid: true, ticks, tickFormat: String },
    y: { label: 'success on selection prompts', grid: true, domain: [0, 1] },
    marks: [
      line(rows, { x: 'step', y: 'success', z: 'run', stroke: stylesOf(methods)(method).colour, strokeOpacity: 0.7 }),
    ],
  }));
  return {
    ...text,
    ...drawings,
    columns: ['seed', 'reached its level', 'steps', 'success at the end'],
    rows: runs.map(({ seed, reached, steps, trajectory }) => [
      String(seed),
      reached ? 'yes' : 'no',
      String(steps),
      three(trajectory.at(-1)?.success ?? Number.NaN),
    ]),
  };
}

/** A part of an id: a number without its point, a word without what is neither letter nor digit. */
const idPart = (value: string | number | boolean): string => String(value).replace(/[^A-Za-z0-9-]/g, '');

/** How many runs of an arm reached their level; an arm that ends after another's steps has none. */
export function reachedText(each: ArmRuns): string {
  if (!isLeveled(each)) return '-';
  const { runs } = each;
  return `${runs.filter(({ reached }) => reached).length} of ${runs.length}`;
}

/** Steps about evenly spaced on a logarithmic axis, the first and the last among them. */
function thinned(trajectory: Observation['trajectory']): Observation['trajectory'] {
  const place = (step: number): number => Math.floor(10 * Math.log2(step + 1));
  return trajectory.filter(({ step }, i) => {
    const next = trajectory[i + 1];
    return next === undefined || place(next.step) > place(step);
  });
}

/** A mean over replicates with its interval, or the number itself where there is one. */
export function meanText(
  values: readonly number[],
  interval: Omit<ReturnType<typeof summed>, 'n'> = summed(values),
): string {
  return values.length === 1 ? three(values[0] as number) : intervalText(interval);
}
