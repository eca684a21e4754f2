import { join } from 'node:path';
import { type Declared, type DeclaredClaim, isClaim } from '../claims/declared.ts';
import { armsOf, declaredClaims, hypothesisTexts } from '../claims/files.ts';
import { observeArms } from '../claims/gather.ts';
import { withLock } from '../claims/lock.ts';
import { developed, type PowerAnalysis, powerOf } from '../claims/power.ts';
import { declaredHash } from '../claims/spec-hash.ts';
import { writeWhole } from '../core/whole-file.ts';
import { refuseChangedCode } from '../lab/code.ts';
import { workRoots } from '../lab/pool.ts';
import { PROFILES, type Profile } from '../project/config.ts';
import type { Configuration } from '../project/configuration.ts';
import { projectPath } from '../project/project.ts';
import { POWER_FILE, powerText, readPower } from '../records/power.ts';
import { POWER_COLUMNS, POWER_NOTES, powerRows } from '../records/power-table.ts';
import { alignedText } from '../records/table.ts';
import { type Called, configured } from './called.ts';
import { refuseClaims } from './options.ts';
import { powerOptions, USAGE } from './power-options.ts';
import { bySetup, groupedByAsked } from './train.ts';

/**
 * `npm run power`: how many replicates does each claim need? Trains the arms of claims on development seeds of their setups, prints
 * what these say of mean and spread, with the power at every profile and the replicates for power 0.8 were the smallest value of
 * interest true, and keeps that in `reports/power.json`, where claims that are not named keep what they have.
 */
export async function power(called: Called): Promise<void> {
  const { configuration } = await configured(called);
  const { hypotheses, reports } = configuration.project;
  const asked = powerOptions(called.rest, hypothesisTexts(hypotheses), called.files);
  readPower(reports);
  const declared = await declaredClaims(hypotheses);
  const claims = chosen(asked.claims, declared);
  const { profiles } = configuration.project;
  const sizes = PROFILES.map((profile) => [profile, profiles[profile].replicates]);
  const replicates = Object.fromEntries(sizes) as Record<Profile, number>;
  const confirmatory = declared.filter(({ spec }) => spec.family === 'confirmatory').length;
  const analyses = await analysed(claims, asked.seeds, { replicates, confirmatory }, configuration);
  refuseChangedCode([import.meta.url, ...workRoots(configuration.catalog.from)]);
  const path = join(reports, POWER_FILE);
  const left = await withLock(`${path}.lock`, () => {
    const others = readPower(reports).filter(({ claim }) => !analyses.some((each) => each.claim === claim));
    const kept = others.filter(({ claim }) => declared.some(({ spec }) => spec.id === claim));
    // Of what was measured then, with the replicates and the family of now.
    const again = kept.map((each) => powerOf({ ...each, replicates, confirmatory: each.confirmatory && confirmatory }));
    writeWhole(path, powerText([...again, ...analyses]));
    return { kept, gone: others.filter((each) => !kept.includes(each)) };
  });
  const stale = left.kept.filter(({ claim, spec }) => {
    const now = declared.find((each) => each.spec.id === claim);
    return now !== undefined && declaredHash(now, configuration) !== spec;
  });
  const lines = [
    alignedText([POWER_COLUMNS, ...powerRows(analyses)]),
    ...POWER_NOTES,
    ...saidOf('of another form of the claim, and so shown nowhere: npm run power -- --claim', stale),
    ...saidOf('taken out, since no file declares them:', left.gone),
    `written: commit ${projectPath(configuration.project, path)}, and the next report shows it`,
  ];
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

const saidOf = (what: string, analyses: readonly PowerAnalysis[]): string[] =>
  analyses.length === 0 ? [] : [`${what} ${analyses.map(({ claim }) => claim).join(',')}`];

/** The claims that are asked for. Throws `InputError` on ids of claims that are not about replicates. */
function chosen(ids: readonly string[] | 'all', declared: readonly Declared[]): DeclaredClaim[] {
  const known = declared.filter(isClaim);
  if (ids === 'all') return known;
  const unknown = ids.filter((id) => !known.some(({ spec }) => spec.id === id));
  if (unknown.length > 0)
    refuseClaims(unknown, `of claims about replicates: ${known.map(({ spec }) => spec.id).join(', ')}`, USAGE);
  return known.filter(({ spec }) => ids.includes(spec.id));
}

/** Trains what the store lacks, and analyses every claim on these seeds, whatever its kind of world. */
async function analysed(
  claims: readonly DeclaredClaim[],
  seeds: readonly number[],
  now: { readonly replicates: Readonly<Record<Profile, number>>; readonly confirmatory: number },
  configuration: Configuration,
): Promise<PowerAnalysis[]> {
  const analyses: PowerAnalysis[] = [];
  for (const { about, claims: own } of bySetup(configuration, claims)) {
    const developing = { ...about, seeds };
    for (const { asked, claims: alike } of groupedByAsked(configuration, own))
      await observeArms(armsOf(alike), developing, process.stderr, asked);
    for (const claim of own) {
      // Of its arms alone: whether a base plays is asked of the setups that the claim is about.
      const observed = await observeArms(armsOf([claim]), developing, process.stderr, claim.spec.measures);
      const spec = declaredHash(claim, configuration);
      analyses.push(powerOf(developed(claim, observed, { spec, ...now })));
    }
  }
  return analyses;
}
