import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import type { Evidence } from './evidence.ts';
import { evidenceOf, registryOf } from './example.test.helper.ts';
import { registered } from './registration.ts';
import type { Registry } from './registry.ts';
import { changeLines, registryChanges } from './registry-diff.ts';
import { registryText } from './registry-file.ts';

const sure = [1, 1.1, 0.9, 1.05, 0.95, 1];
// Decided alone (p = 0.03), and with Holm only where it is the only claim that is left to decide.
const barely = [1, 0.2, 0.9, -0.1, 1.2, 0.6];
const none = [1, -1, 1, -1, 1, -0.5];
const evidence = [evidenceOf('H1', sure), evidenceOf('H2', sure), evidenceOf('H3', barely)];
const before = registryOf(evidence);
const register = (found: Registry, measured: readonly Evidence[], remove: readonly string[] = []): Registry =>
  registered(found, { evidence: measured, remove, profile: 'quick', made: new Map() }, []);
const entryText = (registry: Registry, id: string): string => {
  const text = registryText(registry);
  const start = text.indexOf(`\n    "${id}": {`);
  return text.slice(start, text.indexOf('\n    }', start));
};

test('what is registered as it was measured stays to the byte', () => {
  expect(registryText(register(before, evidence))).toBe(registryText(before));
  expect(registryText(register(before, evidence.slice(1, 2)))).toBe(registryText(before));
});

test('only the named claim changes, and what was replaced stays in its history', () => {
  const after = register(before, [evidenceOf('H2', [1, 1.2, 0.9, 1.05, 0.95, 1], { spec: 'new' })]);
  for (const id of ['H1', 'H3']) expect(entryText(after, id)).toBe(entryText(before, id));
  expect(entryText(after, 'H2')).not.toBe(entryText(before, 'H2'));
  expect(after['H2']).toMatchObject({ spec: 'new', history: [{ spec: 'abc', profile: 'quick', mean: 1 }] });
  const again = register(after, [evidenceOf('H2', sure, { spec: 'new' })]);
  expect(again['H2']?.history).toHaveLength(2);
});

test('other profiles of an unchanged claim are kept, those of a changed one go', () => {
  const full = (fields: object): Evidence => evidenceOf('H1', sure, { profile: 'full', ...fields });
  const at = (each: Evidence): string[] =>
    Object.keys(
      registered(before, { evidence: [each], remove: [], profile: 'full', made: new Map() }, [])['H1']?.profiles ?? {},
    );
  expect(at(full({}))).toEqual(['quick', 'full']);
  expect(at(full({ spec: 'new' }))).toEqual(['full']);
  expect(at(full({ statement: 'another' }))).toEqual(['full']);
});

test('a claim that changes what Holm makes of another needs that one named, too', () => {
  expect(before['H3']?.profiles.quick?.familyVerdict).toBe('supported');
  const joined = (): Registry => register(before, [evidenceOf('H4', none)]);
  expect(joined).toThrow(InputError);
  expect(joined).toThrow(
    /H3 at quick: supported -> inconclusive[\s\S]*SPILLOVER_PROFILE=quick.*register -- --claim H4 --claim H3/,
  );
  const together = register(before, [evidenceOf('H4', none), evidence[2] as Evidence]);
  expect(together['H3']?.profiles.quick).toMatchObject({ verdict: 'supported', familyVerdict: 'inconclusive' });
  expect(together['H3']?.history).toMatchObject([{ familyVerdict: 'supported' }]);
  for (const id of ['H1', 'H2']) expect(entryText(together, id)).toBe(entryText(before, id));
  // And the other way round, where the family loses a claim.
  expect(() => register(together, [], ['H4'])).toThrow(
    /H3 at quick: inconclusive -> supported[\s\S]*--claim H3 --remove H4/,
  );
  expect(Object.keys(register(together, [evidence[2] as Evidence], ['H4']))).toEqual(['H1', 'H2', 'H3']);
});

test('the family of a profile is judged without the claims that larger ones alone hold', () => {
  const full = { evidence: [evidenceOf('H4', none, { profile: 'full' })], remove: [], made: new Map() };
  const larger = registered(before, { ...full, profile: 'full' }, []);
  expect(larger['H3']?.profiles.quick?.familyVerdict).toBe('supported');
  const joined = register(larger, [evidenceOf('H5', none), evidence[2] as Evidence]);
  expect(joined['H3']?.profiles.quick).toMatchObject({ verdict: 'supported', familyVerdict: 'inconclusive' });
});

test('a claim is taken out, with nothing else changed', () => {
  const after = register(before, [], ['H1']);
  expect(Object.keys(after)).toEqual(['H2', 'H3']);
  for (const id of ['H2', 'H3']) expect(entryText(after, id)).toBe(entryText(before, id));
});

test('changes are shown field by field, in columns, with as many digits as differ', () => {
  const after = register(before, [evidenceOf('H2', [1, 1.1, 0.9, 1.05, 0.95, 1 + 1e-9], { spec: 'new' })]);
  const lines = changeLines(registryChanges(before, after), new Map([['H2', 'since c0ffee changed: src/a.ts']]));
  expect(lines[0]).toMatch(/^H2 {2}spec +abc +-> new \(since c0ffee changed: src\/a.ts\)$/);
  expect(lines.join('\n')).toMatch(/^H2 {2}quick: mean +1 TV +-> 1\.0000000\d+ TV$/m);
  expect(lines.join('\n')).toMatch(/^H2 {2}history +- +-> 1 earlier$/m);
  expect(lines.join('\n')).not.toMatch(/verdict|H1|H3/);
  const gone = changeLines(registryChanges(before, register(before, [], ['H1'])));
  expect(gone.join('\n')).toMatch(/^H1 {2}statement +statement of H1 +-> -$/m);
  expect(gone.join('\n')).toMatch(/^H1 {2}quick: verdict +supported +-> -$/m);
  const fresh = registryChanges({}, registryOf([evidence[0] as Evidence]));
  expect(fresh.find(({ field }) => field === 'prediction')).toEqual({
    ...{ claim: 'H1', field: 'prediction', was: '-', is: '> 0 TV' },
  });
});
