import { expect, test } from 'vitest';
import { loadSetup, parseSetup } from '../../lab/setup.ts';
import { architectureOf, layoutOf } from '../../model/parameters.ts';
import { texts } from './index.ts';
import type { TextKnobs } from './knobs.ts';
import { drawWorld } from './world.ts';

const setup = loadSetup('fixtures/setups/texts.json', [texts]);

test('the setup has a network of about a hundred thousand parameters', () => {
  const { size } = layoutOf(architectureOf(drawWorld(setup, 1)));
  expect(Math.abs(size - 100_000)).toBeLessThan(20_000);
});

test.each<[string, object, RegExp]>([
  ['a language that the corpus lacks', { varieties: ['es', 'en'] }, /world\.varieties\.1: [\s\S]*got: .*"en"/],
  ['a language twice', { varieties: ['es', 'fr', 'es', 'de'], forms: 3 }, /world\.varieties: every language once/],
  ['nothing but targets', { targets: 8 }, /world\.targets: fewer than world\.varieties \(8\)/],
  ['forms of one variety alone', { forms: 5 }, /world\.forms: at most half of world\.varieties \(8\)/],
  ['no template to tune with', { heldOutTemplates: 4 }, /world\.heldOutTemplates: fewer than world\.templates/],
  ['a prefix longer than the context', { prefix: 61 }, /world\.prefix: at most 60 \(model\.context - 4\)/],
  ['nothing left to train on', { reportingMessages: 900 }, /world\.selectionMessages: .* half of the 1821 messages/],
])('%s is refused, with the reason', (_, knobs: Partial<TextKnobs>, reason) => {
  const changed = { ...setup, world: { ...setup.world, ...knobs } };
  expect(() => parseSetup(changed, 'a setup', [texts])).toThrow(reason);
});

test.each([
  [{ varietyShare: 0.1 }, /varietyShare: 0: this kind of world has no text varieties/],
  [{ documentShare: 0 }, /documentShare: more than 0 and less than 1/],
])('a mixture %o that these worlds cannot have is refused', (shares, reason) => {
  const changed = { ...setup, pretraining: { ...setup.pretraining, ...shares } };
  expect(() => parseSetup(changed, 'a setup', [texts])).toThrow(reason);
});

test('a variety with too little text to split is refused, with what to do', () => {
  const few = { ...setup, world: { ...setup.world, selectionMessages: 20 } };
  expect(() => drawWorld(few, 1)).toThrow(
    /the variety es has too little text[\s\S]*expected: 24 different sites [\s\S]*got: \d+ in 20 messages[\s\S]*more world\.selectionMessages/,
  );
});
