import { tsImport } from 'tsx/esm/api';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import type { Reporter, Vitest } from 'vitest/node';
import type { ClaimsReporter } from './src/vitest/reporter.ts';

const minutes = (n: number): number => n * 60_000;
const GATE = new URL('./src/vitest/reporter.ts', import.meta.url).href;

/** The claims' reporter, loaded only where claims run: with it comes TensorFlow.js, which takes seconds. */
class LazyGate implements Reporter {
  #vitest: Vitest | undefined;
  #gate: ClaimsReporter | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunStart(...[specifications]: Parameters<ClaimsReporter['onTestRunStart']>): Promise<void> {
    if (this.#vitest === undefined || !specifications.some(({ project }) => project.name === 'hypotheses')) return;
    // By tsx and not by vite, which would transform TensorFlow.js, too: that takes ten times as long.
    const module = (await tsImport(GATE, import.meta.url)) as { ClaimsReporter: new () => ClaimsReporter };
    this.#gate = new module.ClaimsReporter();
    this.#gate.onInit(this.#vitest);
    await this.#gate.onTestRunStart(specifications);
  }

  async onTestRunEnd(...run: Parameters<ClaimsReporter['onTestRunEnd']>): Promise<void> {
    await this.#gate?.onTestRunEnd(...run);
  }
}

/** Puts the gate beside whatever reporters are asked for: `--reporter=junit` must not switch it off. */
const gate: NonNullable<ViteUserConfig['plugins']>[number] = {
  name: 'claims-gate',
  configureVitest({ vitest }) {
    const { reporters } = vitest.config;
    // By name: vitest loads this file once a project, each time with a class of its own.
    const there = reporters.some((each) =>
      ['ClaimsReporter', LazyGate.name].includes((each as object).constructor.name),
    );
    if (!there) reporters.push(new LazyGate());
  },
};

const config: ViteUserConfig = defineConfig({
  plugins: [gate],
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
        // Files that start processes, a browser or vitest itself, or compute for many seconds: see src/cli/memory.ts.
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
      {
        // One file at a time: a claim trains what it lacks in a child process a core.
        extends: true,
        test: {
          name: 'hypotheses',
          include: ['hypotheses/*.test.ts'],
          setupFiles: ['src/vitest/fresh-modules.ts'],
          fileParallelism: false,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

export default config;
