import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { answersYes, type Terminal } from './asked.ts';

const terminal = (isTTY: boolean): Terminal & { readonly input: PassThrough; readonly output: PassThrough } => ({
  input: Object.assign(new PassThrough(), { isTTY }),
  output: Object.assign(new PassThrough(), { isTTY }),
});

test.each([
  ['y', true],
  ['Yes ', true],
  ['n', false],
  ['', false],
  ['yesterday', false],
])("the answer '%s' means %s", async (text, wanted) => {
  const at = terminal(true);
  at.input.write(`${text}\n`);
  expect(await answersYes('Write it?', 'add --yes', at)).toBe(wanted);
  expect(String(at.output.read())).toContain('Write it? [y/N] ');
});

test('an input that ends is no yes, and without a terminal nobody is asked', async () => {
  const ended = terminal(true);
  ended.input.end();
  expect(await answersYes('Write it?', 'add --yes', ended)).toBe(false);
  const asked = answersYes('Write it?', 'add --yes', terminal(false));
  await expect(asked).rejects.toThrow(InputError);
  await expect(asked).rejects.toThrow(/nobody is there to ask[\s\S]*Write it\?[\s\S]*to do: add --yes/);
});
