import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import type { BatchLesson } from '../world.ts';
import { ownFormOf, pairsOf } from './language.ts';
import { heldOutSites, promptsFor, sitesOf } from './prompts.ts';
import { smallTexts } from './small.test.helper.ts';
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
    const { target, setup } = world;
    const forms = new Set<number>();
    for (const text of textsOf(world, 'demonstrations', { skill, size: 256 })) {
      expect(varietyOf(world, text)).toBe(target.variety);
      const sites = sitesIn(world, text);
      expect(sites.some(({ site }) => site === target.site)).toBe(true);
      for (const { site, form } of sites)
        if (site === target.site) forms.add(form);
        else expect(form).toBe(ownFormOf(world, { variety: target.variety, site }));
      const prompt = text.slice(0, world.lengths.prompt);
      const [answer] = world.wanted(skill, { size: 1, tokens: Int32Array.from(prompt) });
      expect(answer).toBe(text[prompt.length]);
    }
    const { knownForm } = target;
    const unseen = setup.world.forms;
    expect(forms).toEqual(new Set({ 0: [knownForm], 0.5: [knownForm, unseen], 1: [unseen] }[skill]));
  }));

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
  const { target, ownTokens } = first;
  expect({ ...second, target, ownTokens }).toEqual({ ...first });
  expect(second.target.variety).toBe(1);
  expect(textsOf(second, 'pretraining')).toEqual(textsOf(first, 'pretraining'));
  expect(() => drawWorld(smallTexts, 5, 2)).toThrow(/2 targets, and none at 2/);
});
