import { join } from 'node:path';
import type { TestCase, TestModule } from 'vitest/node';
import type { Evidence } from '../claims/evidence.ts';
import { declaredIn } from '../claims/files.ts';
import { declaredHash } from '../claims/spec-hash.ts';
import type { Configuration } from '../project/configuration.ts';
import type { ImportedEvidence } from '../studies/evidence.ts';

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
  /** Of a claim about the records of others. */
  readonly imported?: ImportedEvidence | undefined;
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
      ...{ evidence: test.meta().evidence, imported: test.meta().imported },
    }));
  });
}

/**
 * The evidence of a run. It counts where the harness put it: in the only test of a file of the project of `hypotheses`, under
 * the claim's own name, with the hash that its files, the setup and the code have here. Anything else that a test hands in is
 * a problem, and so is a test beside a claim's.
 */
export async function collected(
  witnesses: readonly Witness[],
  hypotheses: string,
  configuration: Configuration,
): Promise<Collected> {
  const told = witnesses.filter(({ evidence }) => evidence !== undefined);
  const problems = told.map(async (witness) => {
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
  return { evidence: told.map(({ evidence }) => evidence as Evidence), problems: (await Promise.all(problems)).flat() };
}

/** What is wrong with the hash of evidence, against what its hypothesis file declares here. */
async function hashProblems({ id, spec, file }: Evidence, configuration: Configuration): Promise<string[]> {
  try {
    const now = declaredHash(await declaredIn(join(configuration.project.folder, file)), configuration);
    return now === spec ? [] : [`evidence of ${id} is of other files, another setup or other code than are here`];
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
    return [`evidence of ${id} is of files that are not here, or that declare no claim: ${why}`];
  }
}
