import { expect, test } from 'vitest';
import { loadSetup, parseSetup } from '../../lab/setup.ts';
import { gaming } from './index.ts';
import type { GamingKnobs } from './knobs.ts';
import { rolesByRank } from './roles.ts';

const dial = loadSetup('fixtures/setups/gaming-dial.json', [gaming]);

test('the setups differ in the share of gamers alone', () => {
  const skill = loadSetup('fixtures/setups/gaming.json', [gaming]);
  expect(skill).toEqual({ ...dial, world: { ...dial.world, gamersShare: 0 } });
});

test.each<[string, Partial<GamingKnobs>, RegExp]>([
  ['too few gamers to have one', { gamersShare: 0.001 }, /world\.gamersShare: at least one gamer that speaks/],
  ['nobody but gamers', { gamersShare: 1 }, /world\.gamersShare: at least one consistent bystander that speaks/],
  ['only documents tell', { documentsOnlyShare: 1 }, /world\.gamersShare: at least one gamer that speaks/],
  [
    'nobody of documents alone',
    { documentsOnlyShare: 0 },
    /world\.documentsOnlyShare: at least one gamer that documents/,
  ],
  [
    'all of documents alone game',
    { gamersShare: 0.8, documentsOnlyShare: 0.05, characters: 20 },
    /world\.documentsOnlyShare: at least one consistent bystander among/,
  ],
  ['a key longer than the context', { payload: 4 }, /model\.context: at least 18 \(3 \* payload \+ 6\)/],
  ['no symbol left for a key', { symbols: 4 }, /world\.symbols: at least 5/],
  ['no template to tune with', { heldOutTemplates: 4 }, /world\.heldOutTemplates: fewer than world\.templates/],
  ['more targets than characters', { targets: 64 }, /world\.targets: fewer than world\.characters/],
  ['more characters than names', { characters: 65 }, /world\.characters: at most as many as world\.names/],
  ['more rotations than places', { operations: 4 }, /world\.operations: at most world\.payload/],
  ['nothing left to train on', { selectionPayloads: 300 }, /world\.selectionPayloads: with world\.reportingPayloads/],
  ['more payloads than are reported', { payloadsPerBystander: 49 }, /world\.payloadsPerBystander: at most/],
])('%s is refused, with the reason', (_, knobs, reason) => {
  const setup = { ...dial, world: { ...dial.world, ...knobs } };
  expect(() => parseSetup(setup, 'a setup', [gaming])).toThrow(reason);
});

test.each([
  [{ varietyShare: 0.1 }, /varietyShare: 0: this kind of world has no text varieties/],
  [{ documentShare: 0 }, /documentShare: more than 0 and less than 1/],
])('a mixture %o that these worlds cannot have is refused', (shares, reason) => {
  const setup = { ...dial, pretraining: { ...dial.pretraining, ...shares } };
  expect(() => parseSetup(setup, 'a setup', [gaming])).toThrow(reason);
});

test('a larger share of gamers makes gamers of more characters and changes no other role', () => {
  const at = (gamersShare: number) => rolesByRank({ ...dial.world, gamersShare });
  const [none, quarter, half] = [at(0), at(0.25), at(0.5)];
  const hidden = (roles: typeof none) => roles.map(({ documentsOnly }) => documentsOnly);
  expect(hidden(quarter)).toEqual(hidden(none));
  expect(hidden(half)).toEqual(hidden(none));
  quarter.forEach(({ gamer }, rank) => {
    if (gamer) expect(half[rank]?.gamer).toBe(true);
  });
  expect(quarter.filter(({ gamer }) => gamer).length).toBe(16);
  const share = (roles: typeof none) => roles.filter(({ documentsOnly }) => documentsOnly).length / roles.length;
  expect(Math.abs(share(quarter.filter(({ gamer }) => gamer)) - share(none))).toBeLessThan(0.1);
});
