import { defineConfig, type ViteUserConfig } from 'vitest/config';

const minutes = (n: number): number => n * 60_000;

const config: ViteUserConfig = defineConfig({
  test: {
    pool: 'forks',
    retry: 0,
    expect: { requireAssertions: true },
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
          name: 'calibration',
          include: ['src/**/*.calibration.test.ts'],
          testTimeout: minutes(5),
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

export default config;
