import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { ClaimsReporter } from './src/report/reporter.ts';

const minutes = (n: number): number => n * 60_000;

const config: ViteUserConfig = defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: '100%',
    retry: 0,
    allowOnly: false,
    expect: { requireAssertions: true },
    reporters: ['default', new ClaimsReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.calibration.test.ts'],
          testTimeout: minutes(1),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'robustness',
          include: ['hypotheses/robustness/*.test.ts'],
          testTimeout: minutes(10),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'calibration',
          include: ['src/**/*.calibration.test.ts'],
          testTimeout: minutes(10),
          sequence: { groupOrder: 0 },
        },
      },
      {
        // One file at a time: a claim trains what it lacks in a child process a core.
        extends: true,
        test: {
          name: 'hypotheses',
          include: ['hypotheses/*.test.ts'],
          setupFiles: ['src/claims/fresh-modules.ts'],
          fileParallelism: false,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

export default config;
