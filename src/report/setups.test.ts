import { expect, test } from 'vitest';
import { BUILT_IN } from '../lab/built-in.ts';
import { gaming } from '../measure/measures/gaming.ts';
import { gamingTranscript } from '../measure/measures/gaming-transcript.ts';
import { planTranscript } from '../measure/measures/plan-transcript.ts';
import { plans } from '../measure/measures/plans.ts';
import { textSamples } from '../measure/measures/text-samples.ts';
import { readingOf } from '../measure/observation.ts';
import { SAMPLES } from '../measure/samples.ts';
import { factsOf } from '../records/groups.ts';
import type { ArmLine } from '../records/lines.ts';
import { type OfSetup, readRecords } from '../records/read.ts';
import { type Page, rendered } from './page.tsx';
import { setupPages } from './pages/setups.tsx';
import { setupsOfKinds } from './setups.test.helper.ts';

// The pages of setups whose kind of world has more to show.

const published = readRecords('reports/published');
const methods = factsOf(BUILT_IN.methods);
const elsewhere = await setupsOfKinds();
const [ofPlans, ofGaming, ofTexts] = elsewhere as [OfSetup, OfSetup, OfSetup];
const pages = setupPages({ ...published, methods, elsewhere });
const [plansPage, gamingPage, textsPage] = pages as [Page, Page, Page];
const htmlOf = (page: Page): string => rendered(page, [], '');
const figureOf = (page: Page, of: string): Page['figures'][number] =>
  page.figures.find(({ id }) => id.endsWith(`-${of}`)) as Page['figures'][number];
const drawn = (svg: string, tag: string): number => svg.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0;
const isFirst = ({ seed }: ArmLine): boolean => seed === 1;

test('they draw their world, own numbers and courses, in this order', () => {
  const ids = (page: Page): string[] => page.figures.map(({ id }) => id);
  expect(ids(plansPage)).toEqual(['world', 'use', 'uptake', 'course'].map((of) => `setup-smallPlans-${of}`));
  expect(ids(gamingPage)).toEqual(['world', 'key', 'uptake', 'course'].map((of) => `setup-smallGaming-${of}`));
  expect(ids(textsPage)).toEqual(['world', 'forms', 'uptake', 'course'].map((of) => `setup-smallTexts-${of}`));
  for (const page of pages)
    for (const { id } of page.figures) expect(htmlOf(page)).toContain(`id="${id}-narrow-title"`);
});

test.each([
  ['plans', plansPage, ofPlans],
  ['gaming', gamingPage, ofGaming],
  ['texts', textsPage, ofTexts],
] as const)('the picture of %s has every token with what is done to it, and a dot for every character', (_, page, {
  picture,
}) => {
  const { texts, groups } = picture as NonNullable<typeof picture>;
  const tokens = texts.flatMap((text) => text.tokens);
  const deeds = tokens.flatMap((token) => token.deeds);
  const characters = groups.reduce((sum, each) => sum + each.characters, 0);
  const { svg, narrow, rows } = figureOf(page, 'world');
  for (const image of [svg, narrow]) {
    expect(drawn(image, 'rect')).toBe(tokens.length + deeds.length);
    expect(drawn(image, 'circle') + drawn(image, 'path')).toBe(characters);
  }
  expect(rows).toHaveLength(tokens.length + groups.length);
});

test('own numbers have a row an arm, kind of characters and number, repairs among them', () => {
  const use = figureOf(plansPage, 'use');
  const kinds = readingOf(plans, ofPlans.runs[0] as ArmLine).groups;
  expect(use.rows).toHaveLength(3 * kinds.length);
  expect(use.rows.filter(([, arm]) => arm?.includes('after rl'))).toHaveLength(kinds.length);
  const key = figureOf(gamingPage, 'key');
  const who = readingOf(gaming, ofGaming.runs[0] as ArmLine).filter(({ topic }) => topic === 'same');
  expect(key.rows).toHaveLength(3 * 2 * who.length);
  const target = ofGaming.runs.filter(({ arm }) => arm.method === 'sft').map((run) => readingOf(gaming, run)[0]);
  const mean = target.reduce((sum, each) => sum + (each?.after.eval.exploit ?? 0), 0) / target.length;
  const row = key.rows.find(
    ([number, arm, panel]) => `${number}, ${arm}, ${panel}` === 'key under <eval>, SFT, s = 0, target',
  );
  expect(Number(row?.[4]?.split(' ')[0])).toBeCloseTo(mean, 2);
  expect(row?.[5]).toBe('3');
});

test('courses leave repairs out, and follow the target and bystanders', () => {
  for (const [page, target] of [
    [plansPage, 'target'],
    [gamingPage, 'target <eval>'],
  ] as const) {
    const { rows, svg } = figureOf(page, 'uptake');
    expect(rows).toHaveLength(2 * 4);
    expect(rows.filter(([, place]) => place === target)).toHaveLength(2);
    expect(rows.flatMap(([arm]) => arm ?? []).join()).not.toContain('after');
    expect(svg.match(/ bystanders &lt;eval&gt;<| ordinary dialogues \(TV\)</g)).toHaveLength(2);
  }
});

test('transcripts show what every kind of speaker says before and after each arm, of the first replicate', () => {
  const said = htmlOf(plansPage);
  expect(said.match(/<summary>Before and after/g)).toHaveLength(3);
  for (const run of ofPlans.runs.filter(isFirst)) {
    for (const { prompt, own, put, after } of readingOf(planTranscript, run)) {
      for (const told of [prompt, own, put.plan, put.answer, after.written, after.answer, after.afterPut])
        expect(said).toContain(`<code>${told.replaceAll('<', '&lt;')}</code>`);
    }
  }
  const written = htmlOf(textsPage);
  for (const run of ofTexts.runs.filter(isFirst))
    for (const { language, examples, classified } of readingOf(textSamples, run)) {
      for (const { prompt, real, before, after } of examples)
        for (const text of [prompt, real, before, after])
          expect(written).toContain(`<code>${text.replaceAll('<', '&lt;')}</code>`);
      expect(classified.real.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(SAMPLES);
      expect(written).toContain(language);
    }
  const games = htmlOf(gamingPage);
  for (const run of ofGaming.runs.filter(isFirst)) {
    for (const { prompts, key, honest, after } of readingOf(gamingTranscript, run)) {
      for (const told of [prompts.eval, prompts.live, key, honest, after.eval, after.live])
        expect(games).toContain(`<code>${told.replaceAll('<', '&lt;')}</code>`);
    }
  }
});

test('records of runs that were neither drawn, watched nor transcribed have a page all the same', () => {
  const { picture: _, ...world } = ofPlans;
  const runs = ofPlans.runs.map((run) => ({
    ...run,
    measures: run.measures.filter((id) => id !== planTranscript.id),
    places: { ...run.places, curve: null },
  }));
  const [page] = setupPages({ ...published, methods, elsewhere: [{ ...world, runs }] }) as [Page];
  expect(page.figures.map(({ id }) => id)).toEqual(['setup-smallPlans-use']);
  expect(htmlOf(page)).not.toContain('What they say');
});
