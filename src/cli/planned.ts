import { isHeldBy } from '../claims/chosen.ts';
import { declaredClaims } from '../claims/files.ts';
import { secondsOf } from '../lab/cost.ts';
import { isStored } from '../lab/redo.ts';
import { lineagesIn, type PlannedLineage } from '../lab/shards.ts';
import type { Profile } from '../project/config.ts';
import type { Configuration } from '../project/configuration.ts';
import { openStore } from '../store/store.ts';
import { type Called, configured } from './called.ts';
import { runsBehind } from './train.ts';

/** What the claims of a profile rest on, by lineages, dearest first. */
export interface Planned {
  readonly configuration: Configuration;
  readonly lineages: readonly PlannedLineage[];
}

/** Every run behind the claims of a profile, `standard` where nothing names one. */
export async function planned(called: Called, profile: Profile = 'standard'): Promise<Planned> {
  const { configuration } = await configured(called, profile);
  const all = await declaredClaims(called.files.hypotheses);
  const declared = all.filter((each) => isHeldBy(each, configuration.profile));
  return { configuration, lineages: lineagesIn(runsBehind(configuration, declared)) };
}

/** What the store lacks of a lineage: runs, and about how many seconds of one core they take. */
export function lackedBy(
  { configuration: { folder } }: Pick<Planned, 'configuration'>,
  lineages: readonly PlannedLineage[],
): { readonly name: string; readonly seed: number; readonly runs: number; readonly seconds: number }[] {
  const store = openStore(folder);
  return lineages.map(({ name, seed, runs }) => {
    const missing = runs.filter((run) => !isStored(store, run));
    return { name, seed, runs: missing.length, seconds: missing.reduce((sum, run) => sum + secondsOf(run), 0) };
  });
}
