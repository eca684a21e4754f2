import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ScratchRepository } from './scratch-repository.test.helper.ts';

const H1 = 'hypotheses/h1.test.ts';
const H2 = 'hypotheses/h2.test.ts';
const P1 = 'hypotheses/p1.test.ts';
const SETUP = 'fixtures/recipe.json';
const SEEDS = 'fixtures/seeds.json';
const naming = (path: string, share = 0.6): string =>
  `import of from '${path}';\n${'a line of which nothing changes\n'.repeat(9)}${share}`;
const withKnob = (model: number): string => JSON.stringify({ world: 1, model, pretraining: 1, tuning: {}, unused: 1 });
const seedsFrom = (first: number): string => JSON.stringify([0, 1, 2, 3, 4, 5].map((i) => first + i));

let repository: ScratchRepository;
const setUp = (): void => {
  repository = new ScratchRepository();
  repository.commits({ [H1]: 'margin 1', [H2]: 'a', [SETUP]: withKnob(1), [SEEDS]: seedsFrom(1) });
};
beforeEach(setUp);
afterEach(() => repository.remove());

const sinceOf = (path = H1, of?: string) => {
  const { since } = repository.made(path, of);
  return { commit: since?.commit, seeds: [...(since?.read.seeds ?? [])], setups: since?.read.setups };
};

describe('what had been looked at when a claim became what it is', () => {
  test('is nothing of what is read afterwards, whatever else is committed then', () => {
    const declared = repository.commits({ [H1]: 'margin 2' });
    repository.registers('H2', 4);
    repository.commits({ [H2]: 'b', 'src/a.ts': 'a harness' });
    expect(sinceOf()).toEqual({ commit: declared, seeds: [], setups: false });
  });

  test.each([
    ['its margin moves', { [H1]: 'margin 3' }],
    ['its setup changes', { [SETUP]: withKnob(2) }],
    ['it is changed and changed back', { [H1]: 'margin 1' }],
  ])('is what any claim looked at before %s', (_, change) => {
    repository.commits({ [H1]: 'margin 2' });
    repository.registers('H2', 4);
    const changed = repository.commits(change);
    repository.registers('H2', 6);
    expect(sinceOf()).toEqual({ commit: changed, seeds: [1, 2, 3, 4], setups: false });
  });

  test('is what was drawn of the same kind of world, by whatever name of a setup', () => {
    const registered = (n: number, content: object): void => void repository.registers('H2', n, 'seeds', content);
    let changes = 0;
    const seeds = (): readonly number[] => {
      repository.commits({ [H1]: `another margin, ${++changes}` });
      return sinceOf().seeds;
    };
    registered(2, { setup: 'other', arms: { a: {} } });
    expect(seeds()).toEqual([]);
    registered(3, { setup: 'other', arms: { a: {}, b: { setup: 'recipe' } } });
    expect(seeds()).toEqual([1, 2, 3]);
    registered(4, { setup: 'gone', arms: {} });
    expect(seeds()).toEqual([1, 2, 3, 4]);
    registered(5, {});
    expect(seeds()).toEqual([1, 2, 3, 4, 5]);
  });

  test('is, of seeds that are listed by kind of world, those of the kind that each claim is about, in every kind that it draws', () => {
    const lists = { default: [1, 2, 3, 4], other: [3, 4, 5, 6] };
    repository.commits({ [SEEDS]: JSON.stringify(lists) });
    repository.registers('H2', 2, 'seeds', { setup: 'recipe', arms: { a: {} } });
    repository.commits({ [H1]: 'margin 2' });
    expect(sinceOf().seeds).toEqual([1, 2]);
    repository.registers('H2', 3, 'seeds', { setup: 'other', arms: { a: {} } });
    repository.commits({ [H1]: 'margin 3' });
    expect(sinceOf().seeds).toEqual([1, 2]);
    repository.registers('H2', 3, 'seeds', { setup: 'other', arms: { a: {}, b: { setup: 'recipe' } } });
    repository.commits({ [H1]: 'margin 4', [SEEDS]: seedsFrom(11) });
    expect(sinceOf().seeds.sort()).toEqual([1, 2, 3, 4, 5]);
    repository.registers('H2', 1, 'seeds', { setup: 'other', arms: { a: {}, b: { setup: 'recipe' } } });
    repository.commits({ [H1]: 'margin 5' });
    expect(sinceOf().seeds.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 11]);
  });

  test('is told with the seeds as they were then: new ones in front of or behind those that were read are new', () => {
    repository.registers('H2', 2);
    repository.commits({ [SEEDS]: JSON.stringify([1, 2, 3, 4]) });
    repository.registers('H2', 3);
    const declared = repository.commits({ [SEEDS]: JSON.stringify([11, 12, 1, 2, 3, 4]), [H1]: 'margin 2' });
    expect(sinceOf()).toEqual({ commit: declared, seeds: [1, 2, 3], setups: false });
  });

  test('is, in a commit that also registers, and on a branch beside, what was looked at there: the order is not known', () => {
    repository.git('checkout', '-q', '-b', 'other');
    repository.registers('H2', 3);
    repository.git('checkout', '-q', 'main');
    const declared = repository.commits({ [H1]: 'margin 2' });
    expect(sinceOf().seeds).toEqual([]);
    repository.git('merge', '-q', '--no-edit', 'other');
    expect(sinceOf()).toEqual({ commit: declared, seeds: [1, 2, 3], setups: false });
    repository.put(H1, 'margin 3');
    expect(sinceOf().commit).toBe(declared);
    const both = repository.registers('H2', 5);
    expect(sinceOf()).toMatchObject({ commit: both, seeds: [1, 2, 3, 4, 5] });
  });

  test('counts what was read on a branch of which nothing was kept', () => {
    repository.registers('H2', 2);
    repository.git('checkout', '-q', '-b', 'other');
    repository.registers('H2', 5);
    repository.git('checkout', '-q', 'main');
    repository.commits({ 'src/a.ts': 'x' });
    repository.git('merge', '-q', '--no-edit', '-s', 'ours', 'other');
    repository.commits({ [H1]: 'margin 2' });
    expect(sinceOf().seeds).toEqual([1, 2, 3, 4, 5]);
  });

  test('of a claim about setups are the setups of any such claim about its kind of world, and its files are also those of the claim it is about', () => {
    const declared = repository.commits({ [P1]: "import h1 from './h1.test.ts'; share .6" });
    repository.registers('P9', 12, 'setups');
    expect(sinceOf(P1, H1)).toEqual({ commit: declared, seeds: [], setups: false });
    const changed = repository.commits({ [H1]: 'margin 2' });
    expect(sinceOf(P1, H1)).toEqual({ commit: changed, seeds: [], setups: true });
  });

  test('are no changed setups of worlds of another kind', () => {
    repository.commits({ [P1]: "import h1 from './h1.test.ts'; share .6" });
    repository.registers('P9', 12, 'setups', { setup: 'other' });
    const changed = repository.commits({ [H1]: 'margin 2' });
    expect(sinceOf(P1, H1)).toEqual({ commit: changed, seeds: [], setups: false });
  });

  test('is not known without version control, of a part of its past, and of a file that it does not know', () => {
    repository.put('hypotheses/h3.test.ts', 'new');
    expect(repository.made('hypotheses/h3.test.ts').since).toBeUndefined();
    repository.commit();
    expect(repository.made('hypotheses/h3.test.ts').since).toBeDefined();
    const shallow = new ScratchRepository(repository);
    expect(shallow.made()).toEqual({ text: repository.made().text, since: undefined });
    shallow.remove();
    rmSync(join(repository.root, '.git'), { recursive: true });
    expect(repository.made().since).toBeUndefined();
  });
});

test('what a claim says is its files and what its setup says to its arms', () => {
  const { text } = repository.made();
  repository.commits({ [SETUP]: withKnob(1).replace('"unused":1', '"unused":2'), [H2]: 'b', 'src/a.ts': 'x' });
  expect(repository.made().text).toBe(text);
  repository.put(SETUP, withKnob(2));
  expect(repository.made().text).not.toBe(text);
  repository.commits({ [SETUP]: withKnob(1), [H1]: 'margin 2' });
  expect(repository.made().text).not.toBe(text);
});

describe('a file that moves', () => {
  test('says what it said, and so does one that only names another that moves', () => {
    const declared = repository.commits({ [P1]: naming('./h1.test.ts') });
    repository.registers('H2', 4);
    repository.move(H1, 'hypotheses/first/one.test.ts');
    repository.commits({ [P1]: naming('./first/one.test.ts') });
    expect(sinceOf(P1, 'hypotheses/first/one.test.ts')).toMatchObject({ commit: declared, seeds: [] });
    repository.move(P1, 'claims/p1.test.ts');
    repository.commits({ 'claims/p1.test.ts': naming('../hypotheses/first/one.test.ts') });
    expect(sinceOf('claims/p1.test.ts', 'hypotheses/first/one.test.ts')).toMatchObject({ commit: declared, seeds: [] });
  });

  test('is another where it is edited as it moves, or comes to name another file that was there', () => {
    repository.commits({ [P1]: naming('./h1.test.ts') });
    repository.move(P1, 'hypotheses/p2.test.ts');
    const edited = repository.commits({ 'hypotheses/p2.test.ts': naming('./h1.test.ts', 0.7) });
    expect(sinceOf('hypotheses/p2.test.ts', H1).commit).toBe(edited);
    const swapped = repository.commits({ 'hypotheses/p2.test.ts': naming('./h2.test.ts', 0.7) });
    expect(sinceOf('hypotheses/p2.test.ts', H2).commit).toBe(swapped);
  });
});

test('whatever is done in whatever order, a seed counts as read where a registration came before the last change', () => {
  const action = fc.oneof(
    fc.constantFrom('edit', 'edit another', 'edit the setup', 'rename', 'refactor').map((kind) => ({ kind, n: 0 })),
    fc.record({ kind: fc.constantFrom('register', 'new seeds'), n: fc.integer({ min: 2, max: 6 }) }),
  );
  fc.assert(
    fc.property(fc.array(action, { minLength: 3, maxLength: 8 }), (actions) => {
      repository.remove();
      setUp();
      let [path, first, read, readThen]: [string, number, number[], number[]] = [H1, 1, [], []];
      for (const [at, { kind, n }] of actions.entries()) {
        if (kind === 'edit') repository.commits({ [path]: `margin ${at} + 1` });
        if (kind === 'edit another') repository.commits({ [H2]: `b${at}` });
        if (kind === 'edit the setup') repository.commits({ [SETUP]: withKnob(at + 2) });
        if (kind === 'edit' || kind === 'edit the setup') readThen = [...read];
        if (kind === 'refactor') repository.commits({ 'src/a.ts': String(at) });
        if (kind === 'register') repository.registers('H2', n);
        if (kind === 'register') read.push(...Array.from({ length: n }, (_, i) => first + i));
        if (kind === 'new seeds') {
          first += n;
          repository.commits({ [SEEDS]: seedsFrom(first) });
        }
        if (kind === 'rename') {
          const to = `hypotheses/r${at}.test.ts`;
          repository.move(path, to);
          repository.commit();
          path = to;
        }
      }
      expect(sinceOf(path).seeds.sort((a, b) => a - b)).toEqual([...new Set(readThen)].sort((a, b) => a - b));
    }),
    { seed: 1, numRuns: 12 },
  );
});
