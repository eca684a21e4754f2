import { expect, test } from 'vitest';
import { byArmOverTargets } from '../../records/groups.ts';
import { readRecords } from '../../records/read.ts';
import { answerArms, answerFigure, answerText, driftText } from './answer.ts';
import { elsewhereFigures } from './elsewhere.ts';
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
  expect(answerText(arms)).toMatch(/their own texts were trained along, .+, 0\.06 at most\.$/);
  expect(answerText(arms.filter(({ arm }) => arm.rehearsal === 0))).not.toContain('trained along');
});

test('drift is told apart from spread by RL that pays at random, and by nothing where that was not run', () => {
  expect(driftText(arms)).toMatch(
    /^On the topic that was taught RL, random rewards, s = 1 has 0\.9\d of it and 0\.0\d of spread, RL, s = 1 has 0\.8\d of it and 0\.6\d of spread\.$/,
  );
  expect(driftText(arms.filter(({ arm }) => arm.method !== 'rl-random'))).toBeUndefined();
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
  const followed = { tags: ['bystander'], name: 'bystanders' };
  const kindOf = ({ name }: { readonly name: string }) => ({
    ...{ name: name.startsWith('gaming') ? 'gaming an evaluation' : 'other', followed },
  });
  const figures = elsewhereFigures(elsewhere, methods, kindOf);
  expect(figures.map(({ id }) => id).sort()).toEqual([
    ...['answer-elsewhere-gaming-an-evaluation', 'answer-elsewhere-other'],
  ]);
  const groups = figures.flatMap(({ rows }) => [...new Set(rows.map(([name]) => name as string))]);
  expect(groups).toEqual(expect.arrayContaining(['gaming dial', 'plans known', 'texts']));
  expect(new Set(groups).size).toBe(groups.length);
  for (const group of groups) {
    const own = figures.flatMap(({ rows }) => rows.filter(([name]) => name === group));
    expect(new Set(own.map(([, , panel]) => panel)).size).toBe(2);
  }
  expect(elsewhereFigures([], methods, kindOf)).toEqual([]);
});
