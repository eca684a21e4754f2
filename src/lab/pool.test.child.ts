import { BUILT_IN } from './built-in.ts';
import { type Job, runJobs } from './pool.ts';
import { loadSetup } from './setup.ts';

// Trains bases of a small setup in two workers and tells what happens. With a third argument, a worker that is silent for so
// many milliseconds is reported.
const [folder = '', steps = '', silence] = process.argv.slice(2);
const small = loadSetup('fixtures/setups/small.json', BUILT_IN.worlds);
const setup = { ...small, pretraining: { ...small.pretraining, steps: Number(steps) } };
const jobs = [1, 2].map((seed): Job => ({ id: `base ${seed}`, after: [], setup, bases: [seed], groups: [] }));
const tell = (text: string): unknown => process.send?.(text);
try {
  await runJobs(jobs, {
    ...{
      catalog: BUILT_IN,
      engine: 'onnx:cpu',
      folder,
      workers: 2,
      ...(silence !== undefined && { silence: Number(silence) }),
    },
    events: {
      started: () => {},
      stepped: ({ id }, _part, done) => tell(`${id} step ${done}`),
      finished: ({ id }) => tell(`${id} done`),
      waiting: () => {},
      reported: (message) => tell(message),
    },
  });
  tell('all done');
} catch (error) {
  tell(`${(error as Error).name}: ${(error as Error).message}`);
}
process.disconnect?.();
