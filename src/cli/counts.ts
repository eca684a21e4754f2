/** What a run of tests came to. */
export interface Counts {
  readonly passed: number;
  /** Failed tests, tests that never ended, hooks and files that broke, and everything else that must not be. */
  readonly failed: number;
  /** How many tests were skipped, by the reason that they give. */
  readonly skipped: ReadonlyMap<string, number>;
}

/** How the tests of one vitest project ended. */
export interface Ended extends Counts {
  /** Whether every file of it ran to its end. */
  readonly whole: boolean;
}

/** How one test ended. */
export interface Result {
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending';
  readonly note?: string | undefined;
}

/** What is looked at of a vitest module; see `TestModule`. */
export interface CountedModule {
  readonly errors: () => readonly unknown[];
  readonly children: {
    readonly allTests: () => Iterable<{ readonly result: () => Result }>;
    readonly allSuites: () => Iterable<{ readonly errors: () => readonly unknown[] }>;
  };
}

const NO_REASON = 'without a reason';

/**
 * Counts the tests of vitest modules and the errors outside of tests. A test that is still pending at the end never ended
 * and failed; a hook that broke has its suite's tests skipped and is itself a failure, as is a file that cannot be loaded.
 */
export function countTests(modules: readonly CountedModule[], unhandled: number): Counts {
  const results = modules.flatMap(({ children }) => [...children.allTests()].map((test) => test.result()));
  const withState = (...states: readonly string[]) => results.filter(({ state }) => states.includes(state));
  const places = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const broken = places.filter((place) => place.errors().length > 0).length;
  const counts = {
    passed: withState('passed').length,
    failed: withState('failed', 'pending').length + broken + unhandled,
    skipped: new Map<string, number>(),
  };
  return withSkipped(
    counts,
    withState('skipped').map(({ note = NO_REASON }) => [note, 1]),
  );
}

/** Some checks beside the tests, counted as tests are. */
export function withChecks(counts: Counts, { passed = 0, failed = 0 }: Partial<Omit<Counts, 'skipped'>>): Counts {
  return { ...counts, passed: counts.passed + passed, failed: counts.failed + failed };
}

/** Counts with some tests more that were skipped. */
export function withSkipped(counts: Counts, more: Iterable<readonly [reason: string, count: number]>): Counts {
  const skipped = new Map(counts.skipped);
  for (const [reason, count] of more) skipped.set(reason, (skipped.get(reason) ?? 0) + count);
  return { ...counts, skipped };
}

/** What the last lines say: what was skipped and why, where anything was, then `N passed, N failed`. */
export function concludingText({ passed, failed, skipped }: Counts): string {
  const reasons = [...skipped].map(([reason, count]) => `${count} (${reason})`);
  const skippedLine = reasons.length === 0 ? '' : `skipped: ${reasons.join('; ')}\n`;
  return `${skippedLine}${passed} passed, ${failed} failed\n`;
}
