import { describe, expect, test } from 'vitest';
import { REHEARSAL, STRATA, stratumOf } from '../claims/rehearsal.ts';
import { InputError } from '../core/errors.ts';
import { loadSetup } from '../lab/setup.ts';
import { after } from '../train/arm.ts';
import { nullArm, rl, sdft } from '../train/arms.ts';
import { characters } from '../world/characters/index.ts';
import type { ExplorableKind } from '../world/factors.ts';
import { broken } from '../world/faults.ts';
import { worlds } from '../world/index.ts';
import type { PlanKnobs } from '../world/plans/sizes.ts';
import type { WorldKind } from '../world/world.ts';
import { applied } from './applied.ts';
import { sampledChanges } from './arbitrary.ts';
import { changed } from './changed.ts';
import { secondsFor } from './cost.ts';
import { factorsFor, factorsOf, type Registered, SKILL_SHARE } from './factors.ts';
import { pointsOf } from './points.ts';

const at = (name: string, among: readonly WorldKind[] = worlds): Registered => ({
  setup: loadSetup(`fixtures/setups/${name}.json`, among),
  catalog: { worlds: among },
});
const OTHERS = ['plans-new', 'plans-few', 'plans-known', 'gaming', 'gaming-dial', 'texts'];
const namesOf = (registered: Registered): string[] => factorsOf(registered).map(({ name }) => name);

describe.each(OTHERS)('the setup %s', (name) => {
  const registered = at(name);
  const factors = factorsOf(registered);

  test('has possible changes of every value of every factor', () => {
    const sample = sampledChanges(registered, 300, 1, { factors });
    for (const changes of sample) expect(() => changed(registered, changes)).not.toThrow();
    for (const factor of factors)
      for (const value of factor.others)
        expect(
          sample.some((changes) => changes[factor.name] === value),
          `${factor.name} ${value}`,
        ).toBe(true);
  });

  test('is turned one factor at a time into a valid setup, whatever the value, at a few times its cost at most', () => {
    for (const factor of factors)
      for (const value of factor.others) {
        const changes = { [factor.name]: value };
        expect(() => changed(registered, changes), `${factor.name} ${value}`).not.toThrow();
        expect(secondsFor(registered, changes)).toBeLessThan(3 * secondsFor(registered));
      }
  });

  test('has prevalence points of its own in both strata, with a share of a skill only where there is one', () => {
    const points = pointsOf({ ...registered, changed: { setups: 24, mostCost: 3 } });
    expect(points.map((point) => STRATA.indexOf(stratumOf(point)))).toEqual(points.map((_, i) => i % 2));
    const skilled = namesOf(registered).includes(SKILL_SHARE);
    expect(skilled).toBe(name === 'texts');
    expect(points.filter(({ changes }) => !skilled && SKILL_SHARE in changes)).toEqual([]);
    for (const { changes } of points) expect(() => changed(registered, changes)).not.toThrow();
    const ofCharacters = pointsOf({ ...at('characters'), changed: { setups: 24, mostCost: 3 } });
    expect(points).not.toEqual(ofCharacters);
  });
});

describe('what is turned', () => {
  test('is what a setup has: nothing is made of what is not there or 0', () => {
    expect(namesOf(at('plans-known'))).toContain('world.planners');
    expect(namesOf(at('plans-new'))).not.toContain('world.planners');
    expect(namesOf(at('gaming-dial'))).toContain('world.gamersShare');
    expect(namesOf(at('gaming'))).not.toContain('world.gamersShare');
    const { setup, ...known } = at('plans-known');
    const { planningDocumentShare: _, ...world } = setup.world as PlanKnobs;
    expect(namesOf({ ...known, setup })).toContain('world.planningDocumentShare');
    expect(namesOf({ ...known, setup: { ...setup, world } })).not.toContain('world.planningDocumentShare');
    for (const [name, changes] of [
      ['plans-new', { 'world.planners': 0.5 }],
      ['gaming', { 'world.gamersShare': 0.3 }],
      ['gaming', { [SKILL_SHARE]: 0.5 }],
      ['characters', { 'world.planShare': 0.3 }],
    ] as const)
      expect(() => changed(at(name), changes)).toThrow(/is no factor[\s\S]*expected: world.characters, /);
  });

  test.each(['characters', ...OTHERS])('in %s is never turned to what it is', (name) => {
    const { setup } = at(name);
    for (const factor of factorsOf(at(name))) {
      expect(new Set(factor.others).size).toBe(factor.others.length);
      for (const value of factor.others) {
        if (factor.name.startsWith('arms.')) continue;
        expect(applied(at(name), { [factor.name]: value }).setup, `${factor.name} ${value}`).not.toEqual(setup);
      }
    }
  });

  test('takes what must follow with it: the context, and the payloads that are held out', () => {
    for (const [name, context] of [
      ['characters', 13],
      ['plans-known', 15],
      ['gaming-dial', 18],
    ] as const)
      expect(changed(at(name), { 'world.payload': 4 }).setup.model.context).toBe(context);
    expect(changed(at('plans-known'), { 'world.symbols': 7 }).setup.world).toMatchObject({
      ...{ selectionPayloads: 26, reportingPayloads: 39 },
    });
  });
});

describe('factors of the arms', () => {
  const ofArms = (...arms: Parameters<typeof factorsFor>[1]) =>
    factorsFor(at('characters'), arms).filter(({ name }) => name.startsWith('arms.'));
  const whole = [
    { name: REHEARSAL, others: [0.25, 1, 4] },
    { name: SKILL_SHARE, others: [0.75, 0.5] },
  ];

  test('leave out the share of a skill that none of them trains', () => {
    expect(ofArms(sdft(), rl({ skill: 1 }))).toEqual(whole);
    expect(ofArms(sdft({ stepsOfRl: 1 }))).toEqual(whole);
    expect(ofArms(after(rl({ skill: 0.5 }), sdft()))).toEqual(whole);
    expect(ofArms(sdft(), rl({ skill: 0 }), nullArm())).toEqual(whole.slice(0, 1));
  });

  test('leave out the rehearsal that all of them have', () => {
    const rehearsal = ofArms(sdft({ rehearsal: 1 }), rl({ skill: 1, rehearsal: 1 }));
    expect(rehearsal[0]).toEqual({ name: REHEARSAL, others: [0.25, 4] });
    expect(ofArms(sdft(), rl({ skill: 1, rehearsal: 1 }))).toEqual(whole);
  });
});

describe('a kind of world that is not of this package', () => {
  const file = import.meta.url;
  const mine: ExplorableKind<WorldKnobsOfMine> = {
    ...(characters as unknown as ExplorableKind<WorldKnobsOfMine>),
    ...{ id: 'mine', file },
    knobs: characters.knobs.transform((world) => ({ ...world, kind: 'mine' })) as never,
    faults: ({ world }) =>
      broken([
        {
          path: 'world.topics',
          holds: world.topics < 6 || world.characters > 30,
          ...{ expected: 'few of so few characters', got: `${world.topics}`, todo: 'take fewer' },
        },
      ]),
    factors: {
      file,
      turned: { topics: [3, 6], characters: [24] },
      skills: true,
      fitted: (setup) => ({ ...setup, model: { ...setup.model, context: 11 + setup.world.topics } }),
    },
  };
  const { setup } = at('characters');
  const registered: Registered = {
    setup: { ...setup, world: { ...setup.world, kind: 'mine' } },
    catalog: { worlds: [...worlds, mine] },
  };

  test('is explored by the factors that it brings, and only where changes go together', () => {
    expect(namesOf(registered).filter((name) => name.startsWith('world.'))).toEqual([
      'world.topics',
      'world.characters',
    ]);
    expect(applied(registered, { 'world.topics': 3 }).setup.model.context).toBe(14);
    const ofWorld = factorsOf(registered).slice(0, 2);
    const sample = sampledChanges(registered, 60, 1, { factors: ofWorld });
    expect(sample).toContainEqual({ 'world.topics': 3, 'world.characters': 24 });
    expect(sample).not.toContainEqual({ 'world.topics': 6, 'world.characters': 24 });
    expect(secondsFor(registered, { 'world.characters': 24 })).toBeLessThan(secondsFor(registered));
  });

  test('is refused where it brings none', () => {
    const { factors: _, ...silent } = mine;
    const unknown: Registered = { ...registered, catalog: { worlds: [...worlds, silent as WorldKind] } };
    for (const refused of [() => factorsOf(unknown), () => changed(unknown, {})]) {
      expect(refused).toThrow(InputError);
      expect(refused).toThrow(
        /a kind that brings `factors`, as characters, plans, gaming, texts do[\s\S]*got: mine[\s\S]*to do: add/,
      );
    }
  });
});

interface WorldKnobsOfMine {
  readonly kind: string;
  readonly topics: number;
  readonly characters: number;
}
