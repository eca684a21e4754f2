import type { MethodFacts } from '../records/schema.ts';
import { type ColourName, colour } from './plot.ts';

/** How the arms of a method are drawn. */
export interface Style {
  readonly symbol: string;
  /** The plural of the symbol, for legends. */
  readonly symbols: string;
  readonly colour: string;
}

/** Styles of a run's methods. */
export type Styles = (method: Pick<MethodFacts, 'id'>) => Style;

const style = (symbol: string, symbols: string, name: ColourName): Style => ({ symbol, symbols, colour: colour(name) });

const OWN: Readonly<Record<string, Style>> = {
  rl: style('circle', 'circles', 'rl'),
  sft: style('square', 'squares', 'sft'),
  sdft: style('triangle', 'triangles', 'sdft'),
  null: style('diamond', 'diamonds', 'null'),
};

/** Of methods without a style of their own, in their order; of more of them than there are, again from the first. */
const OTHERS: readonly Style[] = [
  style('star', 'stars', 'fifth'),
  style('wye', 'three-armed shapes', 'sixth'),
  style('cross', 'crosses', 'seventh'),
  style('hexagon', 'hexagons', 'fifth'),
  style('asterisk', 'asterisks', 'sixth'),
  style('times', 'slanted crosses', 'seventh'),
  style('plus', 'thin crosses', 'null'),
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
