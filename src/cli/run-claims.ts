import { isHeldBy } from '../claims/chosen.ts';
import { declaredClaims } from '../claims/files.ts';
import type { Profile } from '../project/config.ts';
import { latestOf } from '../records/latest.ts';
import { refuseLinks } from '../records/manifest.ts';
import type { PageWriter } from '../records/publish.ts';
import { ClaimsReporter } from '../vitest/reporter.ts';
import { type Called, configured } from './called.ts';
import { withChecks } from './counts.ts';
import { type Ran, runVitest } from './run-tests.ts';
import { auditRuns, trainAll } from './train.ts';

/**
 * Trains what the claims lack, by default at a profile, runs vitest projects (all where none is named) with the gate of the claims and
 * beside an audit of the store, without which the gate judges nothing, and counts what keeps it shut as failures. `pages`
 * writes the report of a full run.
 */
export async function runClaims(
  called: Called,
  profile: Profile,
  projects: readonly string[],
  pages?: PageWriter,
): Promise<Ran> {
  refuseLinks(latestOf(called.files));
  const { configuration, parameters } = await configured(called, profile);
  const all = await declaredClaims(called.files.hypotheses);
  const declared = all.filter((each) => isHeldBy(each, configuration.profile));
  await trainAll(configuration, declared);
  const audited = auditRuns(configuration, declared);
  const gate = new ClaimsReporter({ pages, audited });
  try {
    const { counts, ended } = await runVitest(projects, parameters, [gate]);
    return { counts: withChecks(counts, { failed: gate.problems }), ended };
  } finally {
    await Promise.allSettled([audited]);
  }
}
