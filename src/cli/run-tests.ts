import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { startVitest } from 'vitest/node';
import type { RunParameters } from '../project/environment.ts';
import { type Counts, countTests, type Ended } from './counts.ts';

/** What a run of vitest came to. */
export interface Ran {
  readonly counts: Counts;
  /** How each vitest project ended; none where something broke outside of tests. */
  readonly ended: ReadonlyMap<string, Ended>;
}

/** Runs vitest projects (all where none is named) in this process, or some files of them, beside another reporter. */
export async function runVitest(
  projects: readonly string[],
  told: RunParameters,
  reporters: readonly Reporter[] = [],
  files: readonly string[] = [],
): Promise<Ran> {
  const vitest = await startVitest('test', [...files], {
    ...{ run: true, watch: false, project: [...projects], reporters: ['default', ...reporters] },
    provide: { spillover: told },
  });
  const unhandled = vitest.state.getUnhandledErrors().length;
  const counts = countTests(vitest.state.getTestModules(), unhandled);
  const ended = unhandled === 0 ? await endedProjects(vitest) : new Map<string, Ended>();
  await vitest.close();
  return { counts, ended };
}

async function endedProjects({ projects, state }: Vitest): Promise<Map<string, Ended>> {
  const ended = projects.map(async (project) => {
    const modules = state.getTestModules().filter((module) => module.project.name === project.name);
    const done = modules.filter((module) => ['passed', 'skipped'].includes(module.state()));
    const { testFiles } = await project.globTestFiles();
    return [project.name, { ...countTests(modules, 0), whole: isSame(testFiles, done) }] as const;
  });
  return new Map(await Promise.all(ended));
}

const isSame = (files: readonly string[], modules: readonly TestModule[]): boolean =>
  files.length === modules.length && files.every((file) => modules.some(({ moduleId }) => moduleId === file));
