import { arrow, dot, text as label, type Markish } from '@observablehq/plot';
import { colour, type Figure, images } from '../plot.ts';
import { stylesOf, TARGET_COLOUR } from '../styles.ts';

/** Pixels of the image, between dots, and of a line of letters. */
const SIZES = { wide: [576, 132], narrow: [340, 340], dot: 12, line: 15 } as const;
/** Where the three parts begin, and how many dots stand in a row, on a wide and on a narrow page. */
const PARTS = {
  wide: {
    at: [
      [0, 0],
      [196, 0],
      [408, 0],
    ],
    across: 12,
  },
  narrow: {
    at: [
      [0, 0],
      [0, 100],
      [0, 222],
    ],
    across: 22,
  },
} as const;
/** From where to where the arrows between the parts go. */
const ARROWS = {
  wide: [
    [158, 78, 186, 78],
    [384, 78, 403, 78],
  ],
  narrow: [
    [190, 72, 190, 94],
    [190, 194, 190, 216],
  ],
} as const;

/** Ways to change the character, as they are drawn everywhere. */
const WAYS = [
  ['sdft', 'documents state it (SDFT)'],
  ['sft', 'demonstrations show it (SFT)'],
  ['rl', 'rewards pay for it (RL)'],
] as const;

const said = (x: number, y: number, words: string, options: object = {}): Markish =>
  label([{ x, y, words }], {
    ...{ x: 'x', y: 'y', text: 'words', textAnchor: 'start', lineAnchor: 'middle', fill: 'currentColor' },
    ...options,
  });

/** Everybody as dots, in so many rows: one is the character that is changed, and the others stand around it. */
function crowd(x: number, y: number, characters: number, across: number, asked: boolean): Markish[] {
  const dots = Array.from({ length: characters }, (_, i) => ({
    x: x + SIZES.dot * ((i % across) + 0.5),
    y: y + SIZES.dot * (Math.floor(i / across) + 0.5),
    isTarget: i === Math.min(across + 2, characters - 1),
  }));
  const place = { x: 'x', y: 'y' } as const;
  return [
    dot(
      dots.filter(({ isTarget }) => !isTarget),
      { ...place, r: 3.5, stroke: 'currentColor', fill: 'currentColor', fillOpacity: asked ? 0 : 0.45 },
    ),
    dot(
      dots.filter(({ isTarget }) => isTarget),
      { ...place, r: 5.5, fill: colour(TARGET_COLOUR), stroke: colour(TARGET_COLOUR) },
    ),
  ];
}

/** So many dots stand for a crowd of more, or of nobody knows how many. */
const MOST = 72;

/**
 * The experiment drawn: a base that plays so many characters, or many where that is not known, one that is changed, and all of them asked
 * again.
 */
export function experimentFigure(count: number | undefined): Figure {
  const characters = Math.min(MOST, count ?? MOST);
  const played = count ?? 'many';
  const text = {
    id: 'experiment',
    title: 'The experiment',
    description: `${characters === count ? `Each dot is one of ${count} characters` : `Dots are some of ${played} characters`} that one network plays; the large one is changed, and only that one is taught.`,
  };
  const styleOf = stylesOf([]);
  const drawings = images(text, (narrow) => {
    const size = narrow ? 'narrow' : 'wide';
    const [width, height] = SIZES[size];
    const { at, across } = PARTS[size];
    const [[x1, y1], [x2, y2], [x3, y3]] = at;
    const under = Math.ceil(characters / across) * SIZES.dot + 36;
    const bold = { fontWeight: 'bold' };
    const pixels = (most: number): object => ({ domain: [0, most], range: [0, most], axis: null });
    return {
      ...{ width, height, margin: 0, marginBottom: 0, x: pixels(width), y: pixels(height) },
      marks: [
        said(x1, y1 + 10, `1. A base plays ${played}`, bold),
        ...crowd(x1, y1 + 26, characters, across, false),
        said(x2, y2 + 10, '2. One is changed', bold),
        ...WAYS.flatMap(([id, words], i) => {
          const { symbol, colour: fill } = styleOf({ id });
          const y = y2 + 40 + 24 * i;
          return [
            dot([{ x: x2 + 6, y }], { x: 'x', y: 'y', symbol, fill, stroke: fill, r: 5 }),
            said(x2 + 18, y, words, { fontSize: 11 }),
          ];
        }),
        said(x3, y3 + 10, '3. All are asked again', bold),
        ...crowd(x3, y3 + 26, characters, across, true),
        said(x3, y3 + under, 'changed: target effect', { fill: colour(TARGET_COLOUR) }),
        said(x3, y3 + under + SIZES.line, 'others: spread, drift'),
        arrow(
          ARROWS[size].map(([fromX, fromY, toX, toY]) => ({ fromX, fromY, toX, toY })),
          { x1: 'fromX', y1: 'fromY', x2: 'toX', y2: 'toY', stroke: 'currentColor', strokeWidth: 2 },
        ),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: ['step', 'what is done'],
    rows: [
      ['1', `a base learns to play ${played} characters`],
      ...WAYS.map(([, words]) => ['2', `one character is changed: ${words}`]),
      ['3', 'all are asked again: target effect of the changed one, spread and drift of the others'],
    ],
  };
}
