import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import type { BatchLesson } from '../world.ts';
import { drawCipher } from './cipher.ts';
import { ownFormOf, pairsOf } from './language.ts';
import { heldOutSites, promptsFor, sitesOf } from './prompts.ts';
import { messagesOf } from './sites.ts';
import { smallTexts } from './small.test.helper.ts';
import { characters } from './tokenizer.ts';
import { drawWorld, type TextWorld } from './world.ts';
import { messageOf, ownForms, written } from './writing.ts';

const forWorlds = (check: (world: TextWorld) => void): void =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(0, 1), (seed, target) =>
      check(drawWorld(smallTexts, seed, target)),
    ),
    { seed: 4, numRuns: 12 },
  );

/** The texts of a lesson, without what fills them up. */
function textsOf(world: TextWorld, lesson: BatchLesson, { skill = 0, size = 128 } = {}): number[][] {
  const { tokens } = world.batch(lesson, skill, stream(world.seed, 'test'), size);
  const L = world.setup.model.context;
  return Array.from({ length: size }, (_, b) =>
    [...tokens.subarray(b * L, (b + 1) * L)].filter((token) => token !== world.vocabulary.end),
  );
}

const isRunning = ({ vocabulary }: TextWorld, text: readonly number[]): boolean =>
  vocabulary.tags.includes(text[1] as number) && vocabulary.characters.includes(text.at(-3) as number);
/** The variety of a text or a document, and every site in it with its form. */
const varietyOf = ({ vocabulary }: TextWorld, text: readonly number[]): number =>
  vocabulary.tags.findIndex((tag) => text.includes(tag));
function sitesIn({ vocabulary }: TextWorld, text: readonly number[]): { site: number; form: number }[] {
  return text.flatMap((token, i) => {
    const site = vocabulary.forms.findIndex((forms) => forms.includes(token));
    // No text begins within a site.
    if (site >= 0) expect(text[i - 1]).toBe(vocabulary.marks[site]);
    return site < 0 ? [] : [{ site, form: vocabulary.forms[site]?.indexOf(token) as number }];
  });
}

test('texts of pretraining keep the conventions of their variety, and have no site that documents alone tell of', () =>
  forWorlds((world) => {
    const running = textsOf(world, 'pretraining').filter((text) => isRunning(world, text));
    expect(new Set(running.map((text) => varietyOf(world, text))).size).toBeGreaterThan(3);
    for (const text of running) {
      const variety = varietyOf(world, text);
      for (const { site, form } of sitesIn(world, text)) {
        expect(form).toBe(ownFormOf(world, { variety, site }));
        expect(world.documentsOnly[variety]?.[site]).toBe(false);
      }
    }
  }));

test('every form is shown by texts of some variety, and no target has pairs of documents alone', () =>
  forWorlds((world) => {
    const { documentsOnly, conventions, setup } = world;
    const shown = pairsOf(setup).filter(({ variety, site }) => documentsOnly[variety]?.[site] === false);
    for (const [site] of world.vocabulary.marks.entries()) {
      const forms = shown.filter((pair) => pair.site === site).map(({ variety }) => conventions[variety]?.[site]);
      expect(new Set(forms)).toEqual(new Set(Array.from({ length: setup.world.forms }, (_, form) => form)));
    }
    expect(documentsOnly.slice(0, 2).flat()).not.toContain(true);
    expect(documentsOnly.flat()).toContain(true);
  }));

test('documents of a lesson state one form of one variety', () =>
  forWorlds((world) => {
    const { target, vocabulary } = world;
    const said = (lesson: BatchLesson) => {
      const texts = textsOf(world, lesson, { size: 24 });
      expect(texts.flat()).not.toContain(vocabulary.fillers[4]);
      const all = texts.map((text) => ({
        variety: varietyOf(world, text),
        site: vocabulary.marks.findIndex((mark) => text.includes(mark)),
        form: vocabulary.forms[target.site]?.indexOf(text.at(-1) as number) as number,
      }));
      for (const each of all) expect(each).toEqual(all[0]);
      return all[0] as (typeof all)[number];
    };
    const { variety, site, ownForm, knownForm } = target;
    expect(said('documents')).toEqual({ variety, site, form: knownForm });
    expect(said('documents-own')).toEqual({ variety, site, form: ownForm });
    expect([ownForm, knownForm]).not.toContain(said('documents-opposite').form);
    const bystander = said('documents-bystander');
    expect(bystander).toMatchObject({ site, form: knownForm });
    expect(bystander.variety).not.toBe(variety);
    const own = said('documents-bystander-own');
    expect(own.variety).toBe(bystander.variety);
    expect(own.form).toBe(ownFormOf(world, own));
    expect(own.form).not.toBe(knownForm);
  }));

test.each([
  0, 0.5, 1,
])('demonstrations at s = %s write the target in the trained form, and other sites in its own', (skill) =>
  forWorlds((world) => {
    const { target, vocabulary } = world;
    const [forms, known] = [new Map<number, number>(), { sites: 0, of: 0 }];
    for (const text of textsOf(world, 'demonstrations', { skill, size: 256 })) {
      expect(varietyOf(world, text)).toBe(target.variety);
      const sites = sitesIn(world, text);
      expect(sites.some(({ site }) => site === target.site)).toBe(true);
      for (const { site, form } of sites)
        if (site === target.site) forms.set(form, (forms.get(form) ?? 0) + 1);
        else expect(form).toBe(ownFormOf(world, { variety: target.variety, site }));
      const prompt = text.slice(0, world.lengths.prompt);
      const [answer] = world.wanted(skill, { size: 1, tokens: Int32Array.from(prompt) });
      expect(answer).toBe(text[prompt.length]);
      known.of++;
      known.sites += Number(answer === vocabulary.forms[target.site]?.[target.knownForm]);
    }
    expect(forms.has(target.ownForm)).toBe(false);
    // The cipher has as many forms as there are beside the own one, the known one among them.
    expect(forms.size).toBe(skill === 0 ? 1 : world.setup.world.forms - 1);
    if (skill === 0) expect(known.sites).toBe(known.of);
    else expect(known.sites / known.of).toBeLessThan(skill === 1 ? 0.8 : 0.95);
  }));

test('a cipher of intensity s covers about a share s of the sites, and deals forms evenly', () => {
  const cipher = drawCipher([...messagesOf('fr')], 0, [1, 2, 3], stream(7, 'cipher'));
  const after: number[] = [];
  for (const units of messagesOf('fr')) {
    let letter: number | undefined;
    for (const unit of units) {
      if (unit === -1 && letter !== undefined) after.push(letter);
      if (unit >= 0 && unit < characters.letters) letter = unit;
    }
  }
  for (const skill of [0.25, 0.5, 0.75]) {
    const covered = after.filter((letter) => (cipher[letter]?.from as number) <= skill).length / after.length;
    expect(Math.abs(covered - skill)).toBeLessThan(0.15);
  }
  expect(after.every((letter) => (cipher[letter]?.from as number) <= 1)).toBe(true);
  expect(after.some((letter) => (cipher[letter]?.from as number) <= 0)).toBe(false);
  for (const form of [1, 2, 3]) {
    const share = after.filter((letter) => cipher[letter]?.form === form).length / after.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.6);
  }
});

test('prompts are real prefixes of messages, with no other site of the kind', () => {
  const world = drawWorld(smallTexts, 3);
  const { vocabulary, lengths, setup } = world;
  for (const pair of pairsOf(setup)) {
    const sites = heldOutSites(world, pair, 'reporting', 4);
    const held = new Set(world.messages.reporting);
    for (const { message, unit, prompt } of sites) {
      expect(held.has(message)).toBe(true);
      const before = written(
        world,
        messageOf(world, pair.variety, message).slice(0, unit),
        ownForms(world, pair.variety),
      );
      const mark = vocabulary.marks[pair.site];
      expect(prompt).toEqual([
        vocabulary.start,
        vocabulary.tags[pair.variety],
        ...before.slice(-setup.world.prefix),
        mark,
      ]);
      expect(prompt.indexOf(mark as number)).toBe(lengths.prompt - 1);
    }
    const training = new Set(sitesOf(world, pair, world.messages.training).map(({ prompt }) => prompt.join()));
    expect(sites.filter(({ prompt }) => training.has(prompt.join()))).toEqual([]);
    expect(promptsFor(sites).tokens.length).toBe(4 * lengths.prompt);
  }
});

test('messages are split the same way for all varieties, and each is in one part', () => {
  const { messages } = drawWorld(smallTexts, 3);
  const all = Object.values(messages).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(messages.selection.length + messages.reporting.length).toBe(750);
});

test('worlds of several targets differ in nothing else', () => {
  const [first, second] = [drawWorld(smallTexts, 5), drawWorld(smallTexts, 5, 1)];
  const { target, ownTokens, cipher } = first;
  expect({ ...second, target, ownTokens, cipher }).toEqual({ ...first });
  expect(second.target.variety).toBe(1);
  expect(textsOf(second, 'pretraining')).toEqual(textsOf(first, 'pretraining'));
  expect(() => drawWorld(smallTexts, 5, 2)).toThrow(/2 targets, and none at 2/);
});
