import type { NamedArm } from '../records/groups.ts';
import type { MethodFacts } from '../records/schema.ts';
import { type ColourName, colour } from './plot.ts';

/** How the arms of a method are drawn. */
export interface Style {
  readonly symbol: string;
  readonly colour: string;
}

/** Styles of a run's methods. */
export type Styles = (method: Pick<MethodFacts, 'id'>) => Style;

const style = (symbol: string, name: ColourName): Style => ({ symbol, colour: colour(name) });

const OWN: Readonly<Record<string, Style>> = {
  rl: style('circle', 'rl'),
  sft: style('square', 'sft'),
  sdft: style('triangle', 'sdft'),
  null: style('diamond', 'null'),
};

/** Of methods without a style of their own: shapes in their order, and colours, so that a shape that comes again has another colour. */
const SHAPES = ['star', 'wye', 'cross', 'hexagon', 'asterisk', 'times', 'plus'] as const;
const SHADES = ['fifth', 'sixth', 'seventh'] as const;

/** The colour of the character that is changed, where lines and dots are characters and not arms. */
export const TARGET_COLOUR: ColourName = 'fifth';

/** The styles of these methods, each the same in every figure, and no two alike of up to 21 without one of their own. */
export function stylesOf(methods: readonly MethodFacts[]): Styles {
  const others = methods.map(({ id }) => id).filter((id) => OWN[id] === undefined);
  return ({ id }) => {
    const i = Math.max(0, others.indexOf(id));
    const again = Math.floor(i / SHAPES.length);
    const shade = SHADES[(i + again) % SHADES.length] as ColourName;
    return OWN[id] ?? style(SHAPES[i % SHAPES.length] as string, shade);
  };
}

/** The shape of an arm: that of its method, hollow where others are rehearsed. */
export function shapeOf(
  { symbol, colour: stroke }: Style,
  { rehearsal }: Pick<NamedArm['arm'], 'rehearsal'>,
): { readonly symbol: string; readonly stroke: string; readonly fill: string } {
  return { symbol, stroke, fill: rehearsal > 0 ? 'none' : stroke };
}
