import { describe, expect, test } from 'vitest';
import type { Made } from './declaration.ts';
import type { Evidence } from './evidence.ts';
import { evidenceOf, shareEvidenceOf } from './example.test.helper.ts';
import type { Version } from './history.ts';
import { declaredText, holdoutNotes, seedsText } from './holdout.ts';
import { registered } from './registration.ts';
import type { RegisteredResult, Registry } from './registry.ts';
import { changeLines, registryChanges } from './registry-diff.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const values = [1, 1.1, 0.9, 1.05, 0.95, 1];
const h1 = (fields: object = {}): Evidence => evidenceOf('H1', values, fields);
/** A claim that became what it is in a commit before which these seeds had been read. */
const made = (text: string, commit: string, read: readonly number[], setups = false): Made => ({
  text,
  since: { commit, read: { seeds: new Set(read), setups } },
});
const register = (evidence: Evidence, of: Made, found: Registry = {}, versions: readonly Version[] = []): Registry => {
  const { id, profile } = evidence;
  return registered(found, { evidence: [evidence], remove: [], profile, made: new Map([[id, of]]) }, versions);
};
const at = (registry: Registry, profile: 'quick' | 'standard' = 'quick'): RegisteredResult =>
  registry['H1']?.profiles[profile] as RegisteredResult;

const holdout = register(h1(), made('x', A, [7, 8]));
const readBefore = register(h1(), made('x', A, [5]));

test('a claim is registered with the commit that made it what it is, and with whether a seed of it had been read then', () => {
  expect([holdout['H1']?.declared, at(holdout).holdout]).toEqual([{ commit: A, text: 'x' }, true]);
  expect([readBefore['H1']?.declared, at(readBefore).holdout]).toEqual([{ commit: A, text: 'x' }, false]);
  const share = (setups: boolean) => register(shareEvidenceOf('P1', 11, 12), made('x', A, [0, 1, 2], setups))['P1'];
  expect([share(false)?.profiles.quick?.holdout, share(true)?.profiles.quick?.holdout]).toEqual([true, false]);
});

describe('registered again', () => {
  test('with other code or after its commits were put together, it is as it was', () => {
    const again = h1({ spec: 'another' });
    for (const now of [made('x', B, [0, 1, 2, 3, 4, 5]), { text: 'x' }]) {
      const after = register(again, now, holdout);
      expect([after['H1']?.declared, at(after).holdout]).toEqual([holdout['H1']?.declared, true]);
    }
    expect(at(register(again, made('x', B, []), readBefore)).holdout).toBe(false);
  });

  test('on new seeds it is judged anew, and what was read stays with the earlier result', () => {
    const after = register(h1({ seeds: [11, 12, 13, 14, 15, 16] }), made('x', A, [5]), readBefore);
    expect([after['H1']?.declared, at(after).holdout]).toEqual([{ commit: A, text: 'x' }, true]);
    const other = register(
      evidenceOf('H1', [...values.slice(1), 1.2], { spec: 'another' }),
      made('y', B, [5]),
      holdout,
    );
    expect(other['H1']?.history).toMatchObject([{ holdout: true }]);
    expect(at(other).holdout).toBe(false);
  });

  test('what was never committed was read before the claim was changed', () => {
    const changed = h1({ spec: 'another' });
    expect(at(register(changed, made('y', B, []), holdout)).holdout).toBe(false);
    const committed = [{ commit: B, registry: holdout }];
    expect(at(register(changed, made('y', B, []), holdout, committed)).holdout).toBe(true);
  });

  test('at another profile, the first keeps what is known of it only where the claim was the same then', () => {
    const standard = (of: Made) =>
      register(h1({ profile: 'standard' }), of, holdout, [{ commit: B, registry: holdout }]);
    const same = standard(made('x', A, []));
    expect([at(same).holdout, at(same, 'standard').holdout]).toEqual([true, true]);
    const later = standard(made('y', B, []));
    expect([later['H1']?.declared?.commit, at(later).holdout, at(later, 'standard').holdout]).toEqual([B, false, true]);
    const unknown = standard({ text: 'y' });
    expect([unknown['H1']?.declared, at(unknown).holdout]).toEqual([undefined, undefined]);
  });
});

test('it is told in a word, in a phrase and, where it is no holdout, in a line', () => {
  const unknown = register(h1(), { text: 'x' });
  expect([holdout, readBefore, unknown].map((each) => seedsText(at(each)))).toEqual([
    ...['holdout', 'read before', 'not known'],
  ]);
  expect(seedsText(undefined)).toBe('-');
  expect(declaredText(holdout['H1'], 'quick')).toBe(
    `in commit ${A.slice(0, 12)}, before any of its seeds was read (holdout)`,
  );
  expect(declaredText(readBefore['H1'], 'quick')).toMatch(
    /^in commit a+, after some of its seeds were read: exploratory/,
  );
  expect(declaredText(unknown['H1'], 'quick')).toMatch(/^not known/);
  expect(declaredText(holdout['H1'], 'full')).toBe('not registered');
  expect(holdoutNotes(holdout, [h1()])).toEqual([]);
  expect(holdoutNotes(readBefore, [h1()])).toEqual([
    `H1: its seeds were read before it was declared (commit ${A.slice(0, 12)}): exploratory until it is registered on new ones`,
  ]);
  expect(holdoutNotes(unknown, [h1()])[0]).toMatch(/^H1: not known whether it was declared before its seeds were read/);
  const lines = changeLines(registryChanges(readBefore, holdout)).join('\n');
  expect(lines).toMatch(/^H1 {2}quick: seeds +read before +-> holdout$/m);
  expect(lines).not.toMatch(/declared in/);
});
