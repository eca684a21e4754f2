import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { PROFILES, type Profile } from '../project/config.ts';
import { chosenClaims, isHeldBy, undeclared } from './chosen.ts';
import type { Declared } from './declared.ts';
import { evidenceOf, registryOf } from './example.test.helper.ts';

const declared: readonly Declared[] = ['H1', 'H2', 'H3'].map((id) => {
  const evidence = evidenceOf(id, [1, 1.1, 0.9]);
  return { spec: evidence, path: `${id}.test.ts`, text: null, gather: async () => evidence };
});
const registry = registryOf(['H1', 'H8'].map((id) => evidenceOf(id, [1, 1.1, 0.9])));
const ids = (claims: readonly string[] | 'all', remove: readonly string[] = []): string[] =>
  chosenClaims({ claims, remove }, declared, registry).map(({ spec }) => spec.id);

test('the claims that are named are measured, in the order of their files', () => {
  expect(ids('all')).toEqual(['H1', 'H2', 'H3']);
  expect(ids(['H3', 'H1'])).toEqual(['H1', 'H3']);
  expect(ids([], ['H8'])).toEqual([]);
  expect(undeclared(declared, registry)).toEqual(['H8']);
});

test.each([
  [['H9'], [], /expected: of H1, H2, H3[\s\S]*got: H9/],
  [[], ['H1'], /whose files are gone[\s\S]*got: H1/],
  [[], ['H9'], /registered claims: H1, H8[\s\S]*got: H9/],
])('%j with %j taken out is refused', (claims, remove, message) => {
  expect(() => ids(claims, remove)).toThrow(InputError);
  expect(() => ids(claims, remove)).toThrow(message);
});

test('a claim is held by the profile that it names and by larger ones, by all where it names none', () => {
  const held = (from?: Profile) =>
    PROFILES.filter((profile) =>
      isHeldBy({ spec: { ...evidenceOf('H1', [1, 1.1, 0.9]), ...(from && { from }) } }, profile),
    );
  expect(held()).toEqual(['quick', 'standard', 'full']);
  expect(held('standard')).toEqual(['standard', 'full']);
  expect(held('full')).toEqual(['full']);
});
