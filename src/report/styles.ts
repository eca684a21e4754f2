import type { MethodFacts } from '../records/schema.ts';
import { type ColourName, colour } from './plot.ts';

/** How the arms of a method are drawn. */
export interface Style {
  readonly symbol: string;
  /** The plural of the symbol, for legends. */
  readonly symbols: string;
  readonly colour: string;
  /** How far from its skill intensity an arm is drawn, so that shapes of several methods at one s do not hide each other. */
  readonly aside: number;
}

/** Styles of a run's methods. */
export type Styles = (method: Pick<MethodFacts, 'id'>) => Style;

const style = (symbol: string, symbols: string, name: ColourName, aside: number): Style => ({
  ...{ symbol, symbols, colour: colour(name), aside },
});

const OWN: Readonly<Record<string, Style>> = {
  rl: style('circle', 'circles', 'rl', 0.012),
  sft: style('square', 'squares', 'sft', -0.012),
  sdft: style('triangle', 'triangles', 'sdft', 0.036),
  null: style('diamond', 'diamonds', 'null', -0.036),
};

/** Of methods without a style of their own, in their order; of more of them than there are, again from the first. */
const OTHERS: readonly Style[] = [
  style('star', 'stars', 'fifth', 0.06),
  style('wye', 'three-armed shapes', 'sixth', -0.06),
  style('cross', 'crosses', 'seventh', 0.084),
];

const withoutOwn = (methods: readonly MethodFacts[]): MethodFacts[] =>
  methods.filter(({ id }) => OWN[id] === undefined);

/** The styles of these methods, each the same in every figure. */
export function stylesOf(methods: readonly MethodFacts[]): Styles {
  const others = withoutOwn(methods).map(({ id }) => id);
  return ({ id }) => OWN[id] ?? (OTHERS[Math.max(0, others.indexOf(id)) % OTHERS.length] as Style);
}

/** How to read the shapes of these methods. */
export function legendOf(methods: readonly MethodFacts[]): string {
  const styleFor = stylesOf(methods);
  const others = withoutOwn(methods).map((method) => `, ${styleFor(method).symbols} ${method.label}`);
  return `Circles are RL, squares SFT, triangles SDFT, diamonds the null arm${others.join('')}; hollow shapes are arms with rehearsal.`;
}
