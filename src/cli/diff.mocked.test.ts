import { resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Judged } from '../claims/gate.ts';
import { readClaims } from '../records/read.ts';
import { diff } from './diff.ts';

vi.mock('../records/read.ts', async (original) => ({
  ...(await original<typeof import('../records/read.ts')>()),
  readClaims: vi.fn(),
}));

const { readClaims: read } = await vi.importActual<typeof import('../records/read.ts')>('../records/read.ts');
const file = read('reports/published');
const [first, ...rest] = file.claims as [Judged, ...Judged[]];
const verdict = first.familyVerdict === 'refuted' ? 'supported' : 'refuted';

afterEach(() => {
  process.exitCode = undefined;
});

/** What the command says of two runs, of which the second has these claims. */
async function said(claims: readonly Judged[]): Promise<string> {
  vi.mocked(readClaims)
    .mockReturnValueOnce(file)
    .mockReturnValueOnce({ ...file, claims });
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await diff({ rest: ['reports/published', 'reports/published/claims.json'] } as unknown as Parameters<
      typeof diff
    >[0]);
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

test('runs that are alike end well, each read from its folder', async () => {
  expect(await said(file.claims)).toMatch(/^0 flipped, 0 moved, \d+ the same/);
  expect(process.exitCode).toBeUndefined();
  expect(vi.mocked(readClaims).mock.calls).toEqual([[resolve('reports/published')], [resolve('reports/published')]]);
});

test('a verdict that flipped ends the command with 1, and a claim that is gone does not', async () => {
  expect(await said(rest)).toContain(`In the first alone: ${first.id}`);
  expect(process.exitCode).toBeUndefined();
  expect(await said([{ ...first, familyVerdict: verdict }, ...rest])).toMatch(/1 flipped, 0 moved/);
  expect(process.exitCode).toBe(1);
});

test('what is no run is refused with what to name', async () => {
  const called = { rest: ['reports', 'reports/published'] } as unknown as Parameters<typeof diff>[0];
  await expect(diff(called)).rejects.toThrow(/there is no run to compare with[\s\S]*got: no claims\.json in/);
});
