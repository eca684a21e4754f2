/**
 * Writes `fixtures/corpora/typescript-messages.tsv` again, from the installed compiler: `npx tsx bench/corpus.ts`. It then says the
 * digest that `src/world/texts/corpus.ts` pins.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sha256 } from '../src/core/canonical.ts';
import { InputError } from '../src/core/errors.ts';
import { readJson } from '../src/core/json-file.ts';
import { writeWhole } from '../src/core/whole-file.ts';
import { CORPUS, LANGUAGES, type LanguageCode } from '../src/world/texts/corpus.ts';

/** Messages that are longer than this in some language are left out, which keeps the file small. */
const MOST_CHARACTERS = 140;

const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
const { version } = readJson(manifest, 'npm ci') as { readonly version: string };
if (version !== CORPUS.version) {
  throw new InputError('another version of the compiler than the corpus is of', {
    expected: `typescript ${CORPUS.version}`,
    got: version,
    todo: 'install that one, or pin the version and the new digest in src/world/texts/corpus.ts',
  });
}

const messagesIn = (language: LanguageCode): Readonly<Record<string, string>> =>
  readJson(join(dirname(manifest), 'lib', language, 'diagnosticMessages.generated.json'), 'npm ci') as Readonly<
    Record<string, string>
  >;
const all = LANGUAGES.map(messagesIn);
const lines = Object.keys(all[0] ?? {}).flatMap((key) => {
  const texts = all.map((messages) => messages[key] ?? '');
  const kept = texts.every((text) => text !== '' && text.length <= MOST_CHARACTERS);
  return kept ? [[/\d+$/.exec(key)?.[0], ...texts].join('\t')] : [];
});
const text = `${[`typescript ${version}`, ...LANGUAGES].join('\t')}\n${lines.join('\n')}\n`;
writeWhole(CORPUS.file, text);
console.log(`${lines.length} messages, ${Buffer.byteLength(text)} bytes, sha256 ${sha256(text)}`);
