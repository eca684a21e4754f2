import { dot, text as label, type Markish, rect } from '@observablehq/plot';
import {
  DEEDS,
  type Deed,
  type PictureGroup,
  type PictureText,
  type WorldPicture,
} from '../../records/pictures/picture.ts';
import { type ColourName, colour, type Figure, images } from '../plot.ts';
import { TARGET_COLOUR } from '../styles.ts';
import { wrapped } from './wrapped.ts';

/** The colours of what is done to tokens; the words beside them say the same. */
const DONE: Readonly<Record<Deed, ColourName>> = {
  'hidden from the answer': 'open',
  'pretraining trains': 'sixth',
  'SFT trains': 'sft',
  'RL rewards': 'rl',
  'SDFT trains': 'sdft',
};

/** A part of a picture that is as many pixels high, drawn from `y` on. */
interface Part {
  readonly height: number;
  readonly draw: (y: number) => Markish[];
}

const WIDTH = { wide: 720, narrow: 340 } as const;
/** Of a wide page: pixels of a token's letter at most, letters that its box has room for beside its own, and pixels of lines. */
const WIDE = { letter: 7.5, beside: 3, title: 26, token: 24, kind: 18, deed: 14, after: 18 } as const;
/** Pixels that a letter of a line's name takes. */
const LETTER = 6.4;
/** Pixels of a row of a narrow page, of its headings, and of the columns of words and of deeds. */
const NARROW = { row: 17, heading: 13, over: 14, word: 78, kind: 76, after: 18 } as const;
/** Pixels between the dots of characters, and lines of letters. */
const GROUP = { dot: 11, line: 15, letters: { wide: 110, narrow: 48 }, after: 8 } as const;

const LETTERS = { fill: 'currentColor', textAnchor: 'start', lineAnchor: 'middle' } as const;

/** Letters at a place, in pixels. */
const at = (x: number, y: number, said: string, options: object = {}): Markish =>
  label([{ x, y, said }], { x: 'x', y: 'y', text: 'said', ...LETTERS, ...options });

/** The box of a token. */
const box = (x1: number, x2: number, y: number): Markish =>
  rect([{ x1, x2, y1: y, y2: y + WIDE.token }], {
    ...{ x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', inset: 1, rx: 3 },
    ...{ fill: 'none', stroke: 'currentColor', strokeOpacity: 0.5 },
  });

/** That a deed is done to a token: a bar in its column. */
const bar = (deed: Deed, x1: number, x2: number, y: number, height: number): Markish =>
  rect([{ x1, x2, y1: y, y2: y + height }], { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: colour(DONE[deed]) });

const deedsIn = ({ tokens }: PictureText): Deed[] =>
  DEEDS.filter((deed) => tokens.some(({ deeds }) => deeds.includes(deed)));

/** A text from left to right: the tokens in boxes, under them what they are, and a line for each deed, whose name stands in the first pixels. */
function across(text: PictureText, words: number): Part {
  const { title, tokens } = text;
  const deeds = deedsIn(text);
  const letters = tokens.map(({ word }) => word.length + WIDE.beside);
  const before = (i: number): number => letters.slice(0, i).reduce((sum, each) => sum + each, 0);
  const pixels = Math.min(WIDE.letter, (WIDTH.wide - words) / before(tokens.length));
  const left = (i: number): number => words + pixels * before(i);
  return {
    height: WIDE.title + WIDE.token + WIDE.kind + WIDE.deed * deeds.length + WIDE.after,
    draw: (y) => {
      const boxes = y + WIDE.title;
      const kinds = boxes + WIDE.token + WIDE.kind / 2;
      const line = (d: number): number => boxes + WIDE.token + WIDE.kind + WIDE.deed * d;
      const centre = { textAnchor: 'middle' };
      return [
        at(0, y + WIDE.title / 2, title, { fontWeight: 'bold' }),
        ...tokens.flatMap(({ word, deeds: done }, i) => [
          box(left(i), left(i + 1), boxes),
          at((left(i) + left(i + 1)) / 2, boxes + WIDE.token / 2, word, { ...centre, fontSize: 11 }),
          ...done.map((deed) => bar(deed, left(i) + 1, left(i + 1) - 1, line(deeds.indexOf(deed)) + 3, WIDE.deed - 6)),
        ]),
        ...runsOf(tokens.map(({ is }) => is)).map(({ word, from, to }) =>
          at((left(from) + left(to)) / 2, kinds, word, { ...centre, fontSize: 11, fillOpacity: 0.75 }),
        ),
        ...deeds.map((deed, d) => at(0, line(d) + WIDE.deed / 2, deed, { fontSize: 11 })),
      ];
    },
  };
}

/** A text from top to bottom, a row a token: its word, what it is, and a column for each deed. */
function down(text: PictureText): Part {
  const { title, tokens } = text;
  const deeds = deedsIn(text);
  const titled = wrapped(title, GROUP.letters.narrow);
  const first = NARROW.word + NARROW.kind;
  const step = (WIDTH.narrow - first) / Math.max(1, deeds.length);
  const headings = deeds.map((deed) => wrapped(deed, Math.floor(step / LETTER)));
  const head =
    GROUP.line * titled.length + NARROW.over + NARROW.heading * Math.max(...headings.map(({ length }) => length));
  return {
    height: head + NARROW.row * tokens.length + NARROW.after,
    draw: (y) => {
      const rows = y + head;
      return [
        ...titled.map((line, i) => at(0, y + GROUP.line * (i + 0.5), line, { fontWeight: 'bold' })),
        ...headings.flatMap((heading, d) =>
          heading.map((word, i, { length }) =>
            at(first + step * d, rows - 8 - NARROW.heading * (length - 1 - i), word, { fontSize: 11 }),
          ),
        ),
        ...tokens.flatMap(({ word, is, deeds: done }, i) => {
          const top = rows + NARROW.row * i;
          return [
            rect([{ x1: 0, x2: NARROW.word - 8, y1: top, y2: top + NARROW.row }], {
              ...{ x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', inset: 0.5, rx: 3 },
              ...{ fill: 'none', stroke: 'currentColor', strokeOpacity: 0.5 },
            }),
            at(5, top + NARROW.row / 2, word, { fontSize: 11 }),
            at(NARROW.word, top + NARROW.row / 2, is, { fontSize: 11, fillOpacity: 0.75 }),
            ...done.map((deed) => {
              const x = first + step * deeds.indexOf(deed);
              return bar(deed, x, x + Math.min(40, step - 10), top + 4, NARROW.row - 8);
            }),
          ];
        }),
      ];
    },
  };
}

/** Characters of a kind: a dot each, under what they do. */
function group({ who, does, characters }: PictureGroup, narrow: boolean): Part {
  const lines = wrapped(`${characters} ${who}: ${does}`, GROUP.letters[narrow ? 'narrow' : 'wide']);
  const width = Math.floor(WIDTH[narrow ? 'narrow' : 'wide'] / GROUP.dot) - 1;
  const words = GROUP.line * lines.length;
  const rows = Math.ceil(characters / width);
  return {
    height: words + GROUP.dot * rows + GROUP.after,
    draw: (y) => [
      ...lines.map((line, i) => at(0, y + GROUP.line * (i + 0.5), line)),
      dot(
        Array.from({ length: characters }, (_, i) => ({
          x: GROUP.dot * ((i % width) + 0.6),
          y: y + words + GROUP.dot * (Math.floor(i / width) + 0.5),
        })),
        {
          x: 'x',
          y: 'y',
          r: 3.5,
          fill: who === 'target' ? colour(TARGET_COLOUR) : 'currentColor',
          fillOpacity: who === 'target' ? 1 : 0.6,
        },
      ),
    ],
  };
}

/** The same words one after another, as one word from `from` on up to `to`. */
function runsOf(words: readonly string[]): { readonly word: string; readonly from: number; readonly to: number }[] {
  const starts = words.flatMap((word, i) => (word === words[i - 1] ? [] : [i]));
  return starts.map((from, s) => ({ word: words[from] as string, from, to: starts[s + 1] ?? words.length }));
}

/** A world drawn: texts token by token, with what is done to each token, and a dot for every character. */
export function worldFigure(name: string, { texts, groups }: WorldPicture): Figure {
  const about = {
    id: `setup-${name}-world`,
    title: `The world of ${name}`,
    description:
      'Texts token by token, of the first replicate and its first target, with what each token is and what is done to it: bars mark the tokens that carry loss in pretraining and under SFT and SDFT, those that RL rewards, and those that the answer cannot attend to. Below, a dot for every character or language.',
  };
  const words = 8 + LETTER * Math.max(...texts.flatMap(deedsIn).map(({ length }) => length));
  const drawings = images(about, (narrow) => {
    const parts = [
      ...texts.map((each) => (narrow ? down(each) : across(each, words))),
      ...groups.map((each) => group(each, narrow)),
    ];
    const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, { height }) => sum + height, 0));
    const [width, height] = [WIDTH[narrow ? 'narrow' : 'wide'], parts.reduce((sum, each) => sum + each.height, 0)];
    const pixels = (most: number): object => ({ domain: [0, most], range: [0, most], axis: null });
    return {
      ...{ height, margin: 0, marginBottom: 0, x: pixels(width), y: pixels(height) },
      marks: parts.flatMap(({ draw }, i) => draw(starts[i] as number)),
    };
  });
  return {
    ...about,
    ...drawings,
    columns: ['part', 'token, or characters', 'what it is, or what they do', 'what is done to it'],
    rows: [
      ...texts.flatMap(({ title, tokens }) =>
        tokens.map(({ word, is, deeds }) => [title, word, is, deeds.join(', ') || '-']),
      ),
      ...groups.map(({ who, does, characters }) => ['characters', `${characters} ${who}`, does, '-']),
    ],
  };
}
