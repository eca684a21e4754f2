import { expect, test } from 'vitest';
import { InvariantError } from '../core/errors.ts';
import { wordsOf } from './said.ts';

test('tokens are read in words, and one that is outside the vocabulary is a fault', () => {
  const vocabulary = { words: ['<s>', 'Ada', 'a'] };
  expect(wordsOf(vocabulary, [0, 1, 2, 2])).toBe('<s> Ada a a');
  expect(wordsOf(vocabulary, Int32Array.of())).toBe('');
  for (const token of [-1, 3]) expect(() => wordsOf(vocabulary, [0, token])).toThrow(InvariantError);
});
