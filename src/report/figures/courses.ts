import { areaY, dot, text as label, line, type Markish, ruleX } from '@observablehq/plot';
import { intervalText, three } from '../../claims/describe.ts';
import { MATCHINGS, type Matching } from '../../measure/matching.ts';
import type { ArmRuns, NamedArm } from '../../records/groups.ts';
import type { MethodFacts } from '../../records/schema.ts';
import { type Figure, images } from '../plot.ts';
import { type Style, shapeOf, stylesOf } from '../styles.ts';
import { armText } from '../words.ts';
import { cellText } from './cells.ts';
import { courseOf, type Followed, type MeanPoint, meanCourse } from './course.ts';
import { type Ended, edgeOf, namesAtEdge } from './edge.ts';

/** One of the small multiples: the horizontal axis that a matching goes by. */
interface Panel {
  readonly matching: Matching;
  readonly title: string;
  /** Where a value stands between the left end, 0, and the right end, 1. */
  readonly share: (x: number) => number;
  readonly ticks: readonly number[];
}

/** An arm with its mean courses and how it is drawn. */
interface Drawn extends NamedArm {
  readonly style: Style;
  readonly dash: string;
  readonly means: Readonly<Record<Matching, readonly MeanPoint[]>>;
}

/** How far every replicate of an arm came, with the mean there. */
const endOf = ({ means }: Pick<Drawn, 'means'>, matching: Matching): MeanPoint => means[matching].at(-1) as MeanPoint;

/** Pixels: the least height of a panel, what is between two of them, above and below them, and on their left. */
const SIZES = { panel: 140, between: 56, above: 24, under: 48, left: 52 } as const;

function panelsOf(drawn: readonly Drawn[]): Panel[] {
  const most = (matching: Matching): number => Math.max(...drawn.map((each) => endOf(each, matching).x));
  const [steps, kl] = [Math.max(2, most('steps')), most('target KL') || 1];
  const unit = 10 ** Math.floor(Math.log10(kl));
  const every = unit * ([1, 2, 5].find((times) => kl / (unit * times) <= 4) ?? 1);
  return [
    { matching: 'effect', title: 'success on the target', share: (x) => x, ticks: [0, 0.5, 1] },
    {
      ...{ matching: 'steps', title: 'steps (logarithmic)' },
      share: (x) => Math.log(Math.max(1, x)) / Math.log(steps),
      ticks: [1, 10, 100, 1000].filter((step) => step <= steps),
    },
    {
      ...{ matching: 'target KL', title: 'KL of the target (nats)', share: (x) => x / kl },
      ticks: Array.from({ length: Math.floor(kl / every) + 1 }, (_, i) => i * every),
    },
  ];
}

/** One arm: the line of its mean, whose end has the arm's shape, in the band of its 95 % interval. */
function linesOf({ means, style, dash, arm }: Drawn, panels: readonly Panel[]): Markish[] {
  const rows = panels.map(({ matching, share }) =>
    means[matching].map(({ x, mean, low, high }) => ({ matching, x: share(x), y: mean, low, high })),
  );
  const ends = rows.map((points) => points.at(-1));
  const place = { fy: 'matching', x: 'x' } as const;
  return [
    areaY(rows.flat(), { ...place, y1: 'low', y2: 'high', fill: style.colour, fillOpacity: 0.1 }),
    line(rows.flat(), { ...place, y: 'y', stroke: style.colour, strokeWidth: 2, strokeDasharray: dash }),
    dot(ends, { ...place, y: 'y', ...shapeOf(style, arm), r: 3.5 }),
  ];
}

/** The ends of the arms' means in a panel, each with the number there and the arm's name. */
const endsIn = (drawn: readonly Drawn[], { matching, share }: Panel): Ended[] =>
  drawn.map((each) => {
    const { x, mean } = endOf(each, matching);
    return { ...shapeOf(each.style, each.arm), x: share(x), y: mean, name: `${cellText(mean)} ${armText(each)}` };
  });

/**
 * A number at a place in the course of every arm's runs, along what each matching goes by: at one place of an axis, arms are
 * compared as that matching compares them. Undefined where no run was watched.
 */
export function courses(
  arms: readonly ArmRuns[],
  methods: readonly MethodFacts[],
  { id, title, label: unit, ...followed }: Followed & Pick<Figure, 'id' | 'title'> & { readonly label: string },
): Figure | undefined {
  const styleFor = stylesOf(methods);
  const drawn = arms.flatMap(({ runs, ...named }): Drawn[] => {
    const own = runs.flatMap((run) => courseOf(run, followed) ?? []);
    const { arm, method } = named;
    const dash = !method.skilled || arm.skill === 1 ? '' : arm.skill === 0 ? '1.5,3' : '6,3';
    if (own.length === 0) return [];
    const means = {
      effect: meanCourse(own, 'effect'),
      steps: meanCourse(own, 'steps'),
      'target KL': meanCourse(own, 'target KL'),
    };
    return [{ ...named, means, dash, style: styleFor(method) }];
  });
  if (drawn.length === 0) return undefined;
  const panels = panelsOf(drawn);
  const bounds = drawn.flatMap(({ means }) =>
    Object.values(means).flatMap((of) => of.flatMap(({ low, high }) => [low, high])),
  );
  const up = [Math.min(0, ...bounds), Math.max(0.1, ...bounds)] as const;
  const text = {
    id,
    title,
    description: `Lines are means over replicates, as far as every replicate came, in bands of their 95 % intervals; dotted at s = 0, dashed between 0 and 1. Arms at one place of an axis are matched: at equal success on the selection prompts, after equal steps, at equal KL(base || tuned) of the target. A thin line leads from the end of each line to the arm’s name and the number there: where the replicate that went least far did, which may be far from where the arm ends.`,
  };
  const drawings = images(text, (narrow) => {
    const ends = panels.map((panel) => endsIn(drawn, panel));
    const { right, height } = edgeOf(
      ends.flat().map(({ name }) => name),
      narrow,
    );
    const pixels = Math.max(SIZES.panel, height * drawn.length);
    const facet = { fy: 'matching' } as const;
    const ticks = panels.flatMap(({ matching, share, ticks: own }) =>
      own.map((tick) => ({ matching, x: share(tick), tick: three(tick) })),
    );
    const under = { ...facet, frameAnchor: 'bottom', lineAnchor: 'top', fill: 'currentColor' } as const;
    return {
      height: SIZES.above + 3 * pixels + 2 * SIZES.between + SIZES.under,
      ...{ marginTop: SIZES.above, marginBottom: SIZES.under, marginLeft: SIZES.left, marginRight: right },
      x: { domain: [0, 1], axis: null },
      y: { domain: up, label: unit, grid: true, ticks: 4 },
      fy: { domain: MATCHINGS, axis: null, padding: 0, paddingInner: SIZES.between / (pixels + SIZES.between) },
      marks: [
        ruleX(ticks, { ...facet, x: 'x', strokeOpacity: 0.1 }),
        ...drawn.flatMap((each) => linesOf(each, panels)),
        ...panels.flatMap(({ matching }, i) =>
          namesAtEdge(
            (ends[i] as Ended[]).map((each) => ({ ...each, matching })),
            { edge: 1, up, pixels, narrow, facet },
          ),
        ),
        label(ticks, { ...under, x: 'x', text: 'tick', dy: 6 }),
        label(panels, { ...under, text: 'title', dy: 22 }),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: ['arm', 'along', 'as far as every replicate came', `${unit}, mean there [95 % interval]`, 'replicates'],
    rows: drawn.flatMap((each) =>
      MATCHINGS.map((matching) => {
        const { x, n, ...mean } = endOf(each, matching);
        return [armText(each), matching, three(x), n === 1 ? three(mean.mean) : intervalText(mean), String(n)];
      }),
    ),
  };
}
