import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { spillover } from './src/vitest/plugin.ts';

const minutes = (n: number): number => n * 60_000;

const config: ViteUserConfig = defineConfig({
  plugins: [spillover()],
  test: {
    pool: 'forks',
    maxWorkers: '100%',
    retry: 0,
    allowOnly: false,
    passWithNoTests: false,
    expect: { requireAssertions: true },
    // Long enough on a quarter of a core: a limit finds what hangs, not what is slow.
    testTimeout: minutes(10),
    hookTimeout: minutes(10),
    teardownTimeout: minutes(2),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          exclude: ['mocked', 'slow', 'calibration'].map((kind) => `src/**/*.${kind}.test.ts`),
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Files that start processes, a browser or vitest itself, or compute for many seconds: `npm test` leaves them to --all.
        extends: true,
        test: {
          name: 'slow',
          include: ['src/**/*.slow.test.ts'],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Files that put something in the place of a module, which no other file may get: a process each.
        extends: true,
        test: {
          name: 'mocked',
          include: ['src/**/*.mocked.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'robustness',
          include: ['hypotheses/robustness/*.test.ts'],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'calibration',
          include: ['src/**/*.calibration.test.ts'],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
    ],
  },
});

export default config;
