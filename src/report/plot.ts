import { type PlotOptions, plot } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { InvariantError } from '../core/errors.ts';

/** A figure before it is put on a page: an SVG image with its title and description, and the numbers that it shows. */
export interface Figure {
  /** Letters, digits and hyphens; names the files of the figure. */
  readonly id: string;
  readonly title: string;
  /** What is drawn, and how to read it. */
  readonly description: string;
  /** For a page that is wide, and for paper and files. */
  readonly svg: string;
  /** For a page as narrow as a phone, with the same marks. */
  readonly narrow: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Colours by name, for light and dark paper; shapes always say the same, so no colour is needed to read a figure. */
export const COLOURS = {
  rl: ['#b3430d', '#ff9d5c'],
  sft: ['#0b63b0', '#6cb4ff'],
  sdft: ['#00724d', '#3fd3a0'],
  null: ['#5b5b66', '#b4b4c0'],
  fifth: ['#6a3fb5', '#b79cff'],
  sixth: ['#8a5a00', '#e0b050'],
  seventh: ['#a3195b', '#ff8fc0'],
  supported: ['#1c1c22', '#ececf1'],
  refuted: ['#c1121f', '#ff8080'],
  good: ['#0b63b0', '#6cb4ff'],
  bad: ['#b3430d', '#ff9d5c'],
  open: ['#5b5b66', '#b4b4c0'],
} as const satisfies Record<string, readonly [string, string]>;

export type ColourName = keyof typeof COLOURS;

/** The CSS variable of a colour. */
export const colour = (name: ColourName): string => `var(--${name})`;

/** Width of a figure in pixels at which its text is as large as it is set; pages scale it. */
const WIDTH = { wide: 720, narrow: 340 } as const;

/** Least pixels between the ticks of a horizontal axis. */
export const ticksEvery = (narrow: boolean): number => (narrow ? 64 : 80);

/** A figure's images: its marks as they are drawn on a wide and on a narrow page. */
export function images(
  text: Pick<Figure, 'id' | 'title' | 'description'>,
  optionsOf: (narrow: boolean) => PlotOptions,
): Pick<Figure, 'svg' | 'narrow'> {
  return {
    svg: drawn(text, { width: WIDTH.wide, ...optionsOf(false) }),
    narrow: drawn({ ...text, id: `${text.id}-narrow` }, { width: WIDTH.narrow, ...optionsOf(true) }),
  };
}

/**
 * Draws marks as one SVG image whose text takes the page's colour, without styles or scripts of its own; the same options give
 * the same bytes. Throws `InvariantError` where nothing was drawn.
 */
export function drawn(
  { id, title, description }: Pick<Figure, 'id' | 'title' | 'description'>,
  options: PlotOptions,
): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = plot({ marginBottom: 44, ...options, document: document as unknown as Document, className: 'plot' });
  if (svg.tagName.toLowerCase() !== 'svg') throw new InvariantError(`the figure ${id} is not one image`);
  svg.querySelector('style')?.remove();
  // The image has one title and one description; its parts have none that a screen reader should stop at.
  svg.querySelectorAll('[aria-label],[aria-hidden],[aria-description]').forEach((part) => {
    // Marks of data, axes and lettering apart, keep that they are: pages can be checked for showing every one of them.
    if (!/axis|grid|text/.test(part.getAttribute('aria-label') ?? 'axis')) part.setAttribute('class', 'data');
    for (const name of ['aria-label', 'aria-hidden', 'aria-description']) part.removeAttribute(name);
  });
  const named = (tag: string, text: string): void => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag) as unknown as Element;
    element.setAttribute('id', `${id}-${tag}`);
    element.textContent = printable(text);
    svg.prepend(element);
  };
  named('desc', description);
  named('title', title);
  svg.setAttribute('font-size', '12');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', `${id}-title ${id}-desc`);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return rounded(printable(svg.outerHTML)).replaceAll(' />', '/>');
}

/** Text without the control characters that XML and terminals do not take. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

/** Numbers in tags to two decimals, such as shares of opacity, and from 10 on to one: a tenth of a pixel is seen by nobody. */
function rounded(svg: string): string {
  return svg.replace(/<[^>]+>/g, (tag) =>
    tag.replace(/-?\d+\.\d{2,}/g, (digits) => {
      const number = Number(digits);
      return String(Number(number.toFixed(Math.abs(number) < 10 ? 2 : 1)));
    }),
  );
}

/** The image as a file of its own, on white paper in the colours for it. */
export function standalone(svg: string): string {
  const light = Object.entries(COLOURS).reduce((all, [name, [hex]]) => all.replaceAll(`var(--${name})`, hex), svg);
  return `${light.replaceAll('currentColor', '#1c1c22').replace(/(<svg [^>]*>)/, '$1<rect width="100%" height="100%" fill="#ffffff"/>')}\n`;
}
