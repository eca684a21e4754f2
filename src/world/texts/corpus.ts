import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../core/canonical.ts';
import { InputError } from '../../core/errors.ts';

/** The languages of the corpus, those that are alike beside each other. */
export const LANGUAGES = ['es', 'pt-br', 'it', 'fr', 'cs', 'pl', 'de', 'tr'] as const;
/** A language of the corpus, by the code that the compiler names it with. */
export type LanguageCode = (typeof LANGUAGES)[number];

/** The family of each language. */
const FAMILIES: Readonly<Record<LanguageCode, 'Romance' | 'Slavic' | 'Germanic' | 'Turkic'>> = {
  ...{ es: 'Romance', 'pt-br': 'Romance', it: 'Romance', fr: 'Romance' },
  ...{ cs: 'Slavic', pl: 'Slavic', de: 'Germanic', tr: 'Turkic' },
};

/** Whether two languages are of one family. */
export const areAlike = (one: LanguageCode, other: LanguageCode): boolean => FAMILIES[one] === FAMILIES[other];

/** The same messages in every language, in the same order. */
export interface Corpus {
  /** What identifies each message, [M]. */
  readonly ids: readonly string[];
  /** Each language's messages, [M]. */
  readonly messages: Readonly<Record<LanguageCode, readonly string[]>>;
}

/**
 * The corpus that worlds of this kind are drawn from: the diagnostic messages of the TypeScript compiler (Apache-2.0, see the NOTICE
 * beside it) that have at most 140 characters in each of these languages. `bench/corpus.ts` makes it.
 */
export const CORPUS = {
  version: '5.9.3',
  /** How many messages it has in each language: known without reading it, since every start checks the setups. */
  messages: 1821,
  sha256: '268cce406962080db00fbcba93d7dfec1cd13efb541f0e997cfe0a782abed7f4',
  file: fileURLToPath(new URL('../../../fixtures/corpora/typescript-messages.tsv', import.meta.url)),
} as const;

const TODO =
  'put the file there as it is in version control, or as `npx tsx bench/corpus.ts` makes it from that version of the compiler';

let loaded: Corpus | undefined;

/** The pinned corpus, read once a process. Throws as `readCorpus` does. */
export function corpus(): Corpus {
  loaded ??= readCorpus(CORPUS.file);
  return loaded;
}

/**
 * The corpus in a file of tab-separated lines: a head with the package, its version and the languages, then a message a line, its id
 * first. Throws `InputError` where there is no such file, or it is not the one that is pinned, to the byte but for what ends lines.
 */
export function readCorpus(path: string): Corpus {
  const text = textIn(path).replaceAll('\r\n', '\n');
  const digest = sha256(text);
  const [head = '', ...lines] = text.trimEnd().split('\n');
  if (digest !== CORPUS.sha256) {
    throw new InputError(`${path} is not the corpus of the kind of world texts`, {
      expected: `messages of typescript ${CORPUS.version}, whole and unchanged: SHA-256 ${CORPUS.sha256}`,
      got: `SHA-256 ${digest}: ${lines.length} lines below a head ${JSON.stringify(head.slice(0, 80))}`,
      todo: TODO,
    });
  }
  const rows = lines.map((line) => line.split('\t'));
  const columns = head.split('\t');
  const messages = Object.fromEntries(
    LANGUAGES.map((language) => [language, rows.map((row) => row[columns.indexOf(language)] as string)]),
  ) as Record<LanguageCode, string[]>;
  return { ids: rows.map(([id = '']) => id), messages };
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`there is no corpus at ${path}`, {
      expected: `the messages of typescript ${CORPUS.version} in eight languages`,
      got: error instanceof Error ? error.message : String(error),
      todo: TODO,
    });
  }
}
