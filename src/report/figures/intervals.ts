import { dot, text as label, type Markish, ruleX, ruleY } from '@observablehq/plot';
import type { Observation } from '../../lab/keys.ts';
import { type ArmRuns, perReplicate, summed } from '../../records/groups.ts';
import { type ColourName, colour, type Figure, images } from '../plot.ts';
import { armText } from '../words.ts';
import { meanText } from './arms.ts';
import { armLabels, lettersOf, middle, rowsOf } from './rows.ts';

/** A number before and after tuning; undefined where a run has none. */
export interface BeforeAfter {
  readonly name: string;
  readonly symbol: 'circle' | 'square';
  readonly colour: ColourName;
  readonly before: (run: Observation) => number | undefined;
  readonly after: (run: Observation) => number | undefined;
}

/** A panel of numbers that are compared with each other: of one kind of characters. */
export interface Panel {
  readonly name: string;
  readonly numbers: readonly BeforeAfter[];
}

interface Text extends Pick<Figure, 'id' | 'title' | 'description'> {
  /** The number with its unit. */
  readonly label: string;
  /** Between which a value lies: intervals are drawn as far. */
  readonly bounds: readonly [number, number];
}

/** Pixels over the panels, under them, and of a narrow page beside an arm's row; letters of an arm's name that stand before it. */
const SIZES = { top: 58, bottom: 44, right: 12, gap: 0.2, letters: 40, apart: 9 } as const;

/** A row an arm and a panel a kind of characters: means over replicates before and after tuning, with the interval after it. */
export function beforeAfter(
  arms: readonly ArmRuns[],
  { label: unit, bounds, ...text }: Text,
  panels: readonly Panel[],
): Figure | undefined {
  const [least, most] = bounds;
  const all = panels.flatMap(({ name: panel, numbers }) =>
    numbers.flatMap((number, n) =>
      arms.flatMap((each) => {
        const [before, after] = [number.before, number.after].map((of) => perReplicate(each.runs, of)) as [
          number[],
          number[],
        ];
        if (after.length === 0 || before.length === 0) return [];
        const { low, high, ...mean } = summed(after);
        return {
          ...{ panel, arm: armText(each), number: number.name, symbol: number.symbol, colour: colour(number.colour) },
          ...{ before: summed(before).mean, after: mean.mean, low: Math.max(least, low), high: Math.min(most, high) },
          ...{ texts: [before, after].map(meanText), n: mean.n, aside: SIZES.apart * (n - (numbers.length - 1) / 2) },
        };
      }),
    ),
  );
  const drawn = panels.map(({ name }) => name).filter((name) => all.some(({ panel }) => panel === name));
  if (drawn.length === 0) return undefined;
  const domain = [Math.min(0, ...all.map(({ low }) => low)), Math.max(1, ...all.map(({ high }) => high))];
  const drawings = images(text, (narrow) => {
    const above = narrow || lettersOf(arms) > SIZES.letters;
    const rows = rowsOf(arms, { narrow: above, top: SIZES.top, bottom: SIZES.bottom });
    const letter = narrow ? 11 : 12;
    const panel = ((narrow ? 340 : 720) - (rows.marginLeft ?? 0) - SIZES.right) / drawn.length;
    const asides = [...new Set(all.map(({ aside }) => aside))];
    const numbers = asides.flatMap((aside): Markish[] => {
      const own = all.filter((each) => each.aside === aside);
      const place = { fx: 'panel', y: 'arm', dy: aside + middle(arms, above) } as const;
      return [
        ruleY(own, { ...place, x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 2 }),
        dot(own, { ...place, x: 'before', symbol: 'symbol', stroke: 'colour', fill: 'none', r: 3.5 }),
        dot(own, { ...place, x: 'after', symbol: 'symbol', stroke: 'colour', fill: 'colour', r: 3.5 }),
      ];
    });
    return {
      ...rows,
      marginRight: SIZES.right,
      fx: { domain: drawn, axis: null, padding: 0, paddingInner: SIZES.gap },
      x: { domain, label: unit, ticks: [0, 0.5, 1], tickFormat: String, grid: true },
      marks: [
        ruleX([0], { strokeOpacity: 0.5 }),
        ...numbers,
        ...armLabels(arms, above, drawn[0]),
        label(drawn, {
          fx: (name) => name,
          text: (name) => name,
          frameAnchor: 'top-left',
          textAnchor: 'start',
          lineAnchor: 'bottom',
          dy: -10,
          lineWidth: (0.92 * panel) / letter,
          fontSize: letter,
          fill: 'currentColor',
        }),
      ],
      symbol: { type: 'identity' },
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: [
      'arm',
      'characters',
      'number',
      'before, mean [95 % interval]',
      'after, mean [95 % interval]',
      'replicates',
    ],
    rows: all.map(({ arm, panel, number, texts: [before, after], n }) => [
      arm,
      panel,
      number,
      before as string,
      after as string,
      String(n),
    ]),
  };
}
