import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { CORPUS, corpus, LANGUAGES, readCorpus } from './corpus.ts';
import { messagesOf, SITES, siteOf, unitsOf } from './sites.ts';
import { characters } from './tokenizer.ts';

const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
afterAll(() => rmSync(folder, { recursive: true }));
const put = (text: string): string => {
  const path = join(folder, 'corpus.tsv');
  writeFileSync(path, text);
  return path;
};
const whole = readFileSync(CORPUS.file, 'utf8');

/** Units as text, with a letter in capitals for each site. */
const shown = (text: string): string =>
  unitsOf(text, 'a test')
    .map((unit) => {
      const site = siteOf(unit);
      return site === undefined ? characters.words[unit] : (SITES[site] as string).charAt(0).toUpperCase();
    })
    .join('');

test('the corpus has every message in every language, and is read whatever ends its lines', () => {
  const { ids, messages } = corpus();
  expect(ids.length).toBe(CORPUS.messages);
  expect(new Set(ids).size).toBe(ids.length);
  for (const language of LANGUAGES) {
    expect(messages[language].length).toBe(ids.length);
    expect(messages[language].every((text) => text !== '' && text.length <= 140)).toBe(true);
  }
  expect(readCorpus(put(whole.replaceAll('\n', '\r\n')))).toEqual(corpus());
});

test.each([
  ['truncated', whole.slice(0, 5000)],
  ['of another version', whole.replace('5.9.3', '5.9.4')],
  ['with a message changed', whole.replace('COMPILADOR', 'COMPILADO')],
  ['empty', ''],
])('a corpus that is %s is refused, with what was there and what to do', (_, text) => {
  const read = (): unknown => readCorpus(put(text));
  expect(read).toThrow(InputError);
  expect(read).toThrow(
    /is not the corpus[\s\S]*expected: .*5\.9\.3[\s\S]*got: SHA-256 [\s\S]*to do: .*bench\/corpus\.ts/,
  );
});

test('a corpus that is missing is refused, with what to do', () => {
  const read = (): unknown => readCorpus(join(folder, 'none.tsv'));
  expect(read).toThrow(InputError);
  expect(read).toThrow(/there is no corpus at[\s\S]*expected: [\s\S]*got: ENOENT[\s\S]*to do: /);
});

test('texts are folded to the alphabet, rare letters to plain ones', () => {
  expect(shown('Größe:  2120 İŞLEM = ñ')).toBe('grösse:␣0000␣işlem␣·␣n');
  expect(shown('l’élément')).toBe("l'élément");
});

test('quotes, placeholders and the last stop are sites, whatever form they have; apostrophes are not', () => {
  expect(shown('«\u00a0export\u00a0» d\'un "{0}".')).toBe("QexportQ␣d'un␣QPQS");
  expect(shown("Il file 'a.b' „x” `y` dell'{1}")).toBe("il␣file␣Qa.bQ␣QxQ␣QyQ␣dell'P");
});

test('text outside of the vocabulary is refused, and named', () => {
  const encode = (): unknown => unitsOf('Файл', 'message 6053 of ru');
  expect(encode).toThrow(InputError);
  expect(encode).toThrow(
    /outside of the vocabulary in message 6053 of ru[\s\S]*got: "ф" \(U\+0444\)[\s\S]*to do: leave/,
  );
});

test('every message of every language can be said in tokens', () => {
  for (const language of LANGUAGES)
    for (const units of messagesOf(language))
      expect(
        units.every((unit) => Number.isInteger(unit) && unit >= -SITES.length && unit < characters.words.length),
      ).toBe(true);
});
