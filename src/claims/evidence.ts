import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { canonical, hashOf, type Json, sha256 } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import type { Observation } from '../lab/keys.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { observeStudy, type ReplicateObservation } from '../lab/study.ts';
import { targetEffect } from '../measure/observation.ts';
import { type Arm, armName } from '../train/arm.ts';
import { type Configuration, PROJECT, type Profile } from './configuration.ts';
import type { Claim, ClaimText } from './spec.ts';
import { ALPHA, type Judgement, judge, type Prediction } from './verdict.ts';

/** One arm's count of replicates that ended below their level of target effect. */
export interface Censored {
  readonly arm: string;
  readonly seeds: readonly number[];
}

/** Everything that a claim's verdict rests on, ready for JSON. */
export interface Evidence extends ClaimText {
  readonly arms: Readonly<Record<string, Arm>>;
  /** The hypothesis file, from the project's folder. */
  readonly file: string;
  /** Hash of the hypothesis file and the setup: another one is another claim. */
  readonly spec: string;
  readonly profile: Profile;
  readonly engine: string;
  readonly devices: readonly string[];
  readonly seeds: readonly number[];
  /** Hash of what was drawn: the seeds, and the setups of a prevalence claim. */
  readonly drawn: string;
  /** One number a replicate, in the order of the seeds; of a prevalence claim, of those whose premises held. */
  readonly values: readonly number[];
  readonly judgement: Judgement;
  readonly censored: readonly Censored[];
  /** Mean target effect of each arm, by its name in the claim: how well the arms are matched on reporting prompts. */
  readonly targetEffects: Readonly<Record<string, number>>;
  /** Seeds of replicates in which a premise failed, and how many may: n / 12, rounded down; of setups, fewer than half. */
  readonly premiseFailures: readonly number[];
  readonly premiseAllowance: number;
  /** Mean over the replicates whose premises held, and their number: shown beside, never judged. */
  readonly completeCases: { readonly n: number; readonly mean: number } | null;
  /** Of a prevalence claim: the claim that it is about, the side that counts, and what every setup said. */
  readonly setups?: { readonly of: string; readonly side: Prediction; readonly outcomes: readonly SetupOutcome[] };
}

/** What one replicate of one changed setup says of a claim. */
export interface SetupOutcome {
  /** Factors with the values that this setup gives them. */
  readonly changes: Readonly<Record<string, number>>;
  readonly seed: number;
  /** The claim's number; null where there is none, for the reason in `fault`. */
  readonly value: number | null;
  /** Whether the premises of the claim held. */
  readonly premise: boolean;
  /** Of a prevalence claim: whether it counts, as its premises held and its number lies on the side. */
  readonly counts?: boolean;
  readonly fault?: string;
}

/** A premise of every claim: the base answers as its characters do, in this share of tokens on pairs seen in dialogues. */
const LEAST_SEEN = 0.95;

function observed({ seed, arms }: ReplicateObservation, arm: Arm): Observation {
  const observation = arms.get(armName(arm));
  if (observation === undefined) throw new InvariantError(`seed ${seed} has no observation of ${armName(arm)}`);
  return observation;
}

function meanEffect(observations: readonly Observation[]): number {
  return observations.reduce((sum, each) => sum + targetEffect(each), 0) / observations.length;
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

/** Hash of what makes a claim the claim that it is: the text of its files, the setup, and what the harness adds to a verdict, the rule for failed `premise`s among it. */
export function specHash(
  paths: readonly string[],
  { setup }: Pick<Configuration, 'setup'>,
  premise: string = 'n / 12',
): string {
  return hashOf({
    files: paths.map((path) => sha256(readFileSync(path))),
    setup,
    rules: { ALPHA, LEAST_SEEN, premise },
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

/** Takes a claim's number in every replicate and looks at its premises. */
export function readClaim({ spec, estimate }: Claim, replicates: readonly ReplicateObservation[]): Reading {
  const { arms, mayFallShort = [] } = spec;
  const values = replicates.map((replicate) => {
    const byName = Object.entries(arms).map(([name, arm]) => [name, observed(replicate, arm)]);
    return estimate(Object.fromEntries(byName), replicate.base.quality);
  });
  const censored = censoredIn(arms, replicates);
  const excused = mayFallShort.map((name) => armName(arms[name] as Arm));
  const strangers = replicates.filter(({ base }) => base.quality.seen < LEAST_SEEN).map(({ seed }) => seed);
  return { values, censored, premiseFailures: failedPremises(censored, excused, strangers) };
}

/** Trains what the store lacks, takes the claim's number in every replicate, and judges them. */
export async function gatherEvidence(
  claim: Claim & { readonly path: string },
  configuration: Configuration,
  sink: ProgressSink,
): Promise<Evidence> {
  const { setup, engine, seeds, together, workers, folder, profile } = configuration;
  const { arms, mayFallShort: _, ...text } = claim.spec;
  const study = { setup, engine, seeds, together, workers, arms: Object.values(arms) };
  const replicates = await observeStudy(study, folder, sink);
  const { values, censored, premiseFailures } = readClaim(claim, replicates);
  const premiseAllowance = Math.floor(seeds.length / 12);
  const complete = values.filter((_value, i) => !premiseFailures.includes(seeds[i] as number));
  return {
    ...text,
    arms,
    file: relative(PROJECT, claim.path),
    spec: specHash([claim.path], configuration),
    profile,
    engine,
    devices: [
      ...new Set(replicates.flatMap(({ base, arms: each }) => [base, ...each.values()].flatMap((o) => o.devices))),
    ],
    seeds,
    drawn: hashOf(seeds),
    values,
    judgement: judge(values, claim.spec.prediction, {
      registered: seeds.length,
      rng: stream(0, 'judge', claim.spec.id),
      premiseFailed: premiseFailures.length > premiseAllowance,
    }),
    censored,
    targetEffects: Object.fromEntries(
      Object.entries(arms).map(([name, arm]) => [name, meanEffect(replicates.map((each) => observed(each, arm)))]),
    ),
    premiseFailures,
    premiseAllowance,
    completeCases:
      premiseFailures.length === 0 || complete.length === 0
        ? null
        : { n: complete.length, mean: complete.reduce((sum, value) => sum + value, 0) / complete.length },
  };
}

/** Hash of the claims' numbers, replicate by replicate: two runs with the same digest measured the same. */
export function digestOf(evidence: readonly Evidence[]): string {
  const numbers = evidence
    .map(({ id, profile, seeds, values, setups }) => ({ id, profile, seeds, values, setups: setups?.outcomes }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return sha256(canonical(numbers as unknown as Json));
}
