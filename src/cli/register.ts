import { existsSync } from 'node:fs';
import { readConfiguration } from '../claims/configuration.ts';
import type { Evidence } from '../claims/evidence.ts';
import { declaredClaims } from '../claims/files.ts';
import { type Judged, judgeFamily } from '../claims/gate.ts';
import {
  REGISTRY_PATH,
  type RegisteredClaim,
  type RegisteredResult,
  type Registry,
  readRegistry,
  registryText,
  replacedIn,
} from '../claims/registry.ts';
import { writeWhole } from '../core/whole-file.ts';
import { terminalTable } from '../report/table.ts';
import { settleEngine } from './engines.ts';
import { trainAll } from './train.ts';

/**
 * `npm run register`: measures every claim at a profile (by default `standard`) and writes what came out, whichever way
 * it fell, to `reports/claims.lock.json`. Other profiles of an unchanged claim are kept; those of a changed one go, and
 * so do claims that no file declares. Prints every change, and keeps what
 * was replaced by another number or verdict in the claim's history.
 */
export async function register(): Promise<void> {
  await settleEngine(process.env);
  const configuration = readConfiguration(process.env, 'standard');
  const declared = await declaredClaims();
  const before = registryOrNone();
  await trainAll(configuration, declared);
  const evidence: Evidence[] = [];
  for (const each of declared) evidence.push(await each.gather(configuration, process.stderr));
  const judged = judgeFamily(evidence);
  const after: Registry = Object.fromEntries(judged.map((each) => [each.id, registered(each, before[each.id])]));
  writeWhole(REGISTRY_PATH, registryText(after));
  process.stdout.write(`${terminalTable(judged, after)}\n\n`);
  const { profile } = configuration;
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[id]?.profiles[profile]?.familyVerdict, after[id]?.profiles[profile]?.familyVerdict];
    const changed = before[id]?.spec === after[id]?.spec ? '' : ' (the claim itself is new or changed)';
    process.stdout.write(`${id} at ${profile}: ${was ?? 'not registered'} -> ${is ?? 'taken out'}${changed}\n`);
  }
}

function registered(
  { id: _, spec, profile, engine, devices, values, seeds, drawn, setups, ...judged }: Judged,
  before?: RegisteredClaim,
): RegisteredClaim {
  const { verdict, mean, sd, interval } = judged.judgement;
  const result: RegisteredResult = {
    n: seeds.length,
    ...(setups && { usable: values.length }),
    drawn,
    verdict,
    familyVerdict: judged.familyVerdict,
    mean,
    sd,
    low: interval.low,
    high: interval.high,
    engine,
    devices,
  };
  const profiles = { ...(before?.spec === spec ? before.profiles : {}), [profile]: result };
  const gone = before === undefined ? [] : replacedIn(before, profiles);
  const history = [...(before?.history ?? []), ...gone];
  return { spec, ...(history.length > 0 && { history }), profiles };
}

/** The registry, or an empty one where there is none yet. A broken one is an error: its other profiles would be lost. */
function registryOrNone(): Registry {
  return existsSync(REGISTRY_PATH) ? readRegistry() : {};
}
