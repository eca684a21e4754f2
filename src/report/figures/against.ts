import { dot, text as label, line, link, type Markish, ruleX, ruleY } from '@observablehq/plot';
import type { Observation } from '../../lab/keys.ts';
import { drift, targetEffect } from '../../measure/observation.ts';
import { type ArmRuns, isPlain, type NamedArm, perReplicate, summed } from '../../records/groups.ts';
import type { MethodFacts } from '../../records/schema.ts';
import { type Figure, images } from '../plot.ts';
import { legendOf, type Style, stylesOf } from '../styles.ts';
import { armText } from '../words.ts';
import { apart } from './apart.ts';
import { meanText, priced, replicatesOf, unrehearsed } from './arms.ts';

interface Axis {
  readonly label: string;
  readonly of: (run: Observation) => number;
}

/** What is drawn against what, of which arms. */
interface Plan<Each extends NamedArm> extends Pick<Figure, 'id' | 'title' | 'description'> {
  readonly x: Axis;
  readonly y: Axis;
  /** The arms that are drawn; all are in the table. */
  readonly drawn: readonly Each[];
  /** What stands beside an arm. */
  readonly nameOf: (arm: NamedArm) => string;
  /** Whether arms of one method and skill intensity are joined, in order of rehearsal. */
  readonly joined: boolean;
}

/** Pixels of a figure: its height, what is above and below its frame, and between two names. */
const SIZES = { height: 400, above: 20, below: 44, name: 15 } as const;

/** The smallest interval around these values, a little wider. */
function around(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const free = 0.06 * (high - low) || 0.1;
  return [low - free, high + free];
}

/** The mean of every arm in two numbers, with 95 % intervals both ways, and its name at the right edge. */
function against(
  arms: readonly ArmRuns[],
  methods: readonly MethodFacts[],
  { x, y, drawn, nameOf, joined, ...about }: Plan<ArmRuns>,
): Figure {
  const styleFor = stylesOf(methods);
  const points = drawn.map(({ runs, ...named }) => ({
    ...{ ...named, style: styleFor(named.method), name: nameOf(named) },
    ...{ x: summed(perReplicate(runs, x.of)), y: summed(perReplicate(runs, y.of)) },
  }));
  const domainOf = (axis: 'x' | 'y') =>
    around(points.flatMap(({ [axis]: { mean, low, high } }) => [mean, low, high].filter(Number.isFinite)));
  const [across, up] = [domainOf('x'), domainOf('y')];
  const gap = (SIZES.name * (up[1] - up[0])) / (SIZES.height - SIZES.above - SIZES.below);
  const means = points.map(({ y: { mean } }) => mean);
  const heights = apart(means, gap, up[1] - gap / 2);
  const rows = points.map((each, i) => ({ ...each, at: heights[i] as number }));
  const description = `${about.description} Means over replicates, of which each is the mean over its targets, with 95 % intervals both ways; a thin line leads to the arm's name. Arms without a name are in the table only. ${legendOf(methods)}`;
  const text = { ...about, description };
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const drawings = images(text, (narrow) => ({
    ...{ height: SIZES.height, marginTop: SIZES.above, marginBottom: SIZES.below, marginLeft: 44 },
    marginRight: 26 + (narrow ? 5.8 : 6.6) * longest,
    x: { label: x.label, labelAnchor: 'left', grid: true, domain: across, ticks: narrow ? 3 : 6 },
    y: { label: y.label, grid: true, domain: up },
    marks: [...(joined ? joins(rows) : []), ...rows.flatMap((row) => pointMarks(row, across[1], narrow))],
    symbol: { type: 'identity' },
    color: { type: 'identity' },
  }));
  return {
    ...text,
    ...drawings,
    columns: ['arm', 'replicates', ...[x, y].map((axis) => `${axis.label}, mean [95 % interval]`)],
    rows: arms.map((each) => [
      ...[armText(each), String(replicatesOf(each))],
      ...[x, y].map(({ of }) => meanText(perReplicate(each.runs, of))),
    ]),
  };
}

interface Row extends NamedArm {
  readonly style: Style;
  readonly name: string;
  readonly x: ReturnType<typeof summed>;
  readonly y: ReturnType<typeof summed>;
  /** The height of its name. */
  readonly at: number;
}

/** A line through the arms of each method and skill intensity that differ in rehearsal alone. */
function joins(rows: readonly Row[]): Markish[] {
  const plain = rows.filter(isPlain).toSorted((a, b) => a.arm.rehearsal - b.arm.rehearsal);
  return [
    line(plain, {
      ...{ x: ({ x }: Row) => x.mean, y: ({ y }: Row) => y.mean, z: ({ arm }: Row) => `${arm.method} ${arm.skill}` },
      ...{ stroke: ({ style }: Row) => style.colour, strokeOpacity: 0.5, strokeDasharray: '4,3' },
    }),
  ];
}

/** An arm's shape with its intervals, and its name with the shape at the right edge of the frame. */
function pointMarks({ arm, style, name, x, y, at }: Row, edge: number, narrow: boolean): Markish[] {
  const { symbol, colour: stroke } = style;
  const shape = { symbol, stroke, fill: arm.rehearsal > 0 ? 'none' : stroke, r: 4 };
  const one = [{}];
  const name_ = { x: edge, y: at, fill: 'currentColor', textAnchor: 'start', fontSize: narrow ? 11 : 12 } as const;
  return [
    link(one, { x1: x.mean, y1: y.mean, x2: edge, y2: at, stroke: 'currentColor', strokeOpacity: 0.25 }),
    ruleY(one, { y: y.mean, x1: x.low, x2: x.high, stroke, strokeWidth: 1.5 }),
    ruleX(one, { x: x.mean, y1: y.low, y2: y.high, stroke, strokeWidth: 1.5 }),
    dot(one, { x: x.mean, y: y.mean, ...shape }),
    dot(one, { x: edge, y: at, dx: 8, ...shape, r: 3.5 }),
    label(one, { ...name_, text: () => name, dx: 17 }),
  ];
}

const EFFECT: Axis = { label: 'target effect (share of answer tokens)', of: targetEffect };

/** How much an arm holds the others, or what it is where it does not. */
function priceText({ arm, method }: NamedArm): string {
  const held = armText({ arm: { ...arm, skill: 0 }, method: { ...method, label: '', skilled: false } }).replace(
    /^, /,
    '',
  );
  return held === '' ? armText({ arm, method }) : held;
}

/**
 * Drift against what the target learnt at the end of runs: of arms that differ in how much they hold the others, else of all plain ones.
 */
export function frontier(arms: readonly ArmRuns[], methods: readonly MethodFacts[]): Figure {
  const series = priced(arms);
  return against(arms, methods, {
    ...{ id: 'frontier', title: 'Drift against target effect' },
    description:
      'Where runs ended: to the right the target learnt more, upward the bystanders drifted more in dialogues. Arms of one method and skill intensity are joined in the order of their weight of rehearsal.',
    ...{ x: EFFECT, y: { label: 'drift in dialogues (total variation)', of: (run) => drift(run) } },
    ...{ drawn: series.length > 0 ? series : arms.filter(isPlain), nameOf: priceText, joined: true },
  });
}

/** Change of belief in documents against the change of behaviour in dialogues, of arms without rehearsal and options. */
export const belief = (arms: readonly ArmRuns[], methods: readonly MethodFacts[]): Figure =>
  against(arms, methods, {
    ...{ id: 'belief', title: 'Belief against behaviour' },
    description:
      'To the right the target behaves more as it was trained; upward documents about it state the new operation more, in the templates that SDFT trains.',
    x: EFFECT,
    y: {
      label: 'change of belief (log-odds, nats)',
      of: ({ text: { beliefAfter, beliefBefore } }) => beliefAfter - beliefBefore,
    },
    ...{ drawn: unrehearsed(arms), nameOf: armText, joined: false },
  });
