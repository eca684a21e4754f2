import { describe, expect, test } from 'vitest';
import { AT } from '../characters/places.ts';
import type { Extent } from '../place.ts';
import { carriedOut } from './operations.ts';
import { AT_PLANS } from './places.ts';
import { smallPlans } from './small.test.helper.ts';
import { shownIn } from './texts.ts';
import { drawWorld } from './world.ts';

const world = drawWorld(smallPlans(), 3);
const L = world.setup.model.context;
const at = (tags: readonly string[], extent: Extent = 'whole', of = world) =>
  of.places(0, extent).filter((place) => tags.every((tag) => place.tags.includes(tag)));

describe.each(['glance', 'whole'] as const)('at %s', (extent) => {
  test('every kind of place that claims ask of is there', () => {
    for (const [name, tags] of Object.entries(AT_PLANS)) expect(at(tags, extent), name).not.toEqual([]);
  });

  test('the place that matchings go by is that of the target alone, with a plan, on its topic', () => {
    const [only, ...more] = at(AT.target, extent);
    expect(more).toEqual([]);
    expect(only?.tags).toEqual(AT_PLANS.target);
  });

  test('who ignores plans has each prediction open, planners and ordinary dialogues none', () => {
    for (const place of world.places(0, extent)) {
      const open = [...place.predictions].map((prediction, i) => {
        const own = place.tokens[Math.floor(prediction / (L - 1)) * L + (prediction % (L - 1)) + 1];
        return place.trained[i] !== -1 && place.trained[i] !== own;
      });
      const isOpen =
        (place.tags.includes('plan') || place.tags.includes('planning')) && !place.tags.includes('planner');
      expect(new Set(open), place.tags.join()).toEqual(new Set([isOpen]));
    }
  });
});

test('at a glance ignorers are read on every plan that is open to them, which goal it is beside', () => {
  const shown = at(AT_PLANS.ignorers, 'glance').flatMap(({ size, tokens }) => {
    const prompts = Array.from({ length: size }, (_, b) => [...tokens.subarray(b * L, b * L + world.lengths.prompt)]);
    return shownIn(world, { size, tokens: Int32Array.from(prompts.flat()) });
  });
  expect(new Set(shown.map(({ plan }) => String(plan))).size).toBe(3);
  expect(new Set(shown.map(({ goal }) => goal)).size).toBe(3);
});

test('the trained answer is that of the plan that stands in the text', () => {
  const { prompt, answer } = world.lengths;
  for (const { size, tokens, trained } of at(['dialogue', 'plan'])) {
    const prompts = Array.from({ length: size }, (_, b) => [...tokens.subarray(b * L, b * L + prompt)]);
    const followed = shownIn(world, { size, tokens: Int32Array.from(prompts.flat()) }).flatMap(({ plan, payload }) =>
      carriedOut(plan, payload),
    );
    expect([...trained]).toEqual(followed);
    expect(trained.length).toBe(size * answer);
  }
});

test('where nobody plans there are no documents about it, and no planners', () => {
  const nobody = drawWorld(smallPlans({ planners: 0 }), 3);
  expect(at(AT_PLANS.documents, 'whole', nobody)).toEqual([]);
  expect(at(AT_PLANS.planners, 'whole', nobody)).toEqual([]);
  expect(at([...AT_PLANS.ignorers, 'documents only'], 'whole', nobody)).not.toEqual([]);
});
