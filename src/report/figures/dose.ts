import { areaY, dot, line, type Markish } from '@observablehq/plot';
import { three } from '../../claims/describe.ts';
import type { Observation } from '../../lab/keys.ts';
import { damage, drift, spread } from '../../measure/observation.ts';
import { type ArmRuns, isPlain, type NamedArm } from '../../records/groups.ts';
import type { MethodFacts } from '../../records/schema.ts';
import { type Figure, images } from '../plot.ts';
import { type Style, shapeOf, stylesOf } from '../styles.ts';
import { armText } from '../words.ts';
import { type Measured, meanText, measured } from './arms.ts';
import { cellText } from './cells.ts';
import { type Ended, edgeOf, namesAtEdge } from './edge.ts';

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

/** Arms of one method and weight of rehearsal, drawn aside of their s by so many steps. */
interface Kind {
  readonly steps: number;
  readonly style: Style;
  readonly arms: readonly Measured[];
}

/** Plain arms by method and rehearsal, those at several s nearest to it; one weight of rehearsal at one s is no dose, see the frontier. */
function kindsOf(arms: readonly Measured[], methods: readonly MethodFacts[]): Kind[] {
  const styleFor = stylesOf(methods);
  const nameOf = ({ arm }: NamedArm): string => `${arm.method} ${arm.rehearsal}`;
  const plain = arms.filter(isPlain);
  const own = [...new Set(plain.map(nameOf))].map((name) => plain.filter((each) => nameOf(each) === name));
  const atMany = own.filter(({ length }) => length > 1);
  const atOne = own.filter(({ length, 0: first }) => length === 1 && first?.arm.rehearsal === 0);
  return [...atMany, ...atOne].map((alike, i) => {
    const [{ arm, method }] = alike as [Measured];
    const before = atOne.slice(0, Math.max(0, i - atMany.length)).filter(([first]) => first?.arm.skill === arm.skill);
    const rank = i < atMany.length ? i : atMany.length + before.length;
    const steps = Math.ceil(rank / 2) * (rank % 2 === 0 ? 1 : -1);
    return { steps, style: styleFor(method), arms: alike };
  });
}

/** One step aside on the axis of skill intensity, so that shapes of several kinds at one s do not hide each other. */
const stepOf = (narrow: boolean): number => (narrow ? 0.048 : 0.026);

/** Means with their intervals: a band over s, or of an arm at one s a dot and a line beside its shapes. */
function bands({ arms, style: { colour: stroke }, steps }: Kind, narrow: boolean): Markish[] {
  const at = steps * stepOf(narrow);
  const rows = arms.map(({ arm, mean, low, high }) => ({ mean, low, high, x: arm.skill + at }));
  if (rows.length > 1)
    return [
      areaY(rows, { x: 'x', y1: 'low', y2: 'high', fill: stroke, fillOpacity: 0.18 }),
      line(rows, { x: 'x', y: 'mean', stroke, strokeWidth: 2 }),
    ];
  const aside = rows.map((row) => ({ ...row, x: row.x + 0.5 * stepOf(narrow) }));
  const ends = aside.flatMap(({ x, low, high }) => [low, high].map((y) => ({ x, y })));
  return [
    line(ends, { x: 'x', y: 'y', stroke, strokeWidth: 2 }),
    dot(aside, { x: 'x', y: 'mean', fill: stroke, r: 3 }),
  ];
}

/** Every replicate's measure as the shape of its method. */
function shapes({ arms, style, steps }: Kind, narrow: boolean): Markish {
  const [{ arm: first }] = arms as readonly [Measured];
  const points = arms.flatMap(({ arm, own }) =>
    own.map(({ value }) => ({ x: arm.skill + steps * stepOf(narrow), y: value })),
  );
  return dot(points, { x: 'x', y: 'y', ...shapeOf(style, first), fillOpacity: 0.6, r: 3.5 });
}

/** The end of a kind, whose name and mean stand at the right edge. */
function endOf({ arms, style, steps }: Kind, narrow: boolean): Ended {
  const last = arms.reduce((most, each) => (each.arm.skill > most.arm.skill ? each : most));
  const place = { x: last.arm.skill + steps * stepOf(narrow), y: last.mean };
  return { ...shapeOf(style, last.arm), ...place, name: `${cellText(last.mean)} ${armText(last)}` };
}

/** Pixels of a figure: the least height of its frame, and what is above and below it. */
const SIZES = { frame: 256, above: 20, below: 44 } as const;

/** A measure against skill intensity: every replicate, and the mean of an arm with its 95 % interval as a band. */
export function doseResponse(
  arms: readonly ArmRuns[],
  methods: readonly MethodFacts[],
  { id, title, label, of }: Measure,
): Figure {
  const all = measured(arms, of);
  const kinds = kindsOf(all, methods);
  const text = {
    id: `dose-${id}`,
    title: `${title} against skill intensity`,
    description: `One shape a replicate, which is the mean over its targets, moved a little aside by method; lines and bands are means with 95 % intervals; of an arm at one s a dot and an upright line beside its shapes. A thin line leads to each name, with the mean where a method ends. Arms with options, after others, or with rehearsal at one s alone are in the table only.`,
  };
  const values = all.flatMap(({ own, low, high }) => [low, high, ...own.map(({ value }) => value)]);
  const up = [Math.min(0, ...values), Math.max(0, ...values)] as const;
  const drawings = images(text, (narrow) => {
    const ends = kinds.map((kind) => endOf(kind, narrow));
    const { right, height } = edgeOf(
      ends.map(({ name }) => name),
      narrow,
    );
    const pixels = Math.max(SIZES.frame, height * ends.length);
    const asides = kinds.flatMap(({ arms: own, steps }) => own.map(({ arm }) => arm.skill + steps * stepOf(narrow)));
    const across = [Math.min(0, ...asides) - stepOf(narrow), Math.max(1, ...asides) + stepOf(narrow)] as const;
    return {
      ...{ height: SIZES.above + pixels + SIZES.below, marginTop: SIZES.above, marginBottom: SIZES.below },
      ...{ marginLeft: 44, marginRight: right },
      x: {
        label: 'skill intensity s',
        labelAnchor: 'left',
        domain: across,
        ticks: [0, 0.25, 0.5, 0.75, 1],
        tickFormat: String,
      },
      y: { label, grid: true, domain: up },
      marks: [
        ...kinds.flatMap((kind) => bands(kind, narrow)),
        ...kinds.map((kind) => shapes(kind, narrow)),
        ...namesAtEdge(ends, { edge: across[1], up, pixels, narrow }),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: ['arm', `${label}, mean [95 % interval]`, 'replicates', 'each, by its seed'],
    rows: all.map(({ own, ...each }) => [
      ...[armText(each), meanText(own.map(({ value }) => value)), String(own.length)],
      own.map(({ seed, value }) => `${seed}: ${three(value)}`).join(', '),
    ]),
  };
}
