import { expect, onTestFinished, test, vi } from 'vitest';
import { HYPOTHESES } from './names.ts';
import { ClaimsReporter } from './reporter.ts';

type Specifications = Parameters<ClaimsReporter['onTestRunStart']>[0];

test('where the audit beside a run finds a forgery, nothing is judged or published, however the claims ended', async () => {
  const [said, code] = [vi.spyOn(process.stderr, 'write').mockReturnValue(true), process.exitCode];
  onTestFinished(() => {
    said.mockRestore();
    process.exitCode = code;
  });
  const audited = Promise.reject(new Error('runs done again gave other numbers'));
  const pages = vi.fn();
  const gate = new ClaimsReporter({ pages, audited });
  const project = {
    ...{ name: HYPOTHESES, config: { retry: 0 } },
    getProvidedContext: () => ({ spillover: { folder: '/', variables: {} } }),
    globTestFiles: async () => ({ testFiles: [] }),
  };
  await gate.onTestRunStart([{ project, moduleId: 'h1.test.ts' }] as unknown as Specifications);
  await gate.onTestRunEnd([]);
  expect(gate.problems).toBe(1);
  expect(process.exitCode).toBe(1);
  expect(said.mock.calls.join('')).toBe('\nthe gate is shut:\n  runs done again gave other numbers\n');
  expect(pages).not.toHaveBeenCalled();
});
