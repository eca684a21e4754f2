import { expect, test } from 'vitest';
import { intervalText, predictionText, verdictText } from '../../claims/describe.ts';
import type { Judged } from '../../claims/gate.ts';
import { byArmOverTargets } from '../../records/groups.ts';
import { readRecords } from '../../records/read.ts';
import { AT } from '../../world/characters/places.ts';
import { armText } from '../words.ts';
import { courses } from './courses.ts';
import { forest } from './forest.ts';
import { beforeAfter } from './intervals.ts';
import { replicates } from './replicates.ts';

// What a mark is, and how large an effect is, stand beside it in the figure.

const { claims, runs, methods } = readRecords('reports/published');
const arms = byArmOverTargets(runs, methods).filter((each) => /^(RL|SFT), s = 1$/.test(armText(each)));

/** The words of an image, lines of one label put together. */
const wordsIn = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text = '']) =>
    text
      .replace(/<\/tspan>\s*<tspan[^>]*>/g, ' ')
      .replace(/<[^>]+>/g, '')
      .replaceAll('&gt;', '>')
      .replaceAll('&lt;', '<'),
  );

test('a forest says of every claim its estimate with the interval, what was predicted, and the verdict', () => {
  const { svg, narrow } = forest('x', 'X', claims);
  const [wide, small] = [wordsIn(svg), wordsIn(narrow)];
  for (const { prediction, judgement, familyVerdict, firm } of claims) {
    const estimate = intervalText({ mean: judgement.mean, ...judgement.interval }, prediction);
    const predicted = `predicted ${predictionText(prediction, '').trim()}`;
    const verdict = verdictText(familyVerdict, firm);
    expect(wide).toContain(`${estimate} ${predicted} ${verdict}`);
    expect(small).toContain(`${estimate} ${predicted}: ${verdict}`);
  }
});

test('the replicates of a claim have its margins over their lines, and the estimate in words', () => {
  for (const id of ['H1', 'H0f', 'H1f']) {
    const claim = claims.find((each) => each.id === id) as Judged;
    const { kind, margin } = claim.prediction;
    const over = { greater: [`> ${margin}`], less: [`< ${margin}`], equivalent: [`−${margin}`, `${margin}`] }[kind];
    const words = wordsIn(replicates(claim).svg);
    expect(words).toEqual(expect.arrayContaining(over));
    expect(words).toContain(intervalText({ ...claim.judgement, ...claim.judgement.interval }, claim.prediction));
  }
});

test('each end of a course has the number there and the name of its arm, in every panel', () => {
  const text = { id: 'x', title: 'X', label: 'spread' };
  const figure = courses(arms, methods, { ...text, tags: AT.sameTopic, number: 'spread' });
  for (const svg of [figure?.svg ?? '', figure?.narrow ?? ''])
    for (const arm of arms) {
      const named = wordsIn(svg).filter((word) => word.endsWith(` ${armText(arm)}`));
      const ends = figure?.rows.filter(([name]) => name === armText(arm)) ?? [];
      expect(named).toHaveLength(ends.length);
      const numbers = (texts: readonly string[]): number[] =>
        texts.map((each) => Number.parseFloat(each)).sort((a, b) => a - b);
      numbers(ends.map(([, , , number = '']) => number)).forEach((number, i) => {
        expect(numbers(named)[i]).toBeCloseTo(number, 1);
      });
    }
});

test('a number before and after tuning is a bar and the shape of its method, with the number after it', () => {
  const numbers = [{ name: 'number', before: () => 0.25, after: () => 0.75 }];
  const text = { id: 'x', title: 'X', description: 'X.', label: 'number' };
  const figure = beforeAfter(arms, methods, text, [{ name: 'everybody', numbers }]);
  expect(figure?.rows.map(([group, , panel, before, after]) => [group, panel, before, after])).toEqual(
    arms.map(() => ['number', 'everybody', '0.25 [0.25, 0.25]', '0.75 [0.75, 0.75]']),
  );
  for (const svg of [figure?.svg ?? '', figure?.narrow ?? '']) {
    expect(wordsIn(svg).filter((word) => word === '0.75')).toHaveLength(arms.length);
    for (const name of ['var(--rl)', 'var(--sft)']) expect(svg).toContain(name);
    const [bars = ''] = /<g [^>]*stroke-width="2"[^>]*><line.*?<\/g>/.exec(svg) ?? [];
    expect(bars.match(/<line /g)).toHaveLength(arms.length);
  }
  expect(beforeAfter([], methods, text, [{ name: 'everybody', numbers }])).toBeUndefined();
});
