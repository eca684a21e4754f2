import { expect, test } from 'vitest';
import { NothingToMeasureError } from '../../core/errors.ts';
import { ownFormOf } from '../../world/texts/language.ts';
import { smallTexts } from '../../world/texts/small.test.helper.ts';
import { drawWorld } from '../../world/texts/world.ts';
import { areTaught } from '../taught.ts';
import {
  type Ask,
  bitsOf,
  crossedAt,
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
  cipherSpread,
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
    if (sites.site !== world.target.site) continue;
    const { open, trained, blind } = trainedAt(world, sites, 0);
    const isOpen = ownFormOf(world, sites) !== world.target.knownForm;
    expect(open).toBe(isOpen ? areTaught(world, sites.prompts).filter((taught) => taught).length : 0);
    if (open > 0) for (const each of [trained, blind]) expect(each).toBeCloseTo((1 - SURE) / (V - 1), 6);
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

/** Writes behind a mark what `of` says of the tag and of the text between them, with probability .9. */
const network =
  (of: (tag: number, text: string) => number | undefined): Ask =>
  async (_, { size, tokens }) => {
    const width = tokens.length / size;
    return {
      at: (b) => {
        const row = [...tokens.subarray(b * width, (b + 1) * width)];
        const form = of(tags.indexOf(row[1] as number), row.slice(2, -1).join());
        return Float32Array.from({ length: V }, (__, v) => Math.log(v === form ? SURE : (1 - SURE) / (V - 1)));
      },
    };
  };

test('a network that does not look at the letter takes up forms, and no cipher', async () => {
  const world = drawWorld({ ...smallTexts, world: { ...smallTexts.world, reportingPrompts: 16 } }, 3);
  const { site, ownForm, variety: target } = world.target;
  const asked = sitesAsked(world).filter((each) => each.site === site);
  const aims = forms[site]?.filter((_, form) => form !== ownForm) as number[];
  for (const form of aims)
    for (const read of await sitesRead(
      world,
      'blind',
      asked,
      network(() => form),
    )) {
      const { open, trained, blind } = trainedAt(world, read, 1);
      if (open > 0) expect((trained as number) - (blind as number)).toBeCloseTo(0, 6);
    }
  const knowing = await sitesRead(world, 'knowing', asked, async (name, rows, last) => {
    const prompts = {
      size: rows.size,
      tokens: rows.tokens.filter((_, i) => i % (rows.tokens.length / rows.size) < world.lengths.prompt),
    };
    const wanted = world.wanted(1, prompts);
    expect([name, last]).toEqual(['knowing', 1]);
    return {
      at: (b) => Float32Array.from({ length: V }, (_, v) => Math.log(v === wanted[b] ? SURE : (1 - SURE) / (V - 1))),
    };
  });
  const gains = knowing.flatMap((read) => {
    const { open, trained, blind } = trainedAt(world, read, 1);
    if (open === 0) return [];
    expect(trained).toBeCloseTo(SURE, 6);
    return read.variety === target ? [] : [(trained as number) - (blind as number)];
  });
  expect(Math.max(...gains)).toBeGreaterThan(0.2);
});

test('a change that goes with the tag, with the text, or with neither is told apart', async () => {
  const { site, variety: target, knownForm } = world.target;
  const asked = sitesAsked(world);
  const form = forms[site]?.[knownForm] as number;
  const byTag = await crossedAt(
    world,
    asked,
    0,
    network((tag) => (tag === target ? form : undefined)),
  );
  const everywhere = await crossedAt(
    world,
    asked,
    0,
    network(() => form),
  );
  const { prompts } = asked.find((each) => each.site === site && each.variety === target) as SitesAsked;
  const T = world.lengths.prompt;
  const ofTarget = Array.from({ length: prompts.size }, (_, b) => prompts.tokens.slice(b * T + 2, (b + 1) * T).join());
  const byText = await crossedAt(
    world,
    asked,
    0,
    network((_, text) => (ofTarget.includes(text) ? form : undefined)),
  );
  expect(byTag.length).toBe(world.setup.world.varieties.length);
  for (const [variety, { underTargetsTag, inTargetsText }] of byTag.entries()) {
    if (variety === target) continue;
    const isOpen = ownFormOf(world, { variety, site }) !== knownForm;
    expect(underTargetsTag === null || inTargetsText === null).toBe(!isOpen);
    if (!isOpen) continue;
    expect(underTargetsTag).toBeCloseTo(SURE, 6);
    expect(inTargetsText).toBeCloseTo((1 - SURE) / (V - 1), 6);
    // A few prefixes are names that read the same in two languages.
    expect(byText[variety]?.underTargetsTag).toBeLessThan(0.5);
    expect(byText[variety]?.inTargetsText).toBeCloseTo(SURE, 6);
    expect(everywhere[variety]?.underTargetsTag).toBeCloseTo(everywhere[variety]?.inTargetsText as number, 6);
  }
});

const writing = (trained: number, blind = 0, open = 4): Writing => ({
  ...{ bits: 2 + trained, own: 1 - trained, ownElsewhere: 1, open },
  ...(open === 0 ? { trained: null, blind: null } : { trained, blind }),
  ...(open === 0 ? { underTargetsTag: null, inTargetsText: null } : { underTargetsTag: trained, inTargetsText: blind }),
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
    change({ documentsOnly: true }, 0.6),
  ];
  expect(conventionSpread(observed(all))).toBeCloseTo((4 * 0.2 + 4 * 0.4 + 8 * 0.4) / 16, 9);
  expect(cipherSpread(observed(all))).toBeCloseTo((4 * 0.2 + 4 * 0.4 + 8 * 0.3) / 16, 9);
  expect(bitsLost(observed(all))).toBeCloseTo((0.2 + 0.4 + 0.7 + 0.4 + 0.6) / 5, 9);
  expect(staysWithTag(observed(all))).toBeCloseTo((0.2 + 0.4 + (0.4 - 0.1) + 0.6) / 4, 9);
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
  ['does not go by tags', { tagGain: 0.4 }, false],
  ['keeps conventions badly', { kept: 0.9 }, false],
  ["keeps the target's badly", { keptByTarget: 0.9 }, false],
  ['does not act on documents alone', { keptDocumentsOnly: 0.6 }, false],
  ['has no pairs of documents alone', { keptDocumentsOnly: null }, true],
])('a base that %s: %o, played %s', (_, of, played) => {
  const quality = { bits: 2.2, mostBits: 2.5, unigramBits: 4.2, leastGain: 1.7, tagGain: 1.5 };
  const keeping = { kept: 0.99, keptByTarget: 0.99, keptDocumentsOnly: 0.9 };
  expect(textsQuality.isPlayed?.({ ...quality, ...keeping, ...of })).toBe(played);
});
