import { expect, test } from 'vitest';
import { NothingToMeasureError } from '../../core/errors.ts';
import { ownFormOf } from '../../world/texts/language.ts';
import { smallTexts } from '../../world/texts/small.test.helper.ts';
import { drawWorld } from '../../world/texts/world.ts';
import {
  type Ask,
  bitsOf,
  ownKept,
  type SitesAsked,
  type SitesRead,
  sitesAsked,
  sitesRead,
  trainedAt,
  underTag,
} from '../varieties.ts';
import {
  bitsLost,
  conventionLearnt,
  conventionSpread,
  staysWithTag,
  texts,
  trainedRise,
  type VarietyChange,
  type Writing,
} from './texts.ts';
import { type TextsQuality, textsQuality } from './texts-quality.ts';

const world = drawWorld(smallTexts, 3);
const { size: V, tags, marks, forms } = world.vocabulary;
const SURE = 0.9;

/** A network that writes every site in its variety's own form with probability .9, and knows nothing else. */
const ideal: Ask = async (_, { size, tokens }, last) => {
  const width = tokens.length / size;
  return {
    at: (b, t) => {
      const at = last === undefined ? t : width - 1 - last + t;
      const variety = tags.indexOf(tokens[b * width + 1] as number);
      const site = marks.indexOf(tokens[b * width + at] as number);
      if (site < 0) return new Float32Array(V).fill(-Math.log(V));
      const own = forms[site]?.[ownFormOf(world, { variety, site })];
      return Float32Array.from({ length: V }, (__, v) => Math.log(v === own ? SURE : (1 - SURE) / (V - 1)));
    },
  };
};

test('who knows the conventions and nothing else keeps them, and needs log2 V bits a token', async () => {
  const read = await sitesRead(world, 'held-out sites', sitesAsked(world), ideal);
  expect(read.length).toBe(world.setup.world.varieties.length * marks.length);
  for (const sites of read) {
    expect(ownKept(world, sites)).toBeCloseTo(SURE, 6);
    const { open, trained, others } = trainedAt(world, { ...sites, site: world.target.site }, 0);
    const isOpen = ownFormOf(world, { ...sites, site: world.target.site }) !== world.target.knownForm;
    expect(open).toBe(isOpen ? sites.prompts.size : 0);
    if (sites.site === world.target.site && isOpen)
      for (const each of [trained, others]) expect(each).toBeCloseTo((1 - SURE) / (V - 1), 6);
  }
  for (const bits of [...(await bitsOf(world, ideal)), ...(await bitsOf(world, ideal, 1))]) {
    // After a mark that network is sure of a form, and so of no other token: only there it differs from the rest.
    expect(bits).toBeGreaterThanOrEqual(Math.log2(V) - 1e-5);
    expect(bits).toBeLessThan(1.1 * Math.log2(V));
  }
});

test('sites under another tag are asked in that variety, with the same text', async () => {
  const asked = sitesAsked(world).find(
    ({ variety, site }) => variety === 2 && site === world.target.site,
  ) as SitesAsked;
  const [read] = (await sitesRead(world, 'tagged', [underTag(world, asked, 0)], ideal)) as [SitesRead];
  const form = forms[read.site]?.[ownFormOf(world, { variety: 0, site: read.site })] as number;
  expect(Math.min(...read.probabilities(new Int32Array(asked.prompts.size).fill(form)))).toBeCloseTo(SURE, 6);
  const changed = read.prompts.tokens.filter((token, i) => token !== asked.prompts.tokens[i]);
  expect([...changed]).toEqual(Array(asked.prompts.size).fill(tags[0]));
});

const writing = (trained: number, others = 0, open = 4): Writing => ({
  ...{ bits: 2 + trained, own: 1 - trained, ownElsewhere: 1, open },
  ...(open === 0 ? { trained: null, others: null } : { trained, others }),
  ...{ underTargetsTag: trained, inTargetsText: others },
});
const change = (of: Partial<VarietyChange>, rise: number): VarietyChange => ({
  ...{ language: 'es', who: 'bystander', alike: true, documentsOnly: false, tv: 0, kl: 0 },
  ...{ before: writing(0.1), after: writing(0.1 + rise), ...of },
});
const observed = (data: readonly VarietyChange[]): object => ({ texts: data });

test('spread is the mean rise of the trained form at sites of bystanders whose own is another', () => {
  const all = [
    ...[change({ who: 'target' }, 0.8), change({}, 0.2), change({}, 0.4)],
    change({ before: writing(0, 0, 0), after: writing(0.7, 0, 0) }, 0),
    change({ before: writing(0.1, 0.1, 8), after: writing(0.5, 0.2, 8) }, 0),
  ];
  expect(conventionSpread(observed(all))).toBeCloseTo((4 * 0.2 + 4 * 0.4 + 8 * 0.4) / 16, 9);
  expect(conventionLearnt(observed(all))).toBeCloseTo((4 * 0.2 + 4 * 0.4 + 8 * 0.3) / 16, 9);
  expect(bitsLost(observed(all))).toBeCloseTo((0.2 + 0.4 + 0.7 + 0.4) / 4, 9);
  expect(staysWithTag(observed(all))).toBeCloseTo((0.2 + 0.4 + 0.7 + (0.4 - 0.1)) / 4, 9);
  expect(trainedRise(observed(all), ({ who }) => who === 'target')).toBeCloseTo(0.8, 9);
  expect(() => conventionSpread(observed(all.slice(0, 1)))).toThrow(NothingToMeasureError);
});

test('a reading of other varieties than the world has is a fault', () => {
  const data = world.setup.world.varieties.map((language, i) =>
    change({ language, who: i === 0 ? 'target' : 'bystander' }, 0),
  );
  const fault = (read: readonly VarietyChange[]) =>
    texts.fault?.({ data: read }, world, { method: 'sft', skill: 0, rehearsal: 0 });
  expect(fault(data)).toBeUndefined();
  expect(fault(data.slice(1))).toMatchObject({ field: 'language' });
});

test.each<[string, Partial<TextsQuality>, boolean]>([
  ['knows its varieties', {}, true],
  ['predicts one variety badly', { mostBits: 2.7 }, false],
  ['predicts hardly better than by counting', { leastGain: 0.4 }, false],
  ['does not go by tags', { leastTagGain: 0.4 }, false],
  ['keeps conventions badly', { kept: 0.9 }, false],
  ["keeps the target's badly", { keptByTarget: 0.9 }, false],
  ['does not act on documents alone', { keptDocumentsOnly: 0.6 }, false],
  ['has no pairs of documents alone', { keptDocumentsOnly: null }, true],
])('a base that %s: %o, played %s', (_, of, played) => {
  const quality = { bits: 2.2, mostBits: 2.5, unigramBits: 4.2, leastGain: 1.7, leastTagGain: 1.5 };
  const keeping = { kept: 0.99, keptByTarget: 0.99, keptDocumentsOnly: 0.9 };
  expect(textsQuality.isPlayed?.({ ...quality, ...keeping, ...of })).toBe(played);
});
