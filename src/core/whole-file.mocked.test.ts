import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeWhole } from './whole-file.ts';

const refusal = vi.hoisted(() => ({ code: '' }));
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  // Called for folders only: a file is put on disk as it is written.
  fsyncSync: () => {
    throw Object.assign(new Error(`refused: ${refusal.code}`), { code: refusal.code });
  },
}));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whole-file-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  'EPERM',
  'EISDIR',
  'EINVAL',
  'ENOTSUP',
])('a folder that cannot be synced (%s) is no fault of a write', (code) => {
  refusal.code = code;
  const path = join(folder, 'deep', 'x.json');
  writeWhole(path, 'one');
  writeWhole(path, 'two');
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(readdirSync(join(folder, 'deep'))).toEqual(['x.json']);
});

test('a disk that fails while a folder is synced is a fault', () => {
  refusal.code = 'EIO';
  expect(() => writeWhole(join(folder, 'x.json'), 'one')).toThrow(/refused: EIO/);
});
