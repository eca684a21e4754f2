import { expect, test } from 'vitest';
import type { Rows } from '../../model/inference.ts';
import { smallTexts } from '../../world/texts/small.test.helper.ts';
import { drawWorld } from '../../world/texts/world.ts';
import { beginnings, continued, distinctShare, readable, SAMPLES } from '../samples.ts';
import { languageClassifier } from '../trigrams.ts';
import type { Ask } from '../varieties.ts';
import { distinctIn, inLanguage, isStillText, type VarietySamples } from './text-samples.ts';

const world = drawWorld({ ...smallTexts, model: { ...smallTexts.model, context: 64 } }, 3);
const { varieties } = world.setup.world;
const { size: V, characters, forms, marks } = world.vocabulary;

test('held-out text of every language is told from the others by its trigrams, marks and forms left out', () => {
  const classifier = languageClassifier(world);
  const begun = beginnings(world);
  expect(begun.length).toBe(varieties.length * SAMPLES);
  const right = begun.filter(({ variety, real }) => classifier.of(real) === variety).length;
  expect(right / begun.length).toBeGreaterThan(0.85);
  const [{ variety, real }] = begun as [(typeof begun)[number]];
  const marked = real.flatMap((token) => [token, marks[0] as number, forms[0]?.[1] as number]);
  expect(classifier.of(marked)).toBe(classifier.of(real));
  expect(classifier.of(Array(40).fill([marks[0], forms[0]?.[1]]).flat() as number[])).toBeUndefined();
  expect(variety).toBe(0);
});

test('samples are drawn token by token from what the network says, the same for the same network', async () => {
  const begun = beginnings(world).slice(0, 3);
  const L = world.setup.model.context;
  /** Says the token after the last one with probability 1, or any of two with one half. */
  const network =
    (two: boolean): Ask =>
    async (_, { tokens }: Rows) => ({
      at: (b, t) =>
        Float32Array.from({ length: V }, (__, v) => {
          const next = ((tokens[b * L + t] as number) + 1) % V;
          if (two && v === (next + 1) % V) return Math.log(0.5);
          return v === next ? Math.log(two ? 0.5 : 1) : Number.NEGATIVE_INFINITY;
        }),
    });
  const sure = await continued(world, begun, network(false));
  for (const [i, sample] of sure.entries()) {
    const last = begun[i]?.prompt.at(-1) as number;
    expect(sample).toEqual(
      Array.from({ length: L - (begun[i]?.prompt.length as number) }, (_, j) => (last + 1 + j) % V),
    );
  }
  const drawn = await continued(world, begun, network(true));
  expect(await continued(world, begun, network(true))).toEqual(drawn);
  const steps = drawn.flatMap((sample) => sample.slice(1).map((token, j) => (token - (sample[j] as number) + V) % V));
  const twos = steps.filter((step) => step === 2).length / steps.length;
  expect(new Set(steps)).toEqual(new Set([1, 2]));
  expect(Math.abs(twos - 0.5)).toBeLessThan(0.15);
});

test('text that goes round in circles has few different runs of four', () => {
  expect(distinctShare([1, 2, 3, 4, 5, 6, 7, 8])).toBe(1);
  expect(distinctShare(Array(43).fill(1))).toBeCloseTo(1 / 40, 9);
});

test('people read characters, and a form in brackets without its mark', () => {
  const [a, b] = characters as [number, number];
  expect(readable(world, [a, marks[0] as number, forms[0]?.[1] as number, b, marks[1] as number])).toBe(
    'a[quote2]b[placeholder]',
  );
});

const samples = (who: VarietySamples['who'], own: number, distinct: number, index = 0): VarietySamples => {
  const counts = (n: number): number[] =>
    varieties.map((_, v) => (v === index ? n : v === (index + 1) % 6 ? SAMPLES - n : 0));
  return {
    ...{ language: varieties[index] ?? 'es', who },
    classified: { real: counts(SAMPLES), before: counts(SAMPLES), after: counts(own) },
    ...{ distinct: { real: 1, before: 1, after: distinct }, examples: [] },
  };
};

test('text that left its language or repeats itself is no success', () => {
  const all = [samples('target', 12, 0.9), samples('bystander', 8, 0.5, 1), samples('bystander', 16, 0.7, 2)];
  expect(inLanguage(all, 'target', 'after')).toBeCloseTo(0.75, 9);
  expect(inLanguage(all, 'bystander', 'after')).toBeCloseTo(0.75, 9);
  expect(distinctIn(all, 'bystander', 'after')).toBeCloseTo(0.6, 9);
  const still = (target: VarietySamples): boolean => isStillText({ 'text-samples': [target, ...all.slice(1)] }, 0.7);
  expect(still(samples('target', 12, 0.9))).toBe(true);
  expect(still(samples('target', 11, 0.9))).toBe(false);
  expect(still(samples('target', 16, 0.6))).toBe(false);
});
