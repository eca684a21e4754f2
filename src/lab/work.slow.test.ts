import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { RecordContent } from '../store/store.ts';
import { openStore } from '../store/store.ts';
import { arm } from '../train/arm.ts';
import { sdft } from '../train/arms.ts';
import type { Method } from '../train/method.ts';
import { BUILT_IN } from './built-in.ts';
import { methodOf } from './catalog.ts';
import { keysOf } from './keys.ts';
import { isObserved } from './observed.ts';
import { type Job, runJobs } from './pool.ts';
import { loadSetup } from './setup.ts';

/** Inside of the checkout, so that a module there can import its sources, and outside of `src`, where methods are all on the list. */
const folder = mkdtempSync(fileURLToPath(new URL('../../node_modules/.work-test-', import.meta.url)));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a worker loads. */
const DIVERGING = `
import { DivergedError } from '../../src/core/errors.ts';
import { methods } from '../../src/train/methods/index.ts';
const draws = () => {
  throw new DivergedError('the loss of step 1 is NaN');
};
export default { methods: [...methods, { ...methods.find(({ id }) => id === 'sdft'), id: 'diverging', file: import.meta.url, draws }] };
`;

test('a group that diverged is told once the busy one behind it is done, which is done all the same', async () => {
  writeFileSync(join(folder, 'lists.mjs'), DIVERGING);
  const from = pathToFileURL(join(folder, 'lists.mjs')).href;
  const diverges: Method = { ...methodOf(BUILT_IN, sdft()), id: 'diverging', file: from };
  const catalog = { ...BUILT_IN, methods: [...BUILT_IN.methods, diverges], from };
  const setup = loadSetup('fixtures/setups/small.json', catalog.worlds);
  const lineage = { catalog, setup, seed: 3, engine: 'onnx:cpu' };
  const stored = join(folder, 'store');
  const store = openStore(stored);
  let release = (): void => expect.unreachable();
  const held = store
    .attempt('arm', [keysOf(lineage).arm(sdft())], () => {
      return new Promise<RecordContent[]>((_, reject) => {
        release = () => reject(new Error('never made'));
      });
    })
    .catch((error: Error) => error.message);
  const diverging = arm({ method: 'diverging', skill: 0, rehearsal: 0 });
  const groups = [diverging, sdft()].map((each) => [{ seed: 3, arm: each }]);
  const job: Job = { id: 'point 1', after: [], setup, bases: [3], groups };
  const happened: string[] = [];
  const faults = await runJobs([job], {
    ...{ catalog, engine: 'onnx:cpu', folder: stored, workers: 1, tolerant: true },
    events: {
      started: () => happened.push('started'),
      stepped: () => {},
      finished: () => happened.push('finished'),
      waiting: () => {
        happened.push('busy');
        release();
      },
      reported: () => {},
    },
  });
  release();
  expect(await held).toBe('never made');
  expect(happened).toEqual(['started', 'busy', 'started', 'finished']);
  expect(faults).toEqual(new Map([['point 1', 'the loss of step 1 is NaN']]));
  expect(isObserved(store, lineage, sdft())).toBe(true);
});
