import { expect, test } from 'vitest';
import { byArmOverTargets } from '../../records/groups.ts';
import { readRecords } from '../../records/read.ts';
import { answerArms, answerFigure, answerText } from './answer.ts';
import { elsewhereFigure } from './elsewhere.ts';
import { experimentFigure } from './experiment.ts';

const { runs, methods, elsewhere } = readRecords('reports/published');
const arms = byArmOverTargets(runs, methods);

test('the answer is drawn of the three ways to teach alone, by how new it is and what is rehearsed', () => {
  const drawn = answerArms(arms).map(({ arm: { method, skill, rehearsal } }) => `${method} ${skill} ${rehearsal}`);
  expect(drawn).toEqual(expect.arrayContaining(['sdft 0 0', 'sft 0 0', 'rl 0 0', 'sft 1 0', 'rl 1 0', 'rl 1 1']));
  expect(drawn.filter((each) => !/^(sdft|sft|rl) [01] [01]$/.test(each))).toEqual([]);
  expect(new Set(drawn).size).toBe(drawn.length);
  const figure = answerFigure(arms, methods);
  expect(figure?.rows).toHaveLength(3 * drawn.length);
  for (const [, , , number, n] of figure?.rows ?? []) {
    expect(number).toMatch(/^-?[\d.e-]+ \[.+\]$/);
    expect(Number(n)).toBeGreaterThan(1);
  }
});

test('the answer in a sentence has the ends of what is drawn of the others on the topic', () => {
  const means = (answerFigure(arms, methods)?.rows ?? [])
    .filter(([, , panel]) => panel === 'others, same topic')
    .map(([, arm, , number]) => ({ arm, mean: Number(number?.split(' ')[0]) }));
  const free = means.filter(({ arm }) => !arm?.includes('rehearsal')).sort((a, b) => a.mean - b.mean);
  const [least, most] = [free[0], free.at(-1)];
  const [, from, first, to, last] = /from ([\d.]+) \((.+?)\) to ([\d.]+) \((.+?)\)/.exec(answerText(arms) ?? '') ?? [];
  expect([first, last]).toEqual([least?.arm, most?.arm]);
  expect(Number(from)).toBeCloseTo(least?.mean as number, 1);
  expect(Math.abs(Number(to) - (most?.mean as number))).toBeLessThan(0.006);
  expect(answerText(arms.filter(({ arm }) => arm.rehearsal === 0))).not.toContain('rehearsed');
});

test('without such arms there is no answer to draw', () => {
  expect(answerFigure([], methods)).toBeUndefined();
  expect(answerText([])).toBeUndefined();
});

test('the experiment has a dot for every character, before and after, and one for RL', () => {
  const { svg, narrow } = experimentFigure(16);
  for (const image of [svg, narrow]) expect(image.match(/<circle/g)).toHaveLength(2 * 16 + 1);
  expect(experimentFigure(256).description).toMatch(/^Dots are some of 256 characters/);
  expect(experimentFigure(undefined).description).toMatch(/^Dots are some of many characters/);
});

test('other worlds are drawn by setup, each with what the target came to and what the others took up', () => {
  const figure = elsewhereFigure(elsewhere, methods, () => ['bystander']);
  const groups = [...new Set(figure?.rows.map(([name]) => name))];
  expect(groups).toEqual(expect.arrayContaining(['gaming dial', 'plans known', 'texts']));
  expect(groups).toEqual(groups.toSorted((a, b) => (a as string).localeCompare(b as string, 'en')));
  for (const group of groups) {
    const panels = figure?.rows.filter(([name]) => name === group).map(([, , panel]) => panel);
    expect(new Set(panels).size).toBe(2);
  }
  expect(elsewhereFigure([], methods, () => [])).toBeUndefined();
});
