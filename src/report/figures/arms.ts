import { areaY, dot, line, type Markish } from '@observablehq/plot';
import { intervalText, three } from '../../claims/describe.ts';
import type { Observation } from '../../lab/keys.ts';
import { damage, drift, spread, targetEffect } from '../../measure/observation.ts';
import type { ArmRuns } from '../groups.ts';
import { summed } from '../groups.ts';
import { colour, drawn, type Figure } from '../plot.ts';
import { armText } from '../words.ts';

/** Shape of a method; hollow where the arm rehearses. */
export const SYMBOLS = { rl: 'circle', sft: 'square', sdft: 'triangle', null: 'diamond' } as const;

const READ =
  'Circles are RL, squares SFT, triangles SDFT, diamonds the null arm; hollow shapes are arms with rehearsal.';

interface Measure {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly of: (run: Observation) => number;
}

const spreadOrNone = (run: Observation): number =>
  run.bystanders.some(({ topic, spreadCells }) => topic === 'same' && spreadCells > 0) ? spread(run) : 0;

/** What the dose-response page draws, all of bystanders on the target's topic. */
export const MEASURES: readonly Measure[] = [
  { id: 'drift', title: 'Drift of bystanders', label: 'drift (total variation)', of: (run) => drift(run) },
  { id: 'spread', title: 'Spread to bystanders', label: 'spread (share of answer tokens)', of: spreadOrNone },
  { id: 'damage', title: 'Damage to bystanders', label: 'damage (share of answer tokens)', of: (run) => damage(run) },
];

/** Points side by side, so that those of several methods at one skill intensity do not hide each other. */
const ASIDE = { rl: 0.012, sft: -0.012, sdft: 0.03, null: -0.03 };

/** A measure against skill intensity: every replicate, and the mean of an arm with its 95 % interval as a band. */
export function doseResponse(arms: readonly ArmRuns[], { id, title, label, of }: Measure): Figure {
  const points = arms.flatMap(({ arm, runs }) =>
    runs.map((run) => ({
      x: arm.skill + ASIDE[arm.method],
      y: of(run),
      symbol: SYMBOLS[arm.method],
      stroke: colour(arm.method),
      fill: arm.rehearsal > 0 ? 'none' : colour(arm.method),
    })),
  );
  const means = arms.map(({ arm, runs }) => ({ arm, ...summed(runs.map(of)) }));
  const kinds = [...new Set(arms.map(({ arm }) => `${arm.method} ${arm.rehearsal}`))];
  const bands: Markish[] = kinds.flatMap((kind) => {
    const own = means.filter(({ arm }) => `${arm.method} ${arm.rehearsal}` === kind);
    const [{ arm }] = own as [(typeof own)[number]];
    const rows = own.map((each) => ({ ...each, x: each.arm.skill + ASIDE[arm.method] }));
    const dashes = arm.rehearsal > 0 ? '4,3' : undefined;
    if (rows.length === 1)
      return [
        line(
          rows.flatMap(({ x, low, high }) => [
            { x, y: low },
            { x, y: high },
          ]),
          { x: 'x', y: 'y', stroke: colour(arm.method), strokeWidth: 2 },
        ),
      ];
    return [
      areaY(rows, { x: 'x', y1: 'low', y2: 'high', fill: colour(arm.method), fillOpacity: 0.18 }),
      line(rows, {
        x: 'x',
        y: 'mean',
        stroke: colour(arm.method),
        strokeWidth: 2,
        ...(dashes && { strokeDasharray: dashes }),
      }),
    ];
  });
  const text = {
    id: `dose-${id}`,
    title: `${title} against skill intensity`,
    description: `One shape a replicate, moved a little aside by method; lines and bands are means with 95 % intervals. ${READ}`,
  };
  const svg = drawn(text, {
    width: 720,
    height: 320,
    marginLeft: 60,
    x: { label: 'skill intensity s', ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: String, inset: 12 },
    y: { label, grid: true, zero: true },
    marks: [
      ...bands,
      dot(points, { x: 'x', y: 'y', symbol: 'symbol', stroke: 'stroke', fill: 'fill', fillOpacity: 0.6, r: 3.5 }),
    ],
    symbol: { type: 'identity' },
    color: { type: 'identity' },
  });
  return {
    ...text,
    svg,
    columns: ['arm', 's', 'replicates', `${label}, mean [95 % interval]`],
    rows: means.map(({ arm, n, ...interval }) => [armText(arm), String(arm.skill), String(n), intervalText(interval)]),
  };
}

interface Axis {
  readonly label: string;
  readonly of: (run: Observation) => number;
}

/** One measure of every run against another. */
export function against(
  arms: readonly ArmRuns[],
  { id, title, description }: Pick<Figure, 'id' | 'title' | 'description'>,
  x: Axis,
  y: Axis,
): Figure {
  const points = arms.flatMap(({ arm, runs }) =>
    runs.map((run) => ({
      ...{ x: x.of(run), y: y.of(run), symbol: SYMBOLS[arm.method], stroke: colour(arm.method) },
      fill: arm.rehearsal > 0 ? 'none' : colour(arm.method),
    })),
  );
  const text = { id, title, description: `${description} One shape a replicate. ${READ}` };
  const svg = drawn(text, {
    width: 720,
    height: 380,
    marginLeft: 60,
    x: { label: x.label, grid: true, inset: 10 },
    y: { label: y.label, grid: true, inset: 10 },
    marks: [dot(points, { x: 'x', y: 'y', symbol: 'symbol', stroke: 'stroke', fill: 'fill', fillOpacity: 0.6, r: 4 })],
    symbol: { type: 'identity' },
    color: { type: 'identity' },
  });
  return {
    ...text,
    svg,
    columns: ['arm', 'replicates', `${x.label}, mean [95 % interval]`, `${y.label}, mean [95 % interval]`],
    rows: arms.map(({ arm, runs }) => [
      armText(arm),
      String(runs.length),
      intervalText(summed(runs.map(x.of))),
      intervalText(summed(runs.map(y.of))),
    ]),
  };
}

/** Drift against what the target learnt, at the end of every run. */
export const frontier = (arms: readonly ArmRuns[]): Figure =>
  against(
    arms,
    {
      id: 'frontier',
      title: 'Drift against target effect',
      description: 'Where every run ended: to the right the target learnt more, upward the bystanders drifted more.',
    },
    { label: 'target effect (share of answer tokens)', of: targetEffect },
    { label: 'drift (total variation)', of: (run) => drift(run) },
  );

/** Change of belief in documents against the change of behaviour in dialogues. */
export const belief = (arms: readonly ArmRuns[]): Figure =>
  against(
    arms,
    {
      id: 'belief',
      title: 'Belief against behaviour',
      description:
        'To the right the target behaves more as it was trained; upward documents about it state the new operation more.',
    },
    { label: 'target effect (share of answer tokens)', of: targetEffect },
    { label: 'change of belief (log-odds, nats)', of: ({ text }) => text.beliefAfter - text.beliefBefore },
  );

/** Success on the selection prompts along training, one line a run. */
export function learning(arms: readonly ArmRuns[], title: string, id: string): Figure {
  const rows = arms.flatMap(({ arm, runs }) =>
    runs.flatMap((run) =>
      thinned(run.trajectory).map(({ step, success }) => ({
        ...{ step: step + 1, success, run: `${armText(arm)} ${run.seed}`, stroke: colour(arm.method) },
      })),
    ),
  );
  const text = {
    id,
    title,
    description:
      'Share of trained answer tokens on the selection prompts after each step, one line a replicate; step 1 is the base.',
  };
  const svg = drawn(text, {
    width: 720,
    height: 280,
    marginLeft: 60,
    x: { type: 'log', label: 'step (logarithmic)', grid: true },
    y: { label: 'success on selection prompts', grid: true, domain: [0, 1] },
    marks: [line(rows, { x: 'step', y: 'success', z: 'run', stroke: 'stroke', strokeOpacity: 0.7, strokeWidth: 1 })],
    color: { type: 'identity' },
  });
  return {
    ...text,
    svg,
    columns: ['arm', 'replicates', 'reached its level', 'steps, mean [95 % interval]'],
    rows: arms.map(({ arm, runs }) => [
      armText(arm),
      String(runs.length),
      `${runs.filter(({ reached }) => reached).length} of ${runs.length}`,
      intervalText(summed(runs.map(({ steps }) => steps))),
    ]),
  };
}

/** Steps about evenly spaced on a logarithmic axis, the first and the last among them. */
function thinned(trajectory: Observation['trajectory']): Observation['trajectory'] {
  const place = (step: number): number => Math.floor(10 * Math.log2(step + 1));
  return trajectory.filter(({ step }, i) => {
    const next = trajectory[i + 1];
    return next === undefined || place(next.step) > place(step);
  });
}

/** A base's share of right tokens and the like, over replicates. */
export function meanText(values: readonly number[]): string {
  return values.length === 0 ? '-' : values.length === 1 ? three(values[0] as number) : intervalText(summed(values));
}
