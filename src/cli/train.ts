import { type Declared, type DeclaredClaim, isClaim } from '../claims/declared.ts';
import { armsOf } from '../claims/files.ts';
import { observeArms } from '../claims/gather.ts';
import { bySetupName } from '../claims/placed.ts';
import { hashOf } from '../core/canonical.ts';
import { isPrevalence, prepare, runsOf } from '../explore/prevalence.ts';
import { audit } from '../lab/audit.ts';
import { askedBy } from '../lab/catalog.ts';
import { isStored, type Run, runName, runsOfLineage } from '../lab/redo.ts';
import { aboutSetup, type Configuration } from '../project/configuration.ts';
import { setupNamed } from '../project/project.ts';
import { openStore } from '../store/store.ts';

/** Every run that claims rest on: of the registered setup, and of the changed ones of prevalence claims. */
export function runsBehind(configuration: Configuration, declared: readonly Declared[]): Run[] {
  const { project, catalog, engine } = configuration;
  const runs = bySetup(configuration, declared).flatMap(({ about, claims }) => {
    const registered = groupedByAsked(configuration, claims).flatMap(({ asked, claims: alike }) =>
      [...bySetupName(armsOf(alike))].flatMap(([name, arms]) => {
        const setup = name === undefined ? about.setup : setupNamed(project, name);
        return about.seeds.flatMap((seed) => runsOfLineage({ catalog, setup, seed, engine, asked }, arms));
      }),
    );
    return [...registered, ...runsOf(claims.filter(isPrevalence), about)];
  });
  return onceEach(runs);
}

/** Runs each once, as claims of several setups may rest on one, read by all measures that somebody asks for. */
function onceEach(runs: readonly Run[]): Run[] {
  const setups = new Map([...new Set(runs.map(({ lineage }) => lineage.setup))].map((each) => [each, hashOf(each)]));
  const once = new Map<string, Run>();
  for (const run of runs) {
    const name = `${setups.get(run.lineage.setup)} ${runName(run)}`;
    const asked = new Set([...(once.get(name)?.lineage.asked ?? []), ...(run.lineage.asked ?? [])]);
    once.set(name, { ...run, lineage: { ...run.lineage, asked: [...asked] } });
  }
  return [...once.values()];
}

/** Claims of replicates by the measures that they ask for, see `Measure.asked`. */
export function groupedByAsked(
  { catalog }: Pick<Configuration, 'catalog'>,
  declared: readonly Declared[],
): { readonly asked: readonly string[]; readonly claims: readonly DeclaredClaim[] }[] {
  const claims = declared.filter(isClaim);
  const nameOf = ({ spec }: DeclaredClaim): string => askedBy(catalog, [spec]).join(' ');
  return [...new Set(claims.map(nameOf))].map((name) => {
    const alike = claims.filter((claim) => nameOf(claim) === name);
    return { asked: askedBy(catalog, [alike[0]?.spec ?? {}]), claims: alike };
  });
}

/**
 * Trains everything that the claims need and the store has no file of, with one progress for the replicates of all claims that ask for the
 * same measures, and one for the changed setups; the claims then find it there. They read it, too, and what they find damaged they train again.
 */
export async function trainAll(configuration: Configuration, declared: readonly Declared[]): Promise<void> {
  const { engine, seeds, folder, profile, changed } = configuration;
  process.stderr.write(
    `${declared.length} claims, profile ${profile}: ${seeds.length} replicates and ${changed.setups} changed setups on ${engine}, store ${folder}\n`,
  );
  const store = openStore(folder);
  if (runsBehind(configuration, declared).every((run) => isStored(store, run))) return;
  for (const { about, claims } of bySetup(configuration, declared)) {
    for (const { asked, claims: alike } of groupedByAsked(configuration, claims)) {
      const arms = armsOf(alike);
      if (arms.length > 0) await observeArms(arms, about, process.stderr, asked);
    }
    await prepare(claims.filter(isPrevalence), about, process.stderr);
  }
}

/** Does a few of the runs that claims rest on again, to see whether the store holds what it should: see `audit`. */
export const auditRuns = (configuration: Configuration, declared: readonly Declared[]): Promise<void> =>
  audit(runsBehind(configuration, declared), configuration.folder, process.stderr);

/** Claims by the setup that they are about, each with its configuration; no setup without claims. */
export function bySetup<Kind extends Declared>(
  configuration: Configuration,
  declared: readonly Kind[],
): { readonly about: Configuration; readonly claims: readonly Kind[] }[] {
  const abouts = declared.map(({ spec }) => aboutSetup(configuration, spec.setup));
  return [...new Map(abouts.map((about) => [about.setup, about])).values()].map((about) => ({
    about,
    claims: declared.filter((_, i) => abouts[i]?.setup === about.setup),
  }));
}
