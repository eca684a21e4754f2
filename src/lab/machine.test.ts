import fc from 'fast-check';
import { expect, test } from 'vitest';
import { worlds } from '../world/index.ts';
import { limitedBy, workerBytes, workersOn } from './machine.ts';
import { loadSetup } from './setup.ts';

const GIGABYTE = 1024 ** 3;
const whole = { processors: 16, memory: 64 * GIGABYTE };
const here = (membership: string, files: Readonly<Record<string, string>>) =>
  limitedBy(membership, (file) => files[file], whole);

test('one worker a processor, as many as memory holds, and at least one', () => {
  expect(workersOn(whole)).toBe(16);
  expect(workersOn({ processors: 16, memory: 1.6 * GIGABYTE })).toBe(2);
  expect(workersOn({ processors: 2.5, memory: 64 * GIGABYTE })).toBe(2);
  expect(workersOn({ processors: 0.25, memory: 0.1 * GIGABYTE })).toBe(1);
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 512, noNaN: true }), fc.integer({ min: 1, max: 2 ** 42 }), (p, memory) => {
      const workers = workersOn({ processors: p, memory });
      expect(workers).toBeLessThanOrEqual(Math.max(1, p));
      expect(workers === 1 || workers * 400 * 1024 ** 2 + 500 * 1024 ** 2 <= memory).toBe(true);
    }),
    { seed: 1 },
  );
});

test.each([
  ['characters', 0.42],
  ['characters-large', 0.98],
  ['texts', 2.18],
  ['texts-large', 4.36],
])('a worker on the setup %s takes about %f GB, and as many fit as have that', (name, gigabytes) => {
  const bytes = workerBytes(loadSetup(`fixtures/setups/${name}.json`, worlds));
  expect(bytes / GIGABYTE / gigabytes).toBeCloseTo(1, 1);
  const memory = 0.5 * GIGABYTE + 3.5 * bytes;
  expect(workersOn({ processors: 8, memory }, bytes)).toBe(3);
});

test('the quota and the memory of a group of version 2 are followed, and those of the groups above', () => {
  const files = { 'cpu.max': '150000 100000\n', 'memory.max': `${2 * GIGABYTE}\n` };
  expect(here('0::/\n', files)).toEqual({ processors: 1.5, memory: 2 * GIGABYTE });
  const nested = {
    'a/cpu.max': '400000 100000',
    'a/b/cpu.max': 'max 100000',
    'a/b/memory.max': 'max',
    'a/memory.high': `${GIGABYTE}`,
  };
  expect(here('0::/a/b\n', nested)).toEqual({ processors: 4, memory: GIGABYTE });
});

test('those of version 1 are followed, also where the path is the host’s', () => {
  const files = {
    'cpu,cpuacct/cpu.cfs_quota_us': '200000\n',
    'cpu,cpuacct/cpu.cfs_period_us': '100000\n',
    'memory/memory.limit_in_bytes': `${3 * GIGABYTE}\n`,
  };
  const membership = '4:memory:/docker/f00\n2:cpu,cpuacct:/docker/f00\n1:name=systemd:/docker/f00\n';
  expect(here(membership, files)).toEqual({ processors: 2, memory: 3 * GIGABYTE });
  const without = { 'cpu/cpu.cfs_quota_us': '-1', 'cpu/cpu.cfs_period_us': '100000' };
  expect(here('2:cpu:/\n4:memory:/\n', { ...without, 'memory/memory.limit_in_bytes': '9223372036854771712' })).toEqual(
    whole,
  );
});

test('without a group, a limit or a readable file the machine is whole', () => {
  expect(here('', {})).toEqual(whole);
  expect(here('0::/x\n', { 'x/cpu.max': 'nonsense', 'x/memory.max': '' })).toEqual(whole);
});
