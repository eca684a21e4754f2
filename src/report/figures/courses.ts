import { areaY, dot, text as label, line, type Markish, ruleX } from '@observablehq/plot';
import { intervalText, three } from '../../claims/describe.ts';
import { MATCHINGS, type Matching } from '../../measure/matching.ts';
import type { ArmRuns, NamedArm } from '../../records/groups.ts';
import type { MethodFacts } from '../../records/schema.ts';
import { type Figure, images } from '../plot.ts';
import { legendOf, type Style, stylesOf } from '../styles.ts';
import { armText } from '../words.ts';
import { courseOf, type Followed, type MeanPoint, meanCourse } from './course.ts';

/** One of the small multiples: the horizontal axis that a matching goes by. */
interface Panel {
  readonly matching: Matching;
  readonly title: string;
  /** Where a value stands between the left end, 0, and the right end, 1. */
  readonly share: (x: number) => number;
  readonly ticks: readonly number[];
}

/** An arm with its mean courses and how it is drawn; its number stands at the ends of its lines. */
interface Drawn extends NamedArm {
  readonly sign: string;
  readonly style: Style;
  readonly dash: string;
  readonly means: Readonly<Record<Matching, readonly MeanPoint[]>>;
}

/** How far every replicate of an arm came, with the mean there. */
const endOf = ({ means }: Pick<Drawn, 'means'>, matching: Matching): MeanPoint => means[matching].at(-1) as MeanPoint;

/** Pixels of a page: of the panels, of the letters between them, and of a row of the key. */
const SIZES = { wide: 250, narrow: 150, above: 24, left: 52, right: 196, under: 48, row: 16 } as const;

/** Letters of the longest name of a key that finds room beside the panels. */
const LONGEST_BESIDE = 24;

/** How much of the distance between two panels is free. */
const GAP = { wide: 0.16, narrow: 0.3 } as const;

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
function linesOf({ means, style, dash, arm }: Drawn, panels: readonly Panel[], facet: object): Markish[] {
  const rows = panels.map(({ matching, share }) =>
    means[matching].map(({ x, mean, low, high }) => ({ matching, x: share(x), y: mean, low, high })),
  );
  const ends = rows.map((points) => points.at(-1));
  const stroke = style.colour;
  const fill = arm.rehearsal > 0 ? 'none' : stroke;
  return [
    areaY(rows.flat(), { ...facet, x: 'x', y1: 'low', y2: 'high', fill: stroke, fillOpacity: 0.1 }),
    line(rows.flat(), { ...facet, x: 'x', y: 'y', stroke, strokeWidth: 2, strokeDasharray: dash }),
    dot(ends, { ...facet, x: 'x', y: 'y', symbol: style.symbol, stroke, fill, r: 3.5 }),
  ];
}

/** The arms' numbers beside the ends of their means, one above another where they would meet, on panels of so many pixels a unit. */
function signsOf(
  drawn: readonly Drawn[],
  panels: readonly Panel[],
  [width, height]: readonly [number, number],
): object[] {
  return panels.flatMap(({ matching, share }) => {
    const placed: { readonly matching: Matching; readonly x: number; readonly y: number; readonly sign: string }[] = [];
    const ends = drawn.map((each) => ({ sign: each.sign, ...endOf(each, matching) }));
    for (const { sign, x: at, mean } of ends.sort((a, b) => a.mean - b.mean)) {
      const x = share(at);
      const near = placed.filter((other) => Math.abs(other.x - x) * width < 16).map(({ y }) => y);
      placed.push({ matching, x, sign, y: Math.max(mean, ...near.map((y) => y + 11 / height)) });
    }
    return placed;
  });
}

/** Which number and shape is which arm: beside the panels, or under them. */
function keyOf(drawn: readonly Drawn[], beside: boolean, under: Matching, facet: object): Markish[] {
  return drawn.flatMap(({ sign, style, arm, ...named }, i): Markish[] => {
    const place = {
      ...{ ...facet, frameAnchor: beside ? ('top-right' as const) : ('bottom-left' as const) },
      dy: (beside ? 0 : SIZES.under + 4) + SIZES.row * i,
    };
    const row = [{ matching: beside ? 'target KL' : under }];
    const fill = arm.rehearsal > 0 ? 'none' : style.colour;
    return [
      dot(row, { ...place, dx: beside ? 30 : 6, symbol: style.symbol, stroke: style.colour, fill, r: 3.5 }),
      label(row, {
        ...{ ...place, dx: beside ? 40 : 16, textAnchor: 'start', lineAnchor: 'middle', fill: 'currentColor' },
        text: () => `${sign} ${armText({ arm, ...named })}`,
      }),
    ];
  });
}

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
  const drawn = arms.flatMap(({ runs, ...named }): Omit<Drawn, 'sign'>[] => {
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
  const signed = drawn.map((each, i) => ({ ...each, sign: String(i + 1) }));
  const panels = panelsOf(signed);
  const ends = signed.flatMap(({ means }) =>
    Object.values(means).flatMap((of) => of.flatMap(({ low, high }) => [low, high])),
  );
  const [least, most] = [Math.min(0, ...ends), Math.max(0.1, ...ends)];
  const text = {
    id,
    title,
    description: `Lines are means over replicates, as far as every replicate came, in bands of their 95 % intervals; dotted at s = 0, dashed between 0 and 1. Arms at one place of an axis are matched: at equal success on the selection prompts, after equal steps, at equal KL(base || tuned) of the target. Numbers at the ends name the arms. ${legendOf(methods)}`,
  };
  const drawings = images(text, (narrow) => {
    const beside = !narrow && Math.max(...signed.map((each) => armText(each).length)) <= LONGEST_BESIDE;
    const key = SIZES.row * signed.length;
    const right = beside ? SIZES.right : 24;
    const bottom = SIZES.under + (beside ? 0 : key + 4);
    // Three panels and two gaps between them, beside each other or one under another.
    const gap = narrow ? GAP.narrow : GAP.wide;
    const width = (narrow ? 340 : 720) - SIZES.left - right;
    const height = narrow ? (SIZES.narrow * (3 - gap)) / (1 - gap) : beside ? Math.max(SIZES.wide, key) : SIZES.wide;
    const panel = narrow ? ([width, SIZES.narrow] as const) : ([(width * (1 - gap)) / (3 - gap), height] as const);
    const facet = narrow ? { fy: 'matching' } : { fx: 'matching' };
    const scale = { domain: MATCHINGS, axis: null, paddingInner: gap };
    const ticks = panels.flatMap(({ matching, share, ticks: own }) =>
      own.map((tick) => ({ matching, x: share(tick), tick: three(tick) })),
    );
    const under = { ...facet, frameAnchor: 'bottom', lineAnchor: 'top', fill: 'currentColor' } as const;
    return {
      ...{ height: SIZES.above + height + bottom, marginTop: SIZES.above, marginBottom: bottom },
      ...{ marginLeft: SIZES.left, marginRight: right },
      x: { domain: [0, 1], axis: null },
      y: { domain: [least, most], label: unit, grid: true, ticks: 4 },
      ...(narrow ? { fy: scale } : { fx: scale }),
      marks: [
        ruleX(ticks, { ...facet, x: 'x', strokeOpacity: 0.1 }),
        ...signed.flatMap((each) => linesOf(each, panels, facet)),
        label(signsOf(signed, panels, [panel[0], panel[1] / (most - least)]), {
          ...{ ...facet, x: 'x', y: 'y', text: 'sign', dx: 7, textAnchor: 'start', fill: 'currentColor', fontSize: 11 },
        }),
        label(ticks, { ...under, x: 'x', text: 'tick', dy: 6 }),
        label(panels, { ...under, text: 'title', dy: 24 }),
        ...keyOf(signed, beside, narrow ? 'target KL' : 'effect', facet),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: ['arm', 'along', 'as far as every replicate came', `${unit}, mean there [95 % interval]`, 'replicates'],
    rows: signed.flatMap((each) =>
      MATCHINGS.map((matching) => {
        const { x, n, ...mean } = endOf(each, matching);
        return [armText(each), matching, three(x), n === 1 ? three(mean.mean) : intervalText(mean), String(n)];
      }),
    ),
  };
}
