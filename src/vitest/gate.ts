import type { Reporter, Vitest } from 'vitest/node';
import { HYPOTHESES } from './names.ts';
import { importNatively } from './native.ts';
import type { ClaimsReporter } from './reporter.ts';

/** The claims' reporter, loaded only where claims run: with it comes TensorFlow.js, which takes seconds. */
export class LazyGate implements Reporter {
  #vitest: Vitest | undefined;
  #gate: ClaimsReporter | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunStart(...[specifications]: Parameters<ClaimsReporter['onTestRunStart']>): Promise<void> {
    if (this.#vitest === undefined || !specifications.some(({ project }) => project.name === HYPOTHESES)) return;
    const module = (await importNatively('./reporter', import.meta.url)) as typeof import('./reporter.ts');
    this.#gate = new module.ClaimsReporter();
    this.#gate.onInit(this.#vitest);
    await this.#gate.onTestRunStart(specifications);
  }

  async onTestRunEnd(...run: Parameters<ClaimsReporter['onTestRunEnd']>): Promise<void> {
    await this.#gate?.onTestRunEnd(...run);
  }
}

/** Puts the gate beside whatever reporters are asked for, once: `--reporter=junit` must not switch it off. */
export function addGate({ config: { reporters } }: Vitest): void {
  // By name: a command's own gate, or that of this file loaded again, is of another class.
  const there = reporters.some((each) => ['ClaimsReporter', LazyGate.name].includes((each as object).constructor.name));
  if (!there) reporters.push(new LazyGate());
}
