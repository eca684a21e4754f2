import { text as label, type Markish, type PlotOptions } from '@observablehq/plot';
import type { NamedArm } from '../../records/groups.ts';
import { armText } from '../words.ts';

// Figures of cells with one row an arm: on a wide page an arm's name stands before its row, on a narrow one above it.

/** A line of a row's name over its cells on a narrow page: its height in pixels, the letters that it holds, and its width in ems. */
const LINE = { height: 18, letters: 48, ems: 25 } as const;

/** Letters of the longest of their names. */
export const lettersOf = (arms: readonly NamedArm[]): number => Math.max(...arms.map((arm) => armText(arm).length));

/** Pixels that names take over their rows on a narrow page: as many lines as the longest of them has. */
const aboveOf = (arms: readonly NamedArm[]): number => LINE.height * Math.ceil(lettersOf(arms) / LINE.letters);

/** Height, margins and vertical axis of a figure of rows, between `top` pixels of headings and `bottom` pixels below. */
export function rowsOf(
  arms: readonly NamedArm[],
  { narrow, top, bottom = 16 }: { readonly narrow: boolean; readonly top: number; readonly bottom?: number },
): PlotOptions {
  const domain = arms.map(armText);
  return {
    height: top + bottom + (24 + (narrow ? aboveOf(arms) : 0)) * arms.length,
    ...{ marginTop: top, marginBottom: bottom, marginLeft: narrow ? 4 : 20 + 6.6 * lettersOf(arms) },
    y: narrow ? { domain, axis: null } : { domain, label: null },
  };
}

/** The names above their rows on a narrow page; on a wide one the axis has them. Of panels beside each other, the one `fx` has them. */
export function armLabels(arms: readonly NamedArm[], narrow: boolean, fx?: string): Markish[] {
  if (!narrow) return [];
  const panel = fx === undefined ? {} : { fx: () => fx };
  const place = {
    frameAnchor: 'left',
    textAnchor: 'start',
    dy: -aboveOf(arms) / 2 - 3,
    lineWidth: LINE.ems,
    fill: 'currentColor',
  } as const;
  return [label(arms, { ...panel, y: armText, text: armText, ...place })];
}

/** What a cell leaves free of its row. */
export const insets = (
  arms: readonly NamedArm[],
  narrow: boolean,
): { readonly inset: number; readonly insetTop?: number } =>
  narrow ? { inset: 0.5, insetTop: aboveOf(arms) } : { inset: 0.5 };

/** How far below the middle of a row the middle of its cells lies. */
export const middle = (arms: readonly NamedArm[], narrow: boolean): number => (narrow ? aboveOf(arms) / 2 : 0);
