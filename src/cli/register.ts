import { existsSync } from 'node:fs';
import { registryFaults, withFamilyVerdicts } from '../claims/coherence.ts';
import { contentDifferences, contentOf } from '../claims/content.ts';
import type { Evidence } from '../claims/evidence.ts';
import { declaredClaims } from '../claims/files.ts';
import { type Judged, judgeFamily } from '../claims/gate.ts';
import { historyOf, registriesInGit, type Version } from '../claims/history.ts';
import { evidenceFaults } from '../claims/judging.ts';
import { provenStatistics } from '../claims/known-answers.ts';
import { withLock } from '../claims/lock.ts';
import { type RegisteredClaim, type Registry, resultOf } from '../claims/registry.ts';
import { readRegistry, registryText } from '../claims/registry-file.ts';
import { InvariantError } from '../core/errors.ts';
import { writeWhole } from '../core/whole-file.ts';
import { JUDGING_CODE, refuseChangedCode } from '../lab/code.ts';
import { PROFILES } from '../project/configuration.ts';
import { terminalTable } from '../records/table.ts';
import { type Called, configured } from './called.ts';
import { trainAll } from './train.ts';

/**
 * `npm run register`: measures every claim at a profile (by default `standard`) and writes what came out, whichever way
 * it fell, to `reports/claims.lock.json`. Other profiles of an unchanged claim are kept; those of a changed one go, and
 * so do claims that no file declares. What was replaced stays in the claim's history, with all that version control knows of it.
 * Of two registrations at once the second reads what the first wrote. Prints every change.
 */
export async function register(called: Called): Promise<void> {
  const { configuration } = await configured(called, 'standard');
  const { registry: path, hypotheses } = configuration.project;
  const declared = await declaredClaims(hypotheses);
  registryNow(path);
  await trainAll(configuration, declared);
  const evidence: Evidence[] = [];
  for (const each of declared) evidence.push(await each.gather(configuration, process.stderr));
  const judged = judgeFamily(evidence);
  const faults = [...provenStatistics(), ...judged.flatMap(evidenceFaults)];
  if (faults.length > 0) throw new InvariantError(`nothing was registered: ${faults.join('; ')}`);
  refuseChangedCode(JUDGING_CODE);
  const { before, after } = await withLock(`${path}.lock`, () => {
    const found = registryNow(path);
    const versions: Version[] = [...registriesInGit(path), { registry: found }];
    const entries = judged.map((each) => [each.id, registered(each, versions, found[each.id])] as const);
    const made = withFamilyVerdicts(Object.fromEntries(entries));
    const contradictions = registryFaults(made);
    if (contradictions.length > 0) throw new InvariantError(`nothing was registered: ${contradictions.join('; ')}`);
    writeWhole(path, registryText(made));
    return { before: found, after: made };
  });
  process.stdout.write(`${terminalTable(judged, after)}\n\n`);
  for (const line of changes(before, after)) process.stdout.write(`${line}\n`);
}

/** A judged claim as its registration, beside what is registered of it at other profiles. */
function registered(judged: Judged, versions: readonly Version[], before?: RegisteredClaim): RegisteredClaim {
  const { id, spec, profile } = judged;
  const same = before?.spec === spec && contentDifferences(contentOf(judged), before.content).length === 0;
  const profiles = { ...(same ? before.profiles : {}), [profile]: resultOf(judged) };
  const history = historyOf(id, [...versions, { registry: { [id]: { spec, profiles } } }], before?.history);
  return { spec, content: contentOf(judged), ...(history.length > 0 && { history }), profiles };
}

/** The registry as it is, or an empty one where there is none yet. A broken one is an error: its other profiles would be lost. */
const registryNow = (path: string): Registry => (existsSync(path) ? readRegistry(path) : {});

/** What became of each claim's verdicts, a line each; of those that stay as they were, one line together. */
function changes(before: Registry, after: Registry): string[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const moved = ids.flatMap((id) => {
    const changed = before[id]?.spec === after[id]?.spec ? '' : ' (the claim itself is new or changed)';
    return PROFILES.flatMap((profile) => {
      const [was, is] = [before[id]?.profiles[profile]?.familyVerdict, after[id]?.profiles[profile]?.familyVerdict];
      if (was === is && (is === undefined || changed === '')) return [];
      return [`${id} at ${profile}: ${was ?? 'not registered'} -> ${is ?? 'taken out'}${changed}`];
    });
  });
  return moved.length > 0 ? moved : ['every claim and verdict as they were registered'];
}
