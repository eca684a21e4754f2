import { dot, text as label, link, type Markish } from '@observablehq/plot';
import type { shapeOf } from '../styles.ts';
import { apart } from './apart.ts';
import { wrapped } from './wrapped.ts';

// Names in the right margin of a frame, each with the shape of its mark and a thin line to it: nobody has to look a mark up.

/** A mark that is named: where it is, its name, and how it is drawn. */
export interface Ended extends ReturnType<typeof shapeOf> {
  readonly x: number;
  readonly y: number;
  readonly name: string;
}

/** Pixels of a name: of a letter, of a line, before it and after it; its letters in a line. */
const NAME = {
  wide: { letter: 6.6, line: 14, letters: 44, size: 12 },
  narrow: { letter: 6.1, line: 12.5, letters: 22, size: 11 },
  before: 17,
  after: 4,
} as const;

/** Pixels that these names take: the margin at the right of the frame, and of each the height. */
export function edgeOf(names: readonly string[], narrow: boolean): { readonly right: number; readonly height: number } {
  const { letter, line, letters } = NAME[narrow ? 'narrow' : 'wide'];
  const lines = names.map((name) => wrapped(name, letters));
  const longest = Math.max(...lines.flat().map(({ length }) => length));
  return {
    right: NAME.before + NAME.after + letter * longest,
    height: line * Math.max(...lines.map(({ length }) => length)) + 1,
  };
}

/** Names beside a frame that ends at `edge`, whose vertical axis has this domain over so many pixels. */
export function namesAtEdge(
  marks: readonly Ended[],
  {
    edge,
    up: [least, most],
    pixels,
    narrow,
    facet = {},
  }: {
    readonly edge: number;
    readonly up: readonly [number, number];
    readonly pixels: number;
    readonly narrow: boolean;
    /** The channel of the panel that these are of, where there are several. */
    readonly facet?: { readonly fy?: string };
  },
): Markish[] {
  const { letters, size } = NAME[narrow ? 'narrow' : 'wide'];
  const { height } = edgeOf(
    marks.map(({ name }) => name),
    narrow,
  );
  const gap = (height * (most - least)) / pixels;
  const heights = apart(
    marks.map(({ y }) => y),
    gap,
    most - gap / 2,
  );
  const rows = marks.map((each, i) => ({ ...each, edge, at: heights[i] as number }));
  const place = { ...facet, x: 'edge', y: 'at' } as const;
  return [
    link(rows, { ...facet, x1: 'x', y1: 'y', x2: 'edge', y2: 'at', stroke: 'currentColor', strokeOpacity: 0.25 }),
    dot(rows, { ...place, dx: 8, symbol: 'symbol', stroke: 'stroke', fill: 'fill', r: 3.5 }),
    label(rows, {
      ...{ ...place, dx: NAME.before, textAnchor: 'start', fill: 'currentColor', fontSize: size },
      text: ({ name }: Ended) => wrapped(name, letters).join('\n'),
    }),
  ];
}
