import { existsSync } from 'node:fs';
import { chosenClaims, isHeldBy, undeclared } from '../claims/chosen.ts';
import { type Made, madeOf } from '../claims/declaration.ts';
import type { Declared } from '../claims/declared.ts';
import type { Evidence } from '../claims/evidence.ts';
import { declaredClaims } from '../claims/files.ts';
import { firstCommitOf, registriesInGit, type Version } from '../claims/history.ts';
import { holdoutNotes } from '../claims/holdout.ts';
import { evidenceFaults } from '../claims/judging.ts';
import { provenStatistics } from '../claims/known-answers.ts';
import { withLock } from '../claims/lock.ts';
import { withoutPower } from '../claims/power.ts';
import { registered } from '../claims/registration.ts';
import type { Registry } from '../claims/registry.ts';
import { changeLines, registryChanges } from '../claims/registry-diff.ts';
import { readRegistry, registryText } from '../claims/registry-file.ts';
import { readingsOf, refuseDevelopmentSeeds } from '../claims/seeds-read.ts';
import { declaredHash } from '../claims/spec-hash.ts';
import { changedSince, decidingOf, uncommitted } from '../claims/tree.ts';
import { InputError, InvariantError } from '../core/errors.ts';
import { writeWhole } from '../core/whole-file.ts';
import { refuseChangedCode } from '../lab/code.ts';
import { workRoots } from '../lab/pool.ts';
import type { Profile } from '../project/config.ts';
import type { Configuration } from '../project/configuration.ts';
import { type ProjectFiles, projectPath } from '../project/project.ts';
import { readPower } from '../records/power.ts';
import { answersYes } from './asked.ts';
import { type Called, configured } from './called.ts';
import { registerImported } from './register-imported.ts';
import { type RegisterAsked, registerOptions } from './register-options.ts';
import { auditRuns, bySetup, trainAll } from './train.ts';

/** Names of files that one message has room for. */
const MOST_NAMES = 5;

/**
 * `npm run register`: measures the claims that are named at a profile (at `quick` and at `standard`, which `npm test` and `npm run
 * reproduce` run, unless SPILLOVER_PROFILE names one), shows what that changes in the registry, asks, and writes it, whichever way
 * it fell. Every other claim keeps its entry. Of two registrations at once the second builds on what the first wrote. Throws
 * `InputError`, with nothing written, where files that decide a claim are not committed, where a claim that is not named would get
 * another verdict in the family, and where nobody can be asked.
 */
export async function register(called: Called): Promise<void> {
  const asked = registerOptions(called.rest);
  if (!isVersioned(asked, called.files))
    process.stderr.write('no version control: the history of the claims cannot name commits\n');
  const others = await registerImported(called.files, asked);
  if (!concerns(others)) return;
  // The first takes out what is to be removed; where the environment names a profile, it is that one and no other.
  const made = new Map<string, Made>();
  await registerAt(called, others, 'quick', made);
  const named = (called.parameters.variables.SPILLOVER_PROFILE ?? '') !== '';
  if (!named && others.claims.length > 0) await registerAt(called, { ...others, remove: [] }, 'standard', made);
}

/** Whether anything is left to register or to take out. */
const concerns = ({ claims, remove }: RegisterAsked): boolean => claims.length + remove.length > 0;

/**
 * Measures and registers at this profile, or at the one that the environment names. Since when each claim says what it does is
 * looked for where it does not stand in `made`, and put there: it is the same at every profile.
 */
async function registerAt(
  called: Called,
  asked: RegisterAsked,
  profile: Profile,
  made: Map<string, Made>,
): Promise<void> {
  const { registry: path, hypotheses } = called.files;
  const { configuration } = await configured(called, profile);
  const declared = await declaredClaims(hypotheses);
  const named = chosenClaims(asked, declared, registryNow(path));
  if (profile === 'quick') sayWithoutPower(named, configuration);
  const chosen = named.filter((each) => isHeldBy(each, configuration.profile));
  const larger = named.filter((each) => !chosen.includes(each)).map(({ spec }) => spec.id);
  if (larger.length > 0)
    process.stdout.write(`not of the profile ${configuration.profile}: ${larger.join(', ')}
`);
  if (chosen.length === 0 && asked.remove.length === 0 && larger.length > 0) return;
  for (const id of undeclared(declared, registryNow(path)).filter((each) => !asked.remove.includes(each)))
    process.stderr.write(`${id} is registered, and no file declares it: --remove ${id} takes it out\n`);
  const ofReplicates = chosen.filter(({ of }) => of === undefined);
  for (const { about } of bySetup(configuration, ofReplicates)) refuseDevelopmentSeeds(about.seeds);
  const fresh = chosen.filter(({ spec }) => !made.has(spec.id));
  const readings = fresh.length === 0 ? [] : readingsOf(called.files);
  for (const each of fresh) made.set(each.spec.id, madeOf(each, configuration, readings));
  if (chosen.length > 0) {
    await trainAll(configuration, chosen);
    await auditRuns(configuration, chosen);
  }
  const evidence: Evidence[] = [];
  for (const each of chosen) evidence.push(await each.gather(configuration, process.stderr));
  const faults = [...provenStatistics(), ...evidence.flatMap(evidenceFaults)];
  if (faults.length > 0) throw new InvariantError(`nothing was registered: ${faults.join('; ')}`);

  const versions = registriesInGit(path);
  const registration = { evidence, remove: asked.remove, made, profile: configuration.profile };
  const found = registryNow(path);
  const after = registered(found, registration, versions);
  for (const line of holdoutNotes(after, evidence)) process.stdout.write(`${line}\n`);
  if (registryText(after) === registryText(found)) {
    process.stdout.write('every claim and verdict as they were registered: nothing was written\n');
    return;
  }
  const name = projectPath(called.files, path);
  const notes = specNotes(evidence, found, versions, called.files);
  for (const line of changeLines(registryChanges(found, after), notes)) process.stdout.write(`${line}\n`);
  if (!asked.yes && !(await answersYes(`Write this to ${name}?`, 'add --yes to write it'))) {
    process.stdout.write('nothing was registered\n');
    return;
  }
  isVersioned(asked, called.files);
  refuseChangedCode([import.meta.url, ...workRoots(configuration.catalog.from)]);
  await withLock(`${path}.lock`, () => {
    const now = registryNow(path);
    if (!asked.yes && registryText(now) !== registryText(found)) throw changedMeanwhile();
    writeWhole(path, registryText(registered(now, registration, versions)));
  });
  process.stdout.write(`registered: commit ${name}, and the history can name that commit\n`);
}

/** Says which of the confirmatory claims that are to be registered have no power analysis: they may need more replicates. */
function sayWithoutPower(chosen: readonly Declared[], configuration: Configuration): void {
  const hash = (claim: Declared): string => declaredHash(claim, configuration);
  for (const line of withoutPower(chosen, readPower(configuration.project.reports), hash))
    process.stderr.write(`${line}\n`);
}

/** The registry as it is, or an empty one where there is none yet. A broken one is an error: what it holds would be lost. */
const registryNow = (path: string): Registry => (existsSync(path) ? readRegistry(path) : {});

/**
 * Whether version control knows the files that decide a claim. Throws `InputError` where they are not as the last commit has
 * them, and where there is no version control, unless that was answered with --yes.
 */
function isVersioned({ yes }: RegisterAsked, project: ProjectFiles): boolean {
  const { folder } = project;
  const files = uncommitted(folder, decidingOf(project));
  if (files === undefined && !yes)
    throw new InputError('there is no version control here', {
      expected: 'a git repository with the files of the claims, so that the history can name commits',
      got: folder,
      todo: 'commit the project to one, or add --yes to go on without',
    });
  if (files === undefined || files.length === 0) return files !== undefined;
  throw new InputError('nothing was registered: what decides a claim is not committed', {
    expected: 'everything but reports and pages of text as the last commit has it',
    got: firstNames(files),
    todo: 'commit these files or undo the changes, then register',
  });
}

/** What changed since each claim was registered whose spec is another now, where version control knows it. */
function specNotes(
  evidence: readonly Evidence[],
  found: Registry,
  versions: readonly Version[],
  project: ProjectFiles,
): Map<string, string> {
  return new Map(
    evidence.flatMap(({ id, spec, files: own }): [string, string][] => {
      const was = found[id]?.spec;
      const commit = was === undefined || was === spec ? undefined : firstCommitOf(id, was, versions);
      const changed = commit === undefined ? [] : changedSince(project.folder, commit, decidingOf(project));
      if (commit === undefined || changed.length === 0) return [];
      const ownFirst = [...changed].sort((a, b) => Number(own.includes(b)) - Number(own.includes(a)));
      return [[id, `since ${commit.slice(0, 12)} changed: ${firstNames(ownFirst)}`]];
    }),
  );
}

function firstNames(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const changedMeanwhile = (): InputError =>
  new InputError('nothing was registered: the registry changed while this was asked', {
    expected: 'the registry that the changes were shown against',
    got: 'another one: somebody registered meanwhile',
    todo: 'register again: finished records are kept',
  });
