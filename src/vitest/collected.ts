import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestCase, TestModule } from 'vitest/node';
import { loadedFrom } from '../claims/claim.ts';
import type { Evidence } from '../claims/evidence.ts';
import { specHash } from '../claims/spec-hash.ts';
import { InputError } from '../core/errors.ts';
import { aboutSetup, type Configuration } from '../project/configuration.ts';

/** What the tests of a run hand in, and what is wrong with it. */
export interface Collected {
  readonly evidence: readonly Evidence[];
  readonly problems: readonly string[];
}

/** The part of a test that evidence is judged by. */
export interface Witness {
  readonly name: string;
  /** The project of vitest and the file that the test is in. */
  readonly project: string;
  readonly moduleId: string;
  /** Tests of that file. */
  readonly tests: number;
  readonly evidence: Evidence | undefined;
}

/** Every test of a run. */
export function witnessesOf(modules: readonly TestModule[]): Witness[] {
  return modules.flatMap((module) => {
    const tests: TestCase[] = [...module.children.allTests()];
    return tests.map((test) => ({
      name: test.name,
      project: module.project.name,
      moduleId: module.moduleId,
      tests: tests.length,
      evidence: test.meta().evidence,
    }));
  });
}

/**
 * The evidence of a run. It counts where the harness put it: in the only test of a file of the project of `hypotheses`, under
 * the claim's own name, with the hash that its files, the setup and the code have here. Anything else that a test hands in is
 * a problem, and so is a test beside a claim's.
 */
export function collected(witnesses: readonly Witness[], hypotheses: string, configuration: Configuration): Collected {
  const told = witnesses.filter(({ evidence }) => evidence !== undefined);
  const problems = told.flatMap((witness) => {
    const evidence = witness.evidence as Evidence;
    const { id, statement, file, files } = evidence;
    const from = `${witness.project}: ${witness.name}`;
    const own = witness.moduleId.replaceAll('\\', '/').endsWith(`/${file}`) && files[0] === file;
    if (witness.project !== hypotheses || !own)
      return [`evidence of ${id} came from another test than its own (${from})`];
    if (witness.tests !== 1 || witness.name !== `${id} ${statement}`)
      return [`${file} holds other tests than that of ${id}: a hypothesis file makes one claim and nothing else`];
    return hashProblems(evidence, configuration);
  });
  return { evidence: told.map(({ evidence }) => evidence as Evidence), problems };
}

function hashProblems({ id, spec, files, setup, covers }: Evidence, configuration: Configuration): string[] {
  try {
    const now = specHash(
      files.map((file) => loadedFrom(pathToFileURL(join(configuration.project.folder, file)).href)),
      covers,
      aboutSetup(configuration, setup),
    );
    return now === spec ? [] : [`evidence of ${id} is of other files, another setup or other code than are here`];
  } catch (error) {
    if (error instanceof InputError || (error as NodeJS.ErrnoException).code === 'ENOENT')
      return [`evidence of ${id} is of files that are not here: ${(error as Error).message}`];
    throw error;
  }
}
