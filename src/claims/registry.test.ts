import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { readSettings } from '../project/configuration.ts';
import { HERE } from '../project/here.test.helper.ts';
import { claim } from './claim.ts';
import { evidenceOf, registryOf, shareEvidenceOf } from './example.test.helper.ts';
import { declaredClaims } from './files.ts';
import { historyOf, pastRegistry, registriesInGit } from './history.ts';
import { type RegisteredClaim, type RegisteredResult, type Registry, registeredResult } from './registry.ts';
import { readRegistry, registryText } from './registry-file.ts';
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

const strong = [1, 1.1, 0.9, 1.05, 0.95, 1];
const weak = [1, 0.1, 0.9, 0.05, 1.2, 0.7];
const evidence = [
  ...[evidenceOf('H1', strong), evidenceOf('H2', weak), evidenceOf('H3', [1, -1, 1, -1, 1, -0.5])],
  shareEvidenceOf('P1', 11, 12),
  shareEvidenceOf('P2', 0, 0, 12),
];
const registry = registryOf(evidence);
const text = registryText(registry);

describe('the registry file', () => {
  test('is read as it was written, whatever ends its lines', () => {
    expect(readRegistry(fileWith(text))).toEqual(registry);
    const { H1: one } = registry as Readonly<Record<'H1', RegisteredClaim>>;
    const quick = { ...one.profiles.quick, holdout: true } as RegisteredResult;
    const declared = { commit: 'a'.repeat(40), text: 'x' };
    const dated: Registry = { ...registry, H1: { ...one, declared, profiles: { quick } } };
    expect(readRegistry(fileWith(registryText(dated)))).toEqual(dated);
    expect(readRegistry(fileWith(`\uFEFF${text.replaceAll('\n', '\r\n')}`))).toEqual(registry);
  });

  test('has the smallest value of interest of a claim that names one, and nothing of others', () => {
    const named = registryOf([evidenceOf('H1', strong, { interest: 0.5 })]);
    expect(readRegistry(fileWith(registryText(named)))['H1']?.content.interest).toBe(0.5);
    expect(text).not.toContain('interest');
  });

  test.each([
    ['absent', join(folder, 'none.json'), /cannot load/],
    ['no JSON', fileWith('{"format": 1,'), /cannot load/],
  ])('%s: expected / got / to do', (_, path, message) => {
    expect(() => readRegistry(path)).toThrow(message);
    expect(() => readRegistry(path)).toThrow(/expected:[\s\S]*got:[\s\S]*to do:.*npm run register/);
    expect(() => readRegistry(path)).toThrow(`to do: restore ${path} from version control`);
  });

  const { H1: one, P1: share } = registry as Readonly<Record<'H1' | 'P1', RegisteredClaim>>;
  const quick = one.profiles.quick as NonNullable<RegisteredClaim['profiles']['quick']>;
  const setups = share.profiles.quick as typeof quick;
  const withQuick = (id: string, fields: object): string =>
    registryText({
      ...registry,
      [id]: { ...registry[id], profiles: { quick: { ...registry[id]?.profiles.quick, ...fields } } } as RegisteredClaim,
    });

  test.each([
    ['an unknown verdict', text.replace('"verdict": "supported"', '"verdict": "proven"'), /verdict/],
    ['another format', '{"format": 1, "claims": {}}', /format/],
    ['an unknown profile', text.replace('"quick"', '"slow"'), /slow/],
    ['a claim that stands twice', text.replace('"H2": {', '"H1": {'), /stands twice|after Holm/],
    ['a key that stands twice', text.replace('"n": 6', '"n": 99, "n": 6'), /stands twice/],
    ['a mean outside its own interval', withQuick('H1', { mean: 2 }), /H1 at quick: the mean 2 outside its interval/],
    ['an interval that its numbers do not give', withQuick('H1', { low: 0 }), /H1 at quick: the interval \[0, /],
    ['a deviation that its interval does not give', withQuick('H1', { sd: 0.01 }), /H1 at quick: the interval/],
    [
      'a verdict that its numbers do not give',
      withQuick('H1', { verdict: 'refuted' }),
      /refuted, where its numbers give supported/,
    ],
    [
      'usable on a claim about replicates',
      withQuick('H1', { usable: 6 }),
      /usable on a claim that is not about setups/,
    ],
    ['holdout without declared', withQuick('H1', { holdout: true }), /H1 at quick: holdout without declared/],
    [
      'a declaration that names no commit',
      registryText({ ...registry, H1: { ...one, declared: { commit: 'HEAD', text: 'x' } } }),
      /declared\.commit/,
    ],
    ['a claim about setups without usable', withQuick('P1', { usable: undefined }), /without usable/],
    ['more usable setups than there are', withQuick('P1', { usable: 99 }), /99 usable of 12/],
    [
      'a verdict without a usable setup',
      withQuick('P2', { verdict: 'supported', familyVerdict: 'supported' }),
      /without a usable setup/,
    ],
    ['a family verdict outside the family', withQuick('P1', { familyVerdict: 'inconclusive' }), /where it has none/],
    [
      'a family verdict that Holm does not give',
      withQuick('H1', { familyVerdict: 'inconclusive' }),
      /H1 at quick: inconclusive after Holm/,
    ],
    [
      'a margin that its verdict does not go with',
      registryText({ ...registry, H1: { ...one, content: { ...one.content, prediction: greaterThan(2) } } }),
      /supported, where its numbers give refuted/,
    ],
  ])('%s is refused where it stands', (_, bad, message) => {
    expect(setups.usable).toBe(12);
    expect(() => readRegistry(fileWith(bad))).toThrow(InputError);
    expect(() => readRegistry(fileWith(bad))).toThrow(message);
  });

  test('one profile of an incomplete family says nothing of Holm', () => {
    const { H2: other, ...rest } = registry as Readonly<Record<string, RegisteredClaim>>;
    const incomplete: Registry = { ...rest, H2: { ...(other as RegisteredClaim), profiles: {} } };
    expect(readRegistry(fileWith(registryText(incomplete)))).toEqual(incomplete);
  });
});

describe('the history of a claim', () => {
  const past = (spec: string, mean: number, familyVerdict = 'supported') =>
    pastRegistry(
      JSON.stringify({
        format: 1,
        claims: {
          H1: {
            spec,
            profiles: {
              quick: { n: 6, verdict: 'supported', familyVerdict, mean, low: 0, high: 2, sd: 1, engine: 'e' },
            },
          },
        },
      }),
    );

  test('holds what each version said that the next one did not, once, with the commit in which it first stood', () => {
    const versions = [
      { commit: 'a', registry: past('x', 1) },
      { commit: 'b', registry: past('x', 1) },
      { commit: 'c', registry: past('y', 2) },
      { commit: 'd', registry: {} },
      { registry: past('y', 2, 'inconclusive') },
      { registry: past('y', 3) },
    ];
    const found = historyOf('H1', versions);
    expect(found.map(({ mean, commit, familyVerdict }) => [mean, commit, familyVerdict])).toEqual([
      [1, 'a', 'supported'],
      [2, 'c', 'supported'],
      [2, undefined, 'inconclusive'],
    ]);
    expect(historyOf('H1', versions, found)).toEqual(found);
    const older = { ...(found[0] as (typeof found)[number]), mean: 0.5 };
    expect(historyOf('H1', versions, [older]).map(({ mean }) => mean)).toEqual([0.5, 1, 2, 2]);
    expect(historyOf('H9', versions)).toEqual([]);
    const kept = { ...registry, H1: { ...(registry['H1'] as RegisteredClaim), history: found } };
    expect(readRegistry(fileWith(registryText(kept)))).toEqual(kept);
  });

  test('text that is no registry has none, and version control is read from its first commit', () => {
    expect(pastRegistry('{')).toEqual({});
    expect(pastRegistry('{"claims": 3}')).toEqual({});
    const versions = registriesInGit(HERE.registry);
    for (const { commit } of versions) expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(versions.every(({ registry: each }) => typeof each === 'object')).toBe(true);
  });
});

describe('what is registered for a claim', () => {
  const asked = evidence[0] as (typeof evidence)[number];
  test('is found', () => expect(registeredResult(registry, asked).verdict).toBe('supported'));
  test.each([
    ['a claim that is not there', { ...asked, id: 'H9' }, /H9 is not registered[\s\S]*no such claim/],
    ['a profile that is not there', { ...asked, profile: 'full' as const }, /SPILLOVER_PROFILE=full.*npm run register/],
    ['a changed claim', { ...asked, spec: 'abd' }, /not the claim that was registered/],
    ['a changed margin', { ...asked, prediction: greaterThan(0.1) }, /prediction: > 0.1 TV, registered as > 0 TV/],
    ['other seeds', { ...asked, drawn: 'abc' }, /registered with other seeds or setups/],
    ['fewer replicates than registered', { ...asked, seeds: [0, 1, 2, 3, 4] }, /another number of replicates/],
  ])('%s is an error', (_, bad, message) => {
    expect(() => registeredResult(registry, bad)).toThrow(InputError);
    expect(() => registeredResult(registry, bad)).toThrow(message);
    expect(() => registeredResult(registry, bad)).not.toThrow(/(fixtures|reports)\//);
  });
});

describe('the configuration', () => {
  test('has defaults, and the seeds of a smaller profile are the first of a larger', () => {
    const [quick, full] = [readSettings(HERE, {}), readSettings(HERE, { SPILLOVER_PROFILE: 'full' })];
    expect(quick).toMatchObject({ profile: 'quick', engine: 'onnx:cpu', together: undefined });
    expect(readSettings(HERE, { SPILLOVER_TOGETHER: '8' }).together).toBe(8);
    expect([quick.seeds.length, full.seeds.length]).toEqual([6, 32]);
    expect([quick.changed.setups, full.changed.setups]).toEqual([12, 120]);
    expect(full.seeds.slice(0, 6)).toEqual(quick.seeds);
    expect(quick.folder).toMatch(/\.spillover$/);
    expect(readSettings(HERE, {}, 'standard').seeds).toHaveLength(12);
  });

  test.each([
    { SPILLOVER_PROFILE: 'fast' },
    { SPILLOVER_PROFILE: 'Quick' },
    { SPILLOVER_ENGINE: 'onnx:tpu' },
    { SPILLOVER_TOGETHER: '0' },
    { SPILLOVER_TOGETHER: 'many' },
    { SPILLOVER_TOGETHER: '1.5' },
  ])('an unknown value is an error: %o', (environment) => {
    expect(() => readSettings(HERE, environment)).toThrow(InputError);
    expect(() => readSettings(HERE, environment)).toThrow(
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
    expect(elsewhere).toMatchObject({ path: '/hypotheses/other.test.ts', text: null, spec });
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
