import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { DeclaredClaim } from '../claims/declared.ts';
import { drawnDigest } from '../claims/judging.ts';
import { loadedFrom } from '../claims/loaded.ts';
import { REHEARSAL, STRATA, type Stratum, stratumOf } from '../claims/rehearsal.ts';
import { greaterThan } from '../claims/verdict.ts';
import { InputError } from '../core/errors.ts';
import { loadSetup } from '../lab/setup.ts';
import { type Arm, after } from '../train/arm.ts';
import { sdft, sft } from '../train/arms.ts';
import { worlds } from '../world/index.ts';
import { sampledChanges, usualShare } from './arbitrary.ts';
import { changed } from './changed.ts';
import { secondsFor } from './cost.ts';
import { factorsOf } from './factors.ts';
import { pointsOf } from './points.ts';
import { prevalence } from './prevalence.ts';

const registered = { setup: loadSetup('fixtures/setups/recipe.json', worlds), catalog: { worlds } };
const factors = factorsOf(registered);
const drawn = (setups: number, mostCost = 3) => pointsOf({ ...registered, changed: { setups, mostCost } });

describe('the setups of a profile', () => {
  const points = drawn(400);
  const [without, rehearsed] = STRATA.map((stratum) => points.filter((point) => stratumOf(point) === stratum)) as [
    typeof points,
    typeof points,
  ];

  test('are as many in both strata, valid, each with a seed of its own', () => {
    expect([without.length, rehearsed.length]).toEqual([200, 200]);
    expect(new Set(points.map(({ seed }) => seed)).size).toBe(400);
    for (const { changes } of points) expect(changed(registered, changes).setup).toBeDefined();
  });

  test('have every weight of rehearsal in the one and no change of it in the other', () => {
    expect(without.some(({ changes }) => REHEARSAL in changes)).toBe(false);
    const weights = rehearsed.map(({ changes }) => changes[REHEARSAL] as number);
    for (const weight of factors.find(({ name }) => name === REHEARSAL)?.others as number[])
      expect(Math.abs(weights.filter((each) => each === weight).length / 200 - 1 / 3)).toBeLessThan(0.12);
  });

  test('change the other factors alike in both, each stratum by a stream of its own', () => {
    const others = (of: typeof points) => of.map(({ changes: { [REHEARSAL]: _, ...rest } }) => rest);
    const [a, b] = [others(without), others(rehearsed)];
    expect(a.filter((each, i) => JSON.stringify(each) === JSON.stringify(b[i])).length).toBeLessThan(20);
    for (const each of [...a, ...b]) {
      expect(secondsFor(registered, each)).toBeLessThanOrEqual(3 * secondsFor(registered));
      expect(Object.keys(each).length).toBeGreaterThanOrEqual(1);
    }
    for (const { name } of factors.filter((factor) => factor.name !== REHEARSAL)) {
      const [one, other] = [a, b].map((of) => of.filter((each) => name in each).length / 200) as [number, number];
      expect(one, name).toBeGreaterThan(0.03);
      expect(Math.abs(one - other), name).toBeLessThan(0.14);
    }
  });

  test('are drawn the same every time; a larger profile of the same cost begins with those of a smaller', () => {
    expect(drawn(12)).toEqual(points.slice(0, 12));
    expect(drawn(12, 1)).not.toEqual(points.slice(0, 12));
  });

  test('of the setup of the claims are those that were registered', () => {
    const setup = loadSetup('fixtures/setups/characters.json', worlds);
    const standard = pointsOf({ setup, catalog: { worlds }, changed: { setups: 24, mostCost: 3 } });
    expect(standard.slice(0, 4)).toEqual([
      { changes: { 'model.layers': 3 }, seed: 3_000_000 },
      {
        changes: { 'pretraining.documentShare': 0.25, 'pretraining.weightDecay': 0.3, [REHEARSAL]: 0.25 },
        seed: 3_000_001,
      },
      { changes: { 'model.layers': 3, 'pretraining.learningRate': 0.002 }, seed: 3_000_002 },
      {
        changes: {
          ...{ 'world.families': 2, 'model.heads': 4, 'pretraining.documentShare': 0.45, 'tuning.entropyBonus': 0 },
          [REHEARSAL]: 1,
        },
        seed: 3_000_003,
      },
    ]);
    expect(drawnDigest(standard)).toBe('0c49be6a2ca08ef6954c8d483445a7f2b73b3108480baced64f740dbc6e5fb1e');
  });

  test('weigh in the share of both as often as an exploration changes rehearsal', () => {
    const free = sampledChanges(registered, 2000, 1, { factors });
    const share = free.filter((changes) => REHEARSAL in changes).length / 2000;
    expect(Math.abs(share - usualShare(factors))).toBeLessThan(0.025);
  });
});

describe('a prevalence claim', () => {
  const folder = mkdtempSync(join(tmpdir(), 'points-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'x.test.ts'), 'x');
  const url = pathToFileURL(join(folder, 'x.test.ts')).href;
  const about = (arm: Arm): DeclaredClaim => ({
    ...{ ...loadedFrom(url), gather: () => expect.unreachable(), estimate: () => expect.unreachable() },
    spec: {
      ...{ id: 'X', statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV', prediction: greaterThan(0) },
      arms: { documents: arm },
    },
  });
  const declared = (stratum: string, arm = sdft()) =>
    prevalence(url, { id: 'PX', statement: 's', of: about(arm), atLeast: 0.6, stratum: stratum as Stratum });

  test.each(STRATA)('says that it is about setups %s', (stratum) => {
    const { spec, stratum: named } = declared(stratum);
    expect(named).toBe(stratum);
    expect(spec.estimand).toContain(`share of changed setups ${stratum}, of those whose premises hold`);
    expect(spec.mind?.[1]).toContain(`of setups ${stratum} alone`);
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      'of no stratum',
      () => declared('both'),
      /the stratum of PX[\s\S]*expected: 'without rehearsal' or[\s\S]*got: both/,
    ],
    [
      'of arms that rehearse',
      () => declared(STRATA[0], sdft({ rehearsal: 1 })),
      /X, whose arms rehearse[\s\S]*documents with 1/,
    ],
    [
      'of arms after one that rehearses',
      () => declared(STRATA[0], after(sft({ skill: 0, rehearsal: 2 }), sdft())),
      /documents with 2/,
    ],
  ])('%s is refused', (_, declare, message) => {
    expect(declare).toThrow(InputError);
    expect(declare).toThrow(message);
  });
});
