import type { Reporter, TestModule, TestProject, TestSpecification, Vitest } from 'vitest/node';
import { borderlineNotes, gateProblems, judgeFamily } from '../claims/gate.ts';
import { provenStatistics } from '../claims/known-answers.ts';
import { readRegistry } from '../claims/registry-file.ts';
import { ownFile, refuseChangedCode } from '../lab/code.ts';
import { workRoots } from '../lab/pool.ts';
import { readConfiguration } from '../project/configuration.ts';
import type { RunParameters } from '../project/environment.ts';
import { loadProject } from '../project/project.ts';
import { importedTable } from '../records/imported-table.ts';
import { type PageWriter, publishRun } from '../records/publish.ts';
import { terminalTable, warningLines } from '../records/table.ts';
import { collected, witnessesOf } from './collected.ts';
import { collectedImports } from './collected-imports.ts';
import { HYPOTHESES } from './names.ts';

/** What a command gives the gate: what puts pages beside the records of a full run, and an audit of the store that runs beside it. */
interface Beside {
  readonly pages?: PageWriter | undefined;
  /** Rejects where the store cannot be trusted: then nothing is judged or published. */
  readonly audited?: Promise<void>;
}

/**
 * The vitest reporter of the claims: collects the evidence of every claim, judges the confirmatory family, writes
 * `reports/latest`, prints the claims table, and turns a full run red that lacks a registered claim or whose verdicts
 * after Holm are not the registered ones. A run of some files only is marked as partial.
 */
export class ClaimsReporter implements Reporter {
  readonly #pages: PageWriter | undefined;
  readonly #audited: Promise<void> | undefined;
  #problems: number | undefined;
  #vitest: Vitest | undefined;
  #out: NodeJS.WritableStream = process.stdout;

  /** The hypothesis files of this run, or undefined where the project is no part of it; and whether those are all. */
  #asked:
    | { readonly all: boolean; readonly retried: boolean; readonly merged: boolean; readonly told: RunParameters }
    | undefined;

  constructor({ pages, audited }: Beside = {}) {
    this.#pages = pages;
    this.#audited = audited;
    // A fault of it is told when the run is judged, however early it comes.
    audited?.catch(() => {});
  }

  /** How many problems keep the gate shut; one where no claims ran to their end. */
  get problems(): number {
    return this.#problems ?? 1;
  }

  /** The table goes to standard output, unless another reporter writes something for machines there. */
  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    this.#out = stdoutIsForPeople(vitest.config) ? process.stdout : process.stderr;
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    const asked = specifications.filter(({ project }) => project.name === HYPOTHESES);
    const project = asked[0]?.project;
    if (project === undefined) return;
    const { retry } = project.config;
    this.#asked = {
      all: await this.#asksForAll(project, asked),
      retried: retry !== 0,
      merged: this.#vitest?.config.mergeReports !== undefined,
      told: project.getProvidedContext().spillover,
    };
  }

  /**
   * Whether every hypothesis file is asked for. A shard never does, even one that holds them all; reports that are merged always
   * do: what no shard ran is missing.
   */
  async #asksForAll(project: TestProject, asked: readonly TestSpecification[]): Promise<boolean> {
    const { shard, mergeReports } = this.#vitest?.config ?? {};
    if (mergeReports !== undefined) return true;
    if (shard !== undefined || project.config.testNamePattern !== undefined) return false;
    const { testFiles } = await project.globTestFiles();
    const files = new Set(asked.map(({ moduleId }) => moduleId));
    return testFiles.every((file) => files.has(file));
  }

  /** A flaky claim that is tried again until it passes proves nothing. */
  #retries(): string[] {
    return this.#asked?.retried === true ? ['claims were run with retries: run them without --retry'] : [];
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    if (this.#asked === undefined) return;
    const { all, merged, told: parameters } = this.#asked;
    const partial = !all;
    try {
      await this.#audited;
      const configuration = readConfiguration(await loadProject(parameters), parameters.variables);
      const judging = [import.meta.url, ownFile('claims/gather'), ownFile('explore/prevalence')];
      refuseChangedCode([...judging, ...workRoots(configuration.catalog.from)]);
      const witnesses = witnessesOf(modules);
      const told = await collected(witnesses, HYPOTHESES, configuration);
      const imported = await collectedImports(witnesses, HYPOTHESES, configuration.project, partial);
      const judged = judgeFamily(told.evidence, partial);
      const registry = readRegistry(configuration.project.registry);
      const doubts = [...provenStatistics(), ...this.#retries(), ...told.problems];
      const ofClaims =
        partial && judged.length === 0 && imported.claims.length > 0 ? [] : gateProblems(judged, registry, partial);
      const problems = [...doubts, ...ofClaims, ...imported.problems];
      const notes = borderlineNotes(judged, registry, partial);
      await publishRun({ judged, imported, registry, problems, notes, partial, merged, configuration }, this.#pages);
      const here = Object.values(registry).filter(({ profiles }) => profiles[configuration.profile] !== undefined);
      const count = `${judged.length} of ${here.length} registered claims`;
      this.#out.write(`\n${terminalTable(judged, registry, partial)}\n\n${partial ? 'partial run: ' : ''}${count}\n`);
      if (imported.claims.length > 0) this.#out.write(`\n${importedTable(imported.claims)}\n`);
      for (const line of warningLines(judged)) this.#out.write(`warning: ${line}\n`);
      for (const note of notes) this.#out.write(`note: ${note}\n`);
      this.#problems = problems.length + (partial ? 1 : 0);
      if (problems.length > 0) shut(problems);
    } catch (error) {
      this.#problems = undefined;
      shut([error instanceof Error ? error.message : String(error)]);
    }
  }
}

/** vitest's reporters that write for people; of every other one standard output is its file, unless it has another. */
const FOR_PEOPLE = [
  'default',
  'verbose',
  'dot',
  'tree',
  'agent',
  'minimal',
  'github-actions',
  'hanging-process',
  'html',
];

function stdoutIsForPeople({ reporters, outputFile }: Vitest['config']): boolean {
  return reporters.every((each) => {
    if (!Array.isArray(each)) return true;
    const [name, options] = each as [string, { readonly outputFile?: unknown } | undefined];
    const file = typeof outputFile === 'object' ? outputFile[name] : outputFile;
    return FOR_PEOPLE.includes(name) || file !== undefined || options?.outputFile !== undefined;
  });
}

/** Says what keeps the gate shut, and ends the run red. */
function shut(problems: readonly string[]): void {
  process.exitCode = 1;
  process.stderr.write(`\nthe gate is shut:\n${problems.map((problem) => `  ${problem}\n`).join('')}`);
}
