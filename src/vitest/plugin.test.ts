import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { HERE } from '../project/here.test.helper.ts';
import { spillover } from './plugin.ts';

/** A hook of the plugin, as vitest calls it. */
const hook = (name: 'config' | 'configureVitest') => {
  const found: unknown = spillover()[name];
  return found as (argument: object) => unknown;
};
const root = HERE.folder;
const projectsOf = async (test: object) =>
  ((await hook('config')({ root, test })) as { test: { projects: { test: object }[] } } | undefined)?.test.projects;

test('another major version of vitest is refused', () => {
  const configure = () => hook('configureVitest')({ vitest: { version: '5.0.1' }, project: {} });
  expect(configure).toThrow(InputError);
  expect(configure).toThrow(/expected: vitest 4\n.*got: vitest 5.0.1\n.*npm install --save-dev vitest@4/);
});

test('the claims are a project of their own, beside those that there are or one of every other test', async () => {
  const claims = { name: 'hypotheses', include: ['hypotheses/*.test.ts'], retry: 0, pool: 'forks' };
  expect(await projectsOf({ projects: [{ test: { name: 'mine' } }] })).toMatchObject([{ extends: true, test: claims }]);
  const [others, own] = (await projectsOf({})) ?? [];
  expect(others).toMatchObject({ test: { name: 'unit', exclude: expect.arrayContaining(['hypotheses/*.test.ts']) } });
  expect(own).toMatchObject({ test: claims });
  expect(await projectsOf({ projects: [{ test: { name: 'hypotheses' } }] })).toBeUndefined();
  expect(await projectsOf({ name: 'hypotheses' })).toBeUndefined();
});

test('tests are told how the run is set up, once, and the gate stands beside the reporters, once', () => {
  const provided: [string, object][] = [];
  const vitest = { version: '4.1.0', config: { root, provide: {}, reporters: ['default'] } };
  const project = { provide: (key: string, value: object) => provided.push([key, value]) };
  for (const _ of [1, 2]) hook('configureVitest')({ vitest, project });
  expect(provided[0]).toEqual(['spillover', { folder: root, variables: expect.any(Object) }]);
  expect(vitest.config.reporters).toHaveLength(2);
  const told = { ...vitest, config: { ...vitest.config, provide: { spillover: {} } } };
  hook('configureVitest')({ vitest: told, project });
  expect(provided).toHaveLength(2);
});
