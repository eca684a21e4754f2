import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import h1 from '../hypotheses/h01-sdft-below-rl.test.ts';
import { rehearsalText } from './claims/explain.ts';
import { declaredClaims } from './claims/files.ts';
import type { Observation } from './lab/keys.ts';
import type { BaseQuality } from './measure/measures/quality.ts';
import { HERE } from './project/here.test.helper.ts';
import { readRecords } from './records/read.ts';
import { findings } from './report/findings.ts';

// What the README and the hypothesis files say, held against what is.

const textOf = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const readme = textOf('README.md');
const declared = await declaredClaims(HERE.hypotheses);

test('the README names everything to edit in a copied hypothesis file, and counts it right', () => {
  const section = readme.slice(readme.indexOf('## Add a hypothesis'), readme.indexOf('## Bring your own results'));
  const steps = [...section.matchAll(/^(\d)\. (.+)$/gm)];
  const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  expect(section).toContain(`edit ${words[steps.length]} things`);
  expect(steps.map(([, place]) => Number(place))).toEqual(steps.map((_, i) => i + 1));
  const [, copied] = /for example `([^`]+)`/.exec(section) as RegExpExecArray;
  const keys = [...textOf(`hypotheses/${copied}`).matchAll(/^ {4}([a-z]\w*):/gim)].map(([, key]) => key);
  expect(keys).toEqual(expect.arrayContaining(['id', 'statement', 'family', 'estimand', 'unit', 'prediction', 'arms']));
  const named = steps.map(([, , text]) => text).join('\n');
  for (const key of keys) expect(named).toContain(`\`${key}\``);
  expect(named).toMatch(/`family`: `exploratory`, unless .* committed before anything was run/);
});

test('the answer of the README is that of the published findings, word for word', () => {
  const findings = textOf('reports/published/FINDINGS.md').split('\n');
  const section = readme.slice(readme.indexOf('## The answer'), readme.indexOf('[FINDINGS]'));
  const lines = section.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.filter((line) => !findings.includes(line))).toEqual([]);
});

test('the published findings are those of the published records', () => {
  expect(textOf('reports/published/FINDINGS.md')).toBe(findings(readRecords('reports/published')));
});

test('shares that the guide of the output gives by rehearsal are those of the published report', () => {
  const output = textOf('docs/output.md');
  const published = readRecords('reports/published').claims;
  for (const id of ['P1', 'P2']) {
    const { setups } = published.find((each) => each.id === id) as (typeof published)[number];
    expect(output).toContain(`- ${id}: ${rehearsalText(setups as NonNullable<typeof setups>)}\n`);
  }
});

test('every claim about drift, spread or damage says in which register these are read', () => {
  const measured = declared.filter(({ spec }) => /\b(drift|spread|damage)\b/.test(spec.estimand));
  expect(measured.map(({ spec }) => spec.id)).toEqual(
    expect.arrayContaining(['H1', 'H1r', 'H2', 'H3', 'H3d', 'H5a', 'H5b', 'H7', 'H7d']),
  );
  for (const { spec } of measured)
    expect(spec.estimand, spec.id).toMatch(/\b(dialogues|in documents about|in held-out texts)\b/);
  for (const word of ['drift', 'spread, containment ratio', 'damage'])
    expect(textOf('docs/experiment.md')).toMatch(new RegExp(`^\\| ${word} \\|.*dialogues`, 'm'));
});

test.each([
  ['H0d', /with more of its own parameters a skill may become a dial/],
  ['H1', /different contents[\s\S]*many times as many steps/],
  ['H1v', /does not tell a skill from noise/],
  ['H1r', /same weight is not the same strength/],
  ['H2', /times as many steps[\s\S]*rival/],
  ['H3', /needs more replicates/],
  ['H7', /two to five times as many steps/],
  ['P1', /One replicate a setup[\s\S]*without rehearsal alone/],
  ['P1r', /One replicate a setup[\s\S]*with rehearsal alone/],
])('%s tells what its verdict does not show, as data and nowhere else in its file', (id, note) => {
  const { spec, path } = declared.find((each) => each.spec.id === id) as (typeof declared)[number];
  expect(spec.mind?.join('\n')).toMatch(note);
  for (const each of spec.mind ?? []) expect(each).toMatch(/^[A-Z0-9].*\.$/);
  expect(readFileSync(path, 'utf8')).not.toMatch(/^ \* Mind/m);
});

test('what two characters take up is not compared with documents that taught the target nothing', () => {
  const taught = (after: number) => ({ target: { trainedBefore: 0.1, trainedAfter: after } }) as unknown as Observation;
  const [premise] = h1.spec.premises ?? [];
  const holds = (documents: Observation) =>
    premise?.holds({ skill: taught(0.9), documents, noise: taught(0), neutral: taught(0) }, {} as BaseQuality);
  expect(holds(taught(0.9))).toBe(true);
  expect(holds(taught(0.12)), 'as documents about nobody do').toBe(false);
});
