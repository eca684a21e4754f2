import { mean } from 'simple-statistics';
import { hashOf } from '../core/canonical.ts';
import { InputError, InvariantError } from '../core/errors.ts';
import { judgingCode } from '../lab/code.ts';
import type { Observation } from '../lab/keys.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { observeStudy, type ReplicateObservation } from '../lab/study.ts';
import { targetEffect } from '../measure/observation.ts';
import type { Configuration } from '../project/configuration.ts';
import { projectPath } from '../project/project.ts';
import { type Arm, armName } from '../train/arm.ts';
import type { Declared } from './declared.ts';
import type { Censored, Evidence } from './evidence.ts';
import { judgeReplicates, numbersDigest, PREMISE_RULES } from './judging.ts';
import { sourcesHash } from './sources.ts';
import type { Claim } from './spec.ts';
import { ALPHA } from './verdict.ts';

/** A premise of every claim: the base answers as its characters do, in this share of tokens on pairs seen in dialogues. */
const LEAST_SEEN = 0.95;

function observed({ seed, arms }: ReplicateObservation, arm: Arm): Observation {
  const observation = arms.get(armName(arm));
  if (observation === undefined) throw new InvariantError(`seed ${seed} has no observation of ${armName(arm)}`);
  return observation;
}

/** The arms that ended below their level, with the seeds; arms without any are left out. */
function censoredIn(arms: Readonly<Record<string, Arm>>, replicates: readonly ReplicateObservation[]): Censored[] {
  return Object.values(arms).flatMap((arm) => {
    const seeds = replicates.filter((replicate) => !observed(replicate, arm).reached).map(({ seed }) => seed);
    return seeds.length === 0 ? [] : [{ arm: armName(arm), seeds }];
  });
}

/**
 * The seeds, each once and in order, of replicates in which a premise failed: an arm that is not excused ended below its
 * level, or the base does not play its characters (`strangers`).
 */
export function failedPremises(
  censored: readonly Censored[],
  excused: readonly string[],
  strangers: readonly number[],
): number[] {
  const short = censored.filter(({ arm }) => !excused.includes(arm)).flatMap(({ seeds }) => seeds);
  return [...new Set([...short, ...strangers])].sort((a, b) => a - b);
}

/**
 * Hash of what makes a claim the claim that it is: its files and what they import from beside `src/`, as they were loaded, the setup, the
 * code that measures and judges with the versions of its packages, and the rules that the harness adds. Throws `InputError`
 * where a file is another by now: its numbers are of a claim that is there no more.
 */
export function specHash(
  files: readonly Pick<Declared, 'path' | 'text'>[],
  { setup, project }: Pick<Configuration, 'setup' | 'project'>,
): string {
  for (const { path, text } of files) {
    if (text !== null && sourcesHash(path) === text) continue;
    throw new InputError(`${projectPath(project, path)}, or what it imports, changed since this run began`, {
      expected: 'the text that was loaded',
      got: 'another one',
      todo: 'run again: finished records are kept',
    });
  }
  return hashOf({
    files: files.map(({ text }) => text),
    setup,
    code: judgingCode(),
    rules: { ALPHA, LEAST_SEEN, premise: PREMISE_RULES },
  });
}

/** What replicates say of a claim, before it is judged. */
export interface Reading {
  /** One number a replicate. */
  readonly values: readonly number[];
  readonly censored: readonly Censored[];
  /** Seeds of the replicates in which a premise failed. */
  readonly premiseFailures: readonly number[];
}

/** The number that an estimate gives twice. Throws `InputError` where it gives two: it is no function of its observations. */
function steady(id: string, estimate: () => number): number {
  const [once, again] = [estimate(), estimate()];
  if (Object.is(once, again)) return once;
  throw new InputError(`the estimate of ${id}`, {
    expected: 'the same number every time, from the same observations',
    got: `${once}, then ${again}`,
    todo: 'take randomness, time and counters out of it',
  });
}

/** Takes a claim's number in every replicate, twice, and looks at its premises. */
export function readClaim({ spec, estimate }: Claim, replicates: readonly ReplicateObservation[]): Reading {
  const { arms, mayFallShort = [] } = spec;
  const values = replicates.map((replicate) => {
    const byName = Object.entries(arms).map(([name, arm]) => [name, observed(replicate, arm)]);
    return steady(spec.id, () => estimate(Object.fromEntries(byName), replicate.base.quality));
  });
  const censored = censoredIn(arms, replicates);
  const excused = mayFallShort.map((name) => armName(arms[name] as Arm));
  const strangers = replicates.filter(({ base }) => base.quality.seen < LEAST_SEEN).map(({ seed }) => seed);
  return { values, censored, premiseFailures: failedPremises(censored, excused, strangers) };
}

/** Trains what the store lacks, takes the claim's number in every replicate, and judges them. */
export async function gatherEvidence(
  claim: Claim & Pick<Declared, 'path' | 'text'>,
  configuration: Configuration,
  sink: ProgressSink,
): Promise<Evidence> {
  const { setup, engine, seeds, together, workers, folder, profile } = configuration;
  const { arms, mayFallShort = [], ...text } = claim.spec;
  const study = { setup, engine, seeds, together, workers, arms: Object.values(arms) };
  const replicates = await observeStudy(study, folder, sink);
  const { values, censored, premiseFailures } = readClaim(claim, replicates);
  const effects = Object.entries(arms).map(([name, arm]): [string, number] => {
    return [name, mean(replicates.map((each) => targetEffect(observed(each, arm))))];
  });
  const devices = replicates.flatMap(({ base, arms: each }) => [base, ...each.values()].flatMap((o) => o.devices));
  const judging = judgeReplicates(text, seeds, values, premiseFailures);
  return {
    ...text,
    arms,
    mayFallShort,
    file: projectPath(configuration.project, claim.path),
    files: [projectPath(configuration.project, claim.path)],
    spec: specHash([claim], configuration),
    digest: numbersDigest({ id: text.id, profile, seeds, ...judging }),
    profile,
    engine,
    devices: [...new Set(devices)],
    seeds,
    drawn: hashOf(seeds),
    ...judging,
    censored,
    targetEffects: Object.fromEntries(effects),
  };
}
