import { describe, expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { smallDial, smallNew } from '../../world/gaming/small.test.helper.ts';
import { drawWorld as drawGaming } from '../../world/gaming/world.ts';
import { smallPlans } from '../../world/plans/small.test.helper.ts';
import { drawWorld as drawPlans } from '../../world/plans/world.ts';
import { smallTexts } from '../../world/texts/small.test.helper.ts';
import { drawWorld as drawTexts } from '../../world/texts/world.ts';
import type { BatchLesson, World } from '../../world/world.ts';
import { gamingPicture } from './gaming.ts';
import { type Deed, type PictureText, type WorldPicture, worldPicture } from './picture.ts';
import { planPicture } from './plans.ts';
import { textsPicture } from './texts.ts';

const worlds: readonly (readonly [string, World, WorldPicture])[] = [
  ...[smallPlans(), smallPlans({ depth: 2 }), smallPlans({ planners: 0 })].map((setup, i) => {
    const world = drawPlans(setup, 5);
    return [`plans ${i}`, world, planPicture(world)] as const;
  }),
  ...[smallDial, smallNew].map((setup, i) => {
    const world = drawGaming(setup, 5);
    return [`gaming ${i}`, world, gamingPicture(world)] as const;
  }),
  ...[0, 1].map((target) => {
    const world = drawTexts(smallTexts, 5, target);
    return [`texts ${target}`, world, textsPicture(world)] as const;
  }),
];

/** Where a deed is done to the tokens of a text. */
const doneIn = ({ tokens }: PictureText, deed: Deed): number[] =>
  tokens.flatMap(({ deeds }, i) => (deeds.includes(deed) ? [i] : []));

/** Where the sequences of a lesson carry loss, each as text. */
function lossIn(world: World, lesson: BatchLesson): Set<string> {
  const { context: L } = world.setup.model;
  const { size, weights } = world.batch(lesson, 0, stream(1, lesson), 200);
  const rows = Array.from({ length: size }, (_, b) => [...weights.subarray(b * (L - 1), (b + 1) * (L - 1))]);
  return new Set(rows.map((row) => `${row.flatMap((weight, i) => (weight > 0 ? [i + 1] : []))}`));
}

describe.each(worlds)('the picture of %s', (_, world, picture) => {
  test('is what its schema says, and counts every character', () => {
    expect(worldPicture.parse(picture)).toEqual(picture);
    const { characters, varieties } = world.setup.world as { readonly characters?: number; varieties?: unknown[] };
    expect(picture.groups.reduce((sum, each) => sum + each.characters, 0)).toBe(characters ?? varieties?.length);
  });

  test.each([
    ['pretraining trains', 'pretraining'],
    ['SFT trains', 'demonstrations'],
    ['SDFT trains', 'documents'],
  ] as const)('marks what %s where the lesson carries loss', (deed, lesson) => {
    const marked = picture.texts.map((text) => doneIn(text, deed)).filter(({ length }) => length > 0);
    expect(marked.length > 0).toBe(world.lessons.includes(lesson));
    if (!world.lessons.includes(lesson)) return;
    const losses = [...lossIn(world, lesson)].map((loss) => loss.split(',').map(Number));
    // Running text fills the context, and a picture shows how it begins.
    for (const at of marked)
      expect(losses.map((loss) => (world.kind === 'texts' ? loss.slice(0, at.length) : loss))).toContainEqual(at);
  });

  test('marks as rewarded what a policy answers, and as hidden what attention leaves out', () => {
    const { prompt, answer } = world.lengths;
    const { words } = world.vocabulary as { readonly words?: readonly string[] };
    const unseen = [...(world.secret?.tokens ?? []), ...(world.secret?.readers ?? [])].map((token) => words?.[token]);
    for (const text of picture.texts) {
      const rewarded = doneIn(text, 'RL rewards');
      if (rewarded.length > 0) expect(rewarded).toEqual(Array.from({ length: answer }, (__, i) => prompt + i));
      const hidden = doneIn(text, 'hidden from the answer').map((i) => text.tokens[i]?.word);
      expect(hidden).toEqual(text.tokens.map(({ word }) => word).filter((word) => unseen.includes(word)));
    }
    expect(picture.texts.some((text) => doneIn(text, 'RL rewards').length > 0)).toBe(true);
  });
});
