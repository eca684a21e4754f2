import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hashOf } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { claim } from './claim.ts';
import { readConfiguration } from './configuration.ts';
import { declaredClaims } from './files.ts';
import {
  type RegisteredClaim,
  type RegisteredResult,
  type Registry,
  readRegistry,
  registeredResult,
  registryText,
  replacedIn,
} from './registry.ts';
import { greaterThan } from './verdict.ts';

const folder = mkdtempSync(join(tmpdir(), 'registry-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const fileWith = (text: string): string => {
  files += 1;
  const path = join(folder, `claims-${files}.lock.json`);
  writeFileSync(path, text);
  return path;
};

const registry: Registry = {
  H1: {
    spec: 'abc',
    profiles: {
      quick: {
        ...{
          n: 6,
          drawn: hashOf([1, 2, 3, 4, 5, 6]),
          verdict: 'supported',
          familyVerdict: 'supported',
          engine: 'onnx:cpu',
        },
        ...{ mean: 1, sd: 0.1, low: 0.9, high: 1.1, devices: ['cpu'] },
      },
    },
  },
};

describe('the registry file', () => {
  test('is read as it was written', () => {
    expect(readRegistry(fileWith(registryText(registry)))).toEqual(registry);
  });

  test.each([
    ['absent', join(folder, 'none.json'), /cannot load/],
    ['no JSON', fileWith('{"format": 1,'), /cannot load/],
  ])('%s: expected / got / to do', (_, path, message) => {
    expect(() => readRegistry(path)).toThrow(message);
    expect(() => readRegistry(path)).toThrow(/expected:[\s\S]*got:[\s\S]*to do:.*npm run register/);
  });

  test.each([
    ['an unknown verdict', registryText(registry).replace('"verdict": "supported"', '"verdict": "proven"'), /verdict/],
    ['another format', '{"format": 1, "claims": {}}', /format/],
    ['an unknown profile', registryText(registry).replace('quick', 'slow'), /slow/],
  ])('%s is refused where it stands', (_, text, message) => {
    expect(() => readRegistry(fileWith(text))).toThrow(InputError);
    expect(() => readRegistry(fileWith(text))).toThrow(message);
  });
});

describe('what a registration replaces', () => {
  const before = registry['H1'] as RegisteredClaim;
  const quick = before.profiles.quick as RegisteredResult;

  test('is nothing where the numbers are the same, and kept where number or verdict is another, or the claim', () => {
    expect(replacedIn(before, { quick, standard: quick })).toEqual([]);
    const was = { spec: 'abc', profile: 'quick', n: 6, verdict: 'supported', familyVerdict: 'supported' };
    for (const after of [
      {},
      { quick: { ...quick, mean: 2 } },
      { quick: { ...quick, familyVerdict: 'refuted' as const } },
    ])
      expect(replacedIn(before, after)).toEqual([{ ...was, mean: 1, low: 0.9, high: 1.1 }]);
    const kept = { H1: { ...before, history: replacedIn(before, {}) } };
    expect(readRegistry(fileWith(registryText(kept)))).toEqual(kept);
  });
});

describe('what is registered for a claim', () => {
  const seeds = [1, 2, 3, 4, 5, 6];
  const asked = { id: 'H1', spec: 'abc', profile: 'quick' as const, seeds, drawn: hashOf(seeds) };
  test('is found', () => expect(registeredResult(registry, asked).verdict).toBe('supported'));
  test.each([
    ['a claim that is not there', { ...asked, id: 'H9' }, /H9 is not registered[\s\S]*no such claim/],
    ['a profile that is not there', { ...asked, profile: 'full' as const }, /SPILLOVER_PROFILE=full npm run register/],
    ['a changed claim', { ...asked, spec: 'abd' }, /not the claim that was registered/],
    ['other seeds', { ...asked, drawn: hashOf([1, 2, 3, 4, 5, 7]) }, /registered with other seeds or setups/],
    ['fewer replicates than registered', { ...asked, seeds: [1, 2, 3, 4, 5] }, /another number of replicates/],
  ])('%s is an error', (_, bad, message) => {
    expect(() => registeredResult(registry, bad)).toThrow(InputError);
    expect(() => registeredResult(registry, bad)).toThrow(message);
  });
});

describe('the configuration', () => {
  test('has defaults, and the seeds of a smaller profile are the first of a larger', () => {
    const [quick, full] = [readConfiguration({}), readConfiguration({ SPILLOVER_PROFILE: 'full' })];
    expect(quick).toMatchObject({ profile: 'quick', engine: 'onnx:cpu', together: undefined });
    expect(readConfiguration({ SPILLOVER_TOGETHER: '8' }).together).toBe(8);
    expect([quick.seeds.length, full.seeds.length]).toEqual([6, 32]);
    expect([quick.changed.setups, full.changed.setups]).toEqual([12, 120]);
    expect(full.seeds.slice(0, 6)).toEqual(quick.seeds);
    expect(quick.folder).toMatch(/\.spillover$/);
    expect(readConfiguration({}, 'standard').seeds).toHaveLength(12);
  });

  test.each([
    { SPILLOVER_PROFILE: 'fast' },
    { SPILLOVER_PROFILE: 'Quick' },
    { SPILLOVER_ENGINE: 'onnx:tpu' },
    { SPILLOVER_TOGETHER: '0' },
    { SPILLOVER_TOGETHER: 'many' },
    { SPILLOVER_TOGETHER: '1.5' },
  ])('an unknown value is an error: %o', (environment) => {
    expect(() => readConfiguration(environment)).toThrow(InputError);
    expect(() => readConfiguration(environment)).toThrow(
      /expected: (one of|a whole number)[\s\S]*got:[\s\S]*to do: set SPILLOVER_/,
    );
  });
});

describe('declarations', () => {
  const spec = {
    ...{ id: 'H99', statement: 's', family: 'exploratory' as const, estimand: 'e', unit: 'TV' },
    ...{ prediction: greaterThan(0), arms: {} },
  };
  test('without a statement or with a strange id are refused', () => {
    expect(() => claim(import.meta.url, { ...spec, statement: ' ' }, () => 0)).toThrow(InputError);
    expect(() => claim(import.meta.url, { ...spec, id: 'H 1' }, () => 0)).toThrow(/id 'H 1'/);
  });

  test('in a file that another one imports make no test there', () => {
    const elsewhere = claim('file:///hypotheses/other.test.ts', spec, () => 0);
    expect(elsewhere).toMatchObject({ path: '/hypotheses/other.test.ts', spec });
  });

  test('a file that declares no claim, and an id that is there twice, are refused', async () => {
    const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    write('h1.test.ts', "export default { spec: { id: 'H1', arms: {} }, gather() {} };");
    expect((await declaredClaims(folder)).map((each) => each.spec.id)).toEqual(['H1']);
    write('h3.test.ts', "export default { spec: { id: 'H1', arms: {} }, gather() {} };");
    await expect(declaredClaims(folder)).rejects.toThrow(/two claims with the id H1/);
    write('h2.test.ts', 'export default 3;');
    await expect(declaredClaims(folder)).rejects.toThrow(/h2.test.ts declares no claim/);
  });
});
