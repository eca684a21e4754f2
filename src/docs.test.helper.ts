import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));
const DOCS = join(CHECKOUT, 'docs');

/** A fenced block of a guide: its language, what else stands behind that, and its text. */
export interface Block {
  readonly guide: string;
  readonly language: string;
  /** The file that it is, whole. */
  readonly file: string | undefined;
  /** The file in which its lines stand. */
  readonly line: string | undefined;
  readonly text: string;
}

/** The guides by their names, with their texts. */
export const guides: readonly { readonly name: string; readonly text: string }[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(DOCS)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((name) => ({ name, text: readFileSync(join(CHECKOUT, name), 'utf8') }));

/** Every fenced block of every guide. */
export const blocks: readonly Block[] = guides.flatMap(({ name, text }) =>
  [...text.matchAll(/^```(\w*)(?: (file|line)=(\S+))?\n([\s\S]*?)^```$/gm)].map(([, language, kind, path, inner]) => ({
    guide: name,
    language: language ?? '',
    file: kind === 'file' ? path : undefined,
    line: kind === 'line' ? path : undefined,
    text: inner ?? '',
  })),
);

/** The files that the guides make together, by path. */
export const filesOfGuides: Readonly<Record<string, string>> = Object.fromEntries(
  blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text]])),
);
