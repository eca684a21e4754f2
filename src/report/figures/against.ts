import { dot, line, type Markish, ruleX, ruleY } from '@observablehq/plot';
import type { Observation } from '../../lab/keys.ts';
import { drift, targetEffect } from '../../measure/observation.ts';
import { type ArmRuns, isPlain, type NamedArm, perReplicate, summed } from '../../records/groups.ts';
import type { MethodFacts } from '../../records/schema.ts';
import { type Figure, images } from '../plot.ts';
import { type Style, shapeOf, stylesOf } from '../styles.ts';
import { armText } from '../words.ts';
import { meanText, priced, replicatesOf, unrehearsed } from './arms.ts';
import { cellText } from './cells.ts';
import { edgeOf, namesAtEdge } from './edge.ts';

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
  /** Whether arms of one method and skill intensity are joined, in order of rehearsal. */
  readonly joined: boolean;
}

/** Pixels of a figure: the least height of its frame, and what is above and below it. */
const SIZES = { frame: 336, above: 20, below: 44 } as const;

/** The smallest interval around these values, a little wider. */
function around(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const free = 0.06 * (high - low) || 0.1;
  return [low - free, high + free];
}

/** The mean of every arm in two numbers, with 95 % intervals both ways, and its name with the vertical one at the right edge. */
function against(
  arms: readonly ArmRuns[],
  methods: readonly MethodFacts[],
  { x, y, drawn, joined, ...about }: Plan<ArmRuns>,
): Figure {
  const styleFor = stylesOf(methods);
  const rows = drawn.map(({ runs, ...named }) => ({
    ...{ ...named, style: styleFor(named.method) },
    ...{ x: summed(perReplicate(runs, x.of)), y: summed(perReplicate(runs, y.of)) },
  }));
  const ends = rows.map((row) => ({
    ...shapeOf(row.style, row.arm),
    ...{ x: row.x.mean, y: row.y.mean, name: `${cellText(row.y.mean)} ${armText(row)}` },
  }));
  const domainOf = (axis: 'x' | 'y') =>
    around(rows.flatMap(({ [axis]: { mean, low, high } }) => [mean, low, high].filter(Number.isFinite)));
  const [across, up] = [domainOf('x'), domainOf('y')];
  const description = `${about.description} Means over replicates, of which each is the mean over its targets, with 95 % intervals both ways; a thin line leads to the arm's name and its number upward. Arms without a name are in the table only.`;
  const text = { ...about, description };
  const drawings = images(text, (narrow) => {
    const { right, height } = edgeOf(
      ends.map(({ name }) => name),
      narrow,
    );
    const pixels = Math.max(SIZES.frame, height * ends.length);
    return {
      ...{ height: SIZES.above + pixels + SIZES.below, marginTop: SIZES.above, marginBottom: SIZES.below },
      ...{ marginLeft: 44, marginRight: right },
      x: { label: x.label, labelAnchor: 'left', grid: true, domain: across, ticks: narrow ? 3 : 6 },
      y: { label: y.label, grid: true, domain: up },
      marks: [
        ...(joined ? joins(rows) : []),
        ...rows.flatMap(pointMarks),
        ...namesAtEdge(ends, { edge: across[1], up, pixels, narrow }),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
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
  readonly x: ReturnType<typeof summed>;
  readonly y: ReturnType<typeof summed>;
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

/** An arm's shape with its intervals. */
function pointMarks({ arm, style, x, y }: Row): Markish[] {
  const one = [{}];
  const stroke = style.colour;
  return [
    ruleY(one, { y: y.mean, x1: x.low, x2: x.high, stroke, strokeWidth: 1.5 }),
    ruleX(one, { x: x.mean, y1: y.low, y2: y.high, stroke, strokeWidth: 1.5 }),
    dot(one, { x: x.mean, y: y.mean, ...shapeOf(style, arm), r: 4 }),
  ];
}

const EFFECT: Axis = { label: 'target effect (share of answer tokens)', of: targetEffect };

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
    ...{ drawn: series.length > 0 ? series : arms.filter(isPlain), joined: true },
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
    ...{ drawn: unrehearsed(arms), joined: false },
  });
