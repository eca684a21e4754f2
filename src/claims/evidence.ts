import { relative } from 'node:path';
import { canonical, hashOf, type Json, sha256 } from '../core/canonical.ts';
import { stream } from '../core/rng.ts';
import type { Observation } from '../lab/keys.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { observeStudy, type ReplicateObservation } from '../lab/study.ts';
import { type Arm, armName } from '../train/arm.ts';
import { type Configuration, PROJECT, type Profile } from './configuration.ts';
import type { Claim, ClaimText } from './spec.ts';
import { type Judgement, judge } from './verdict.ts';

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
  /** One number a replicate, in the order of the seeds. */
  readonly values: readonly number[];
  readonly judgement: Judgement;
  readonly censored: readonly Censored[];
  /** Seeds of replicates in which a premise failed, and how many may: n / 12, rounded up. */
  readonly premiseFailures: readonly number[];
  readonly premiseAllowance: number;
  /** Mean over the replicates whose premises held, and their number: shown beside, never judged. */
  readonly completeCases: { readonly n: number; readonly mean: number } | null;
}

/** The arms that ended below their level, with the seeds; arms without any are left out. */
function censoredIn(arms: Readonly<Record<string, Arm>>, replicates: readonly ReplicateObservation[]): Censored[] {
  return Object.values(arms).flatMap((arm) => {
    const seeds = replicates.filter((replicate) => !replicate.arms.get(armName(arm))?.reached).map(({ seed }) => seed);
    return seeds.length === 0 ? [] : [{ arm: armName(arm), seeds }];
  });
}

/** Hash of what makes a claim the claim that it is: its file's text and the setup. */
export function specHash(fileText: string, configuration: Configuration): string {
  return hashOf({ file: sha256(fileText), setup: configuration.setup });
}

/** Trains what the store lacks, takes the claim's number in every replicate, and judges them. */
export async function gatherEvidence(
  claim: Claim,
  source: { readonly path: string; readonly text: string },
  configuration: Configuration,
  sink: ProgressSink,
): Promise<Evidence> {
  const { setup, engine, seeds, folder, profile } = configuration;
  const { arms, mayFallShort = [], ...text } = claim.spec;
  const replicates = await observeStudy({ setup, engine, seeds, arms: Object.values(arms) }, folder, sink);
  const values = replicates.map((replicate) => {
    const byName = Object.entries(arms).map(([name, arm]) => [name, replicate.arms.get(armName(arm))]);
    return claim.estimate(Object.fromEntries(byName) as Record<string, Observation>, replicate.base.quality);
  });
  const censored = censoredIn(arms, replicates);
  const excused = mayFallShort.map((name) => armName(arms[name] as Arm));
  const failed = new Set(censored.filter(({ arm }) => !excused.includes(arm)).flatMap(({ seeds: short }) => short));
  const premiseAllowance = Math.ceil(seeds.length / 12);
  const complete = values.filter((_, i) => !failed.has(seeds[i] as number));
  return {
    ...text,
    arms,
    file: relative(PROJECT, source.path),
    spec: specHash(source.text, configuration),
    profile,
    engine,
    devices: [...new Set(replicates.flatMap(({ base, arms: each }) => [base, ...each.values()].map((o) => o.device)))],
    seeds,
    values,
    judgement: judge(values, claim.spec.prediction, {
      registered: seeds.length,
      rng: stream(0, 'judge', claim.spec.id),
      premiseFailed: failed.size > premiseAllowance,
    }),
    censored,
    premiseFailures: [...failed].sort((a, b) => a - b),
    premiseAllowance,
    completeCases:
      failed.size === 0 || complete.length === 0
        ? null
        : { n: complete.length, mean: complete.reduce((sum, value) => sum + value, 0) / complete.length },
  };
}

/** Hash of the claims' numbers, replicate by replicate: two runs with the same digest measured the same. */
export function digestOf(evidence: readonly Evidence[]): string {
  const numbers = evidence
    .map(({ id, profile, seeds, values }) => ({ id, profile, seeds, values }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return sha256(canonical(numbers as unknown as Json));
}
