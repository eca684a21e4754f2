import { areaY, text as label, line, type Markish } from '@observablehq/plot';
import { intervalText, three } from '../../claims/describe.ts';
import type { ArmRuns } from '../../records/groups.ts';
import { type ColourName, colour, type Figure, images } from '../plot.ts';
import { armText } from '../words.ts';
import { apart } from './apart.ts';
import { cellText } from './cells.ts';
import { courseOf, type Followed, type MeanPoint, meanCourse } from './course.ts';

/** A place that is followed, with how its line is called and drawn. */
export interface FollowedPlace extends Followed {
  readonly name: string;
  readonly colour: ColourName;
  /** As SVG has it; none where absent. */
  readonly dash?: string;
}

/** Panels beside each other, and pixels: of a panel's rows, of the names over them, of the words beside lines, and between those. */
const SIZES = { row: 128, over: 34, under: 40, left: 34, words: 164, line: 12 } as const;
const PANELS = { wide: { beside: 2, width: 720 }, narrow: { beside: 1, width: 340 } } as const;

interface Line extends FollowedPlace {
  readonly arm: string;
  readonly points: readonly MeanPoint[];
}

/** The end of a line, whose name stands beside it at `y`. */
const endOf = ({ points }: Line): MeanPoint => points.at(-1) as MeanPoint;

/** The numbers and names beside the ends of an arm's lines, one above another where they would meet, in a panel that ends at `top`. */
function named(
  lines: readonly Line[],
  gap: number,
  top: number,
): { readonly name: string; readonly x: number; readonly y: number }[] {
  const means = lines.map((each) => endOf(each).mean);
  const heights = apart(means, gap, top - gap / 2);
  return lines.map((each, i) => {
    const { x, mean } = endOf(each);
    return { name: `${cellText(mean)} ${each.name}`, x, y: heights[i] as number };
  });
}

/**
 * What some places took up in the course of training, a panel an arm and a line a place: means over replicates, as far as every
 * replicate came. Undefined where no run was watched.
 */
export function uptake(
  arms: readonly ArmRuns[],
  { label: unit, ...text }: Pick<Figure, 'id' | 'title' | 'description'> & { readonly label: string },
  places: readonly FollowedPlace[],
): Figure | undefined {
  const lines = arms.flatMap((each) =>
    places.flatMap((place): Line[] => {
      const courses = each.runs.flatMap((run) => courseOf(run, place) ?? []);
      return courses.length === 0 ? [] : [{ ...place, arm: armText(each), points: meanCourse(courses, 'steps') }];
    }),
  );
  const drawn = [...new Set(lines.map(({ arm }) => arm))];
  if (drawn.length === 0) return undefined;
  const within = (value: number): number => Math.min(1, Math.max(-1, value));
  const last = Math.max(2, ...lines.map((each) => endOf(each).x));
  const lows = lines.flatMap(({ points }) => points.map(({ low }) => within(low)));
  const domain = [Math.min(0, ...lows), 1] as const;
  const drawings = images(text, (narrow) => {
    const { beside, width } = PANELS[narrow ? 'narrow' : 'wide'];
    const gap = SIZES.words + SIZES.left;
    const panel = (width - SIZES.left - SIZES.words - gap * (beside - 1)) / beside;
    const letters = (SIZES.line * (domain[1] - domain[0])) / (SIZES.row - SIZES.over);
    const at = new Map(drawn.map((arm, i) => [arm, { fx: i % beside, fy: Math.floor(i / beside) }]));
    const facet = { fx: 'fx', fy: 'fy' } as const;
    const marks = lines.flatMap(({ arm, points, dash = '', ...each }): Markish[] => {
      const rows = points.map(({ x, mean, low, high }) => ({
        ...at.get(arm),
        x,
        mean,
        low: within(low),
        high: within(high),
      }));
      const stroke = colour(each.colour);
      return [
        areaY(rows, { ...facet, x: 'x', y1: 'low', y2: 'high', fill: stroke, fillOpacity: 0.12 }),
        line(rows, { ...facet, x: 'x', y: 'mean', stroke, strokeWidth: 2, strokeDasharray: dash }),
      ];
    });
    const names = drawn.flatMap((arm) =>
      named(
        lines.filter((each) => each.arm === arm),
        letters,
        domain[1],
      ).map((each) => ({ ...at.get(arm), ...each })),
    );
    const rows = Math.ceil(drawn.length / beside);
    return {
      height: SIZES.over + SIZES.under + SIZES.row * rows,
      ...{ marginTop: SIZES.over, marginBottom: SIZES.under, marginLeft: SIZES.left, marginRight: SIZES.words },
      fx: {
        axis: null,
        domain: Array.from({ length: beside }, (_, i) => i),
        padding: 0,
        paddingInner: beside === 1 ? 0 : gap / (gap + panel),
      },
      fy: { axis: null, padding: 0, paddingInner: SIZES.over / SIZES.row },
      x: {
        type: 'log',
        domain: [1, last],
        label: 'step (logarithmic)',
        grid: true,
        ticks: [1, 10, 100, 1000].filter((step) => step <= last),
        tickFormat: String,
      },
      y: { label: null, grid: true, domain, ticks: [0, 0.5, 1] },
      marks: [
        ...marks,
        label(names, {
          ...facet,
          x: 'x',
          y: 'y',
          text: 'name',
          dx: 6,
          textAnchor: 'start',
          fill: 'currentColor',
          fontSize: 11,
        }),
        label(
          drawn.map((arm) => ({ ...at.get(arm), arm })),
          {
            ...{
              ...facet,
              text: 'arm',
              frameAnchor: 'top-left',
              lineAnchor: 'bottom',
              textAnchor: 'start',
              dy: -5,
              fill: 'currentColor',
            },
          },
        ),
      ],
    };
  });
  return {
    ...text,
    ...drawings,
    columns: [
      'arm',
      'place',
      'number',
      'steps of every replicate',
      `${unit}, mean there [95 % interval]`,
      'replicates',
    ],
    rows: lines.map((each) => {
      const { x, n, ...mean } = endOf(each);
      const number = each.number === 'spread' ? 'spread' : 'total variation';
      return [each.arm, each.name, number, three(x), n === 1 ? three(mean.mean) : intervalText(mean), String(n)];
    }),
  };
}
