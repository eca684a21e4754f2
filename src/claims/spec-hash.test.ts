import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { prevalence } from '../explore/prevalence.ts';
import type { Catalog } from '../lab/catalog.ts';
import { codeOf, ownFile } from '../lab/code.ts';
import { loadSetup } from '../lab/setup.ts';
import { gaming } from '../measure/measures/gaming.ts';
import { grafts } from '../measure/measures/grafts.ts';
import { influence } from '../measure/measures/influence.ts';
import { plans } from '../measure/measures/plans.ts';
import { pushes } from '../measure/measures/pushes.ts';
import { textSamples } from '../measure/measures/text-samples.ts';
import { texts } from '../measure/measures/texts.ts';
import { HERE } from '../project/here.test.helper.ts';
import { nullArm, rl, sdft, sft } from '../train/arms.ts';
import { characters } from '../world/characters/index.ts';
import { worlds } from '../world/index.ts';
import type { TuningSetup } from '../world/knobs.ts';
import type { Declared, DeclaredClaim } from './declared.ts';
import { loadedFrom } from './loaded.ts';
import type { Spec } from './spec.ts';
import { DECIDING, declaredHash, specHash } from './spec-hash.ts';
import { greaterThan } from './verdict.ts';

const folder = mkdtempSync(join(tmpdir(), 'spec-hash-'));
afterAll(() => rmSync(folder, { recursive: true }));

const setup = loadSetup('fixtures/setups/small.json', [characters]);
const configuration = { project: { ...HERE, setups: { recipe: setup } }, setup, catalog: HERE.catalog };

const urlOf = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return pathToFileURL(join(folder, name)).href;
};
const file = (name: string, text: string): Pick<Declared, 'path' | 'text'> => loadedFrom(urlOf(name, text));
const x = file('x.test.ts', 'the text\nof the file');
const arms = { skill: rl({ skill: 1 }), shown: sft({ skill: 1 }) };

/** Hash of a claim with these arms where the knobs of tuning are others. */
const turned = (of: Spec<string>['arms'], knobs: Partial<TuningSetup> = {}): string =>
  specHash([x], { arms: of }, { ...configuration, setup: { ...setup, tuning: { ...setup.tuning, ...knobs } } });

test('the hash of a claim follows the text of its files', () => {
  const [edited, windows] = [
    file('v.test.ts', 'the text\nof the file '),
    file('w.test.ts', '\uFEFFthe text\r\nof the file'),
  ];
  const hash = (...files: Pick<Declared, 'path' | 'text'>[]): string => specHash(files, { arms }, configuration);
  expect(hash(x)).toBe(hash(x));
  expect(hash(windows)).toBe(hash(x));
  expect(hash(edited)).not.toBe(hash(x));
  expect(hash(x, edited)).not.toBe(hash(x, x));
});

test('it follows what the setup says to its arms, and to those whose steps they copy', () => {
  for (const section of ['model', 'pretraining', 'world'] as const) {
    const other = { ...setup, [section]: { ...setup[section], mood: 1 } };
    expect(specHash([x], { arms }, { ...configuration, setup: other }), section).not.toBe(turned(arms));
  }
  for (const knobs of [{ level: 0.8 }, { rlSteps: 7 }, { rollouts: 3 }, { batch: 3 }, { beta1: 0.1 }])
    expect(turned(arms, knobs), JSON.stringify(knobs)).not.toBe(turned(arms));
  // The null arm ends as SDFT does.
  expect(turned({ floor: nullArm() }, { level: 0.8 })).not.toBe(turned({ floor: nullArm() }));
});

test('a knob of another method leaves it, and so does one that is new', () => {
  const documents = { documents: sdft() };
  for (const knobs of [{ klWeight: 9 }, { rollouts: 3 }, { temperature: 9 }, { rlSteps: 7 }, { rehearsalSequences: 3 }])
    expect(turned(documents, knobs), JSON.stringify(knobs)).toBe(turned(documents));
  expect(turned(arms, { mood: 1 } as Partial<TuningSetup>)).toBe(turned(arms));
  const held = { skill: rl({ skill: 1, klWeight: 1 }) };
  expect(turned(held, { klWeight: 9 })).toBe(turned(held));
});

test('that of a claim about setups follows what decides which are drawn and what judges them, too', () => {
  const of: DeclaredClaim = {
    ...{ ...x, gather: () => expect.unreachable(), estimate: () => expect.unreachable() },
    spec: {
      ...{ id: 'X', statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV', prediction: greaterThan(0) },
      arms: { documents: sdft() },
    },
  };
  const about = prevalence(urlOf('p.test.ts', 'about x'), {
    id: 'PX',
    statement: 's',
    of,
    atLeast: 0.6,
    stratum: 'without rehearsal',
  });
  const hash = (knobs: Partial<TuningSetup> = {}): string => {
    const at = { ...setup, tuning: { ...setup.tuning, ...knobs } };
    const project = { ...configuration.project, setups: { recipe: at } };
    return declaredHash(about, { ...configuration, project } as unknown as Parameters<typeof declaredHash>[1]);
  };
  for (const knobs of [{ klWeight: 9 }, { rollouts: 3 }, { rehearsalSequences: 3 }, { batch: 3 }])
    expect(hash(knobs), JSON.stringify(knobs)).not.toBe(hash());
  expect(hash({ temperature: 9 })).toBe(hash());
  const kind = { ...characters, factors: { ...characters.factors, file: import.meta.url } };
  const elsewhere = { ...configuration, catalog: { ...configuration.catalog, worlds: [kind] } };
  const turning = (declared: Declared, where: object): string =>
    declaredHash(declared, where as Parameters<typeof declaredHash>[1]);
  expect(turning(about, elsewhere)).not.toBe(turning(about, configuration));
  expect(turning(of, elsewhere)).toBe(turning(of, configuration));
  const files = placesOf(about.drawing?.files ?? []);
  expect(files).toEqual(
    expect.arrayContaining(['explore/judged', 'explore/factors', 'explore/cost', 'explore/arbitrary']),
  );
  expect(
    files.filter((each) => /^world\/characters|lab\/setup|explore\/(explore|changed|prevalence)/.test(each)),
  ).toEqual([]);
});

test('it covers the code of its methods and measures, and of no other', () => {
  const hash = (spec: Pick<Spec<string>, 'arms' | 'measures'>, lists: Partial<Catalog> = {}): string =>
    specHash([x], spec, { ...configuration, catalog: { ...configuration.catalog, ...lists } });
  const { methods, measures, baseMeasures } = configuration.catalog;
  const moved =
    (id: string) =>
    <T extends { readonly id: string }>(each: T): T =>
      each.id === id ? { ...each, file: import.meta.url } : each;
  const whole = hash({ arms });
  expect(hash({ arms }, { methods: methods.map(moved('rl')) })).not.toBe(whole);
  expect(hash({ arms }, { measures: measures.map(moved('bystanders')) })).not.toBe(whole);
  expect(hash({ arms }, { baseMeasures: baseMeasures.map(moved('quality')) })).not.toBe(whole);
  for (const lists of [{ methods: methods.map(moved('opsd')) }, { measures: measures.map(moved('transcript')) }])
    expect(hash({ arms }, lists)).toBe(whole);
  const told = { arms, measures: ['transcript'] };
  expect(hash(told, { measures: measures.map(moved('transcript')) })).not.toBe(hash(told));
  const copies = { arms: { floor: nullArm() } };
  expect(hash(copies, { methods: methods.map(moved('sdft')) })).not.toBe(hash(copies));
});

test('a new measure of bases is part of it where it decides a premise, and of none where it does not', () => {
  const hash = (more: Catalog['baseMeasures']): string => {
    const { catalog } = configuration;
    const baseMeasures = [...catalog.baseMeasures, ...more];
    return specHash([x], { arms }, { ...configuration, catalog: { ...catalog, baseMeasures } });
  };
  const [quality] = configuration.catalog.baseMeasures as [Catalog['baseMeasures'][number]];
  const { isPlayed: _, ...mine } = { ...quality, id: 'mine', file: import.meta.url };
  expect(hash([mine])).toBe(hash([]));
  expect(hash([{ ...mine, isPlayed: () => true }])).not.toBe(hash([]));
});

test('a file that was edited after it was loaded has no hash: its numbers are of a claim that is gone', () => {
  const gone = file('gone.test.ts', 'the text');
  writeFileSync(gone.path, 'another text');
  expect(() => specHash([gone], { arms }, configuration)).toThrow(
    /changed since this run began[\s\S]*to do: run again/,
  );
});

/** The files of code by their places in this package, without endings. */
const placesOf = (roots: readonly string[]): string[] =>
  codeOf(roots).files.map((each) => each.replace(/^(?:src|dist)\//, '').replace(/\.[a-z]+$/, ''));

test('all that makes a verdict of stored numbers decides, and no list, page or command does', () => {
  const files = placesOf(DECIDING.map(ownFile));
  for (const each of [
    'lab/lineage',
    'claims/judged',
    'claims/judging',
    'claims/reading',
    'lab/observed',
    'stats/paired',
  ])
    expect(files).toContain(each);
  expect(
    files.filter((each) =>
      /^(cli|records|report|vitest|testing)\/|(methods|measures|engines)\/|pool|built-in/.test(each),
    ),
  ).toEqual([]);
});

test('what the package gives to estimates and arms is part of every registration', () => {
  const door = ownFile('index');
  const exported = [...readFileSync(door, 'utf8').matchAll(/^export \{([^}]*)\} from '([^']+)'/gm)];
  const withValues = exported.filter(([, names = '']) => names.split(',').some((name) => /^\s*(?!type )\w/.test(name)));
  const places = withValues.map(([, , from = '']) => from.replace(/^\.\/|\.ts$/g, ''));
  // A reading that a claim takes is of a measure that it names, or of those that every claim gets.
  const ofKinds = worlds.map(({ file }) => file);
  const decides = placesOf([
    ...DECIDING.map(ownFile),
    ...ofKinds,
    ...[plans, gaming, texts, textSamples, grafts, influence, pushes].map(({ file }) => file),
  ]);
  // What declares a claim, lists, the configuration, and what methods and kinds of world are made with, which their own files import.
  expect(places.filter((each) => !decides.includes(each)).sort()).toEqual([
    'claims/claim',
    'engine/engines/index',
    'explore/prevalence',
    'measure/measures/index',
    'project/config',
    'train/methods/clamped',
    'train/methods/index',
    'train/methods/opsd',
    'train/methods/random-reward',
    'train/methods/rl-plan',
    'train/methods/sft-rollouts',
    'world/characters/index',
    'world/gaming/index',
    'world/index',
    'world/texts/index',
  ]);
});
