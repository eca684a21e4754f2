import { z } from 'zod';
import type { ArmNumbers, Evidence, SetupOutcome } from '../claims/evidence.ts';
import type { Judged } from '../claims/gate.ts';
import { placedArmSchema } from '../claims/placed.ts';
import { STRATA } from '../claims/rehearsal.ts';
import type { Side } from '../claims/side.ts';
import { FAMILIES } from '../claims/spec.ts';
import { type Judgement, type Prediction, VERDICTS } from '../claims/verdict.ts';
import { InvariantError } from '../core/errors.ts';
import { MATCHINGS } from '../measure/matching.ts';
import { PROFILES } from '../project/config.ts';
import type { Interval } from '../stats/paired.ts';
import type { Exploration, Influence, Measured, Outcome, Region, Retest, Smallest } from './exploration.ts';

/** Version of what a run writes. */
export const FORMAT = 4;

/** What helps where records are of another version or damaged. */
export const AGAIN = 'write the records again: npm run reproduce';

/** Where and when a run was judged. */
export interface RunFacts {
  /** ISO 8601, UTC. */
  readonly when: string;
  /** The commit, with `, changed` where files differ from it; empty where that is not known. */
  readonly commit: string;
  readonly node: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
}

/** What a report says of a method. */
export interface MethodFacts {
  readonly id: string;
  readonly label: string;
  /** Whether its arms have a skill intensity, and whether a run without options ends at its level of target effect. */
  readonly skilled: boolean;
  readonly leveled: boolean;
}

/** A column of a Parquet file: what it holds, with its unit. */
export interface ColumnFacts {
  readonly name: string;
  readonly about: string;
  readonly type: 'STRING' | 'DOUBLE' | 'INT32' | 'INT64' | 'BOOLEAN';
}

/** What `reports/latest/claims.json` holds. */
export interface ClaimsFile {
  readonly format: typeof FORMAT;
  readonly run: RunFacts;
  readonly digest: string;
  readonly partial: boolean;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  /** The methods of the arms, in the order in which they are listed. */
  readonly methods: readonly MethodFacts[];
  /** Those of observations.parquet; none where it was not written. */
  readonly columns: readonly ColumnFacts[];
  /** Those of setups.parquet; none where it was not written. */
  readonly setupColumns: readonly ColumnFacts[];
  readonly claims: readonly Judged[];
}

/** A schema for every field of a record: one that is forgotten does not compile. */
export type Fields<Of> = { readonly [Key in keyof Required<Of>]: z.ZodType };

const text = z.string();
const number = z.number();
const count = z.int().min(0);
const orNone = number.nullable();
const verdict = z.enum(VERDICTS);
const changes = z.record(text, number);
const interval = z.strictObject({ low: number, high: number, level: number } satisfies Fields<Interval>);
export const predictionSchema: z.ZodType<Prediction> = z.strictObject({
  kind: z.enum(['greater', 'less', 'equivalent']),
  margin: number,
} satisfies Fields<Prediction>);

const judgement: z.ZodType<Judgement> = z.strictObject({
  ...{ verdict, n: count, mean: number, sd: number, interval, equivalenceInterval: interval.nullable() },
  ...{ p: number, pDecided: number, signFlipP: orNone, hedgesGz: orNone, bcaInterval: interval.nullable() },
  ...{ minimumDetectable: number, warning: text.nullable() },
} satisfies Fields<Judgement>);

const armNumbers: z.ZodType<ArmNumbers> = z.strictObject({
  ...{ drift: orNone, spread: orNone, targetEffect: orNone },
} satisfies Fields<ArmNumbers>);

const setupOutcome = {
  ...{ changes, seed: z.int(), value: orNone, premise: z.boolean() },
  ...{ counts: z.boolean().exactOptional(), fault: text.exactOptional(), failed: z.array(text).exactOptional() },
  arms: z.record(text, armNumbers).exactOptional(),
} satisfies Fields<SetupOutcome>;

const setups: z.ZodType<NonNullable<Evidence['setups']>> = z.strictObject({
  ...{ of: text, stratum: z.enum(STRATA), usual: number, factors: z.record(text, number), side: predictionSchema },
  outcomes: z.array(z.strictObject({ ...setupOutcome, counts: z.boolean() })),
} satisfies Fields<NonNullable<Evidence['setups']>>);

const claim: z.ZodType<Judged> = z
  .strictObject({
    ...{ id: text.regex(/^[A-Za-z0-9-]+$/), statement: text, setup: text.exactOptional(), family: z.enum(FAMILIES) },
    ...{
      estimand: text,
      unit: text,
      prediction: predictionSchema,
      interest: number.exactOptional(),
      from: z.enum(PROFILES).exactOptional(),
    },
    mind: z.array(text).exactOptional(),
    ...{ arms: z.record(text, placedArmSchema), mayFallShort: z.array(text), measures: z.array(text).exactOptional() },
    ...{ file: text, files: z.array(text), spec: text, digest: text, drawn: text },
    ...{ profile: z.enum(PROFILES), engine: text, devices: z.array(text), seeds: z.array(z.int()) },
    ...{
      values: z.array(number),
      judgement,
      censored: z.array(z.strictObject({ arm: text, seeds: z.array(z.int()) })),
      premises: z.array(z.strictObject({ text, failures: z.array(z.int()) })).exactOptional(),
      contrast: z
        .strictObject({
          ...{ of: z.tuple([text, text]), at: z.array(text), number: z.enum(['tv', 'kl', 'damage', 'spread']) },
        })
        .exactOptional(),
      matchings: z
        .array(z.strictObject({ matching: z.enum(MATCHINGS), mean: number, low: number, high: number }))
        .exactOptional(),
    },
    ...{ targetEffects: z.record(text, number), premiseFailures: z.array(z.int()), premiseAllowance: number },
    completeCases: z.strictObject({ n: count, mean: number }).nullable(),
    setups: setups.exactOptional(),
    ...{ holmP: orNone, familyVerdict: verdict, firm: z.boolean() },
  } satisfies Fields<Judged>)
  .refine(
    ({ setups: of, seeds, values }) => of !== undefined || seeds.length === values.length,
    'a value for every seed',
  );

const method: z.ZodType<MethodFacts> = z.strictObject({
  ...{ id: text, label: text.min(1), skilled: z.boolean(), leveled: z.boolean() },
} satisfies Fields<MethodFacts>);

const columns: z.ZodType<ColumnFacts[]> = z.array(
  z.strictObject({
    ...{ name: text, about: text, type: z.enum(['STRING', 'DOUBLE', 'INT32', 'INT64', 'BOOLEAN']) },
  } satisfies Fields<ColumnFacts>),
);

/** What `claims.json` is; every method of a claim's arms is told of. */
export const claimsFile: z.ZodType<ClaimsFile> = z
  .strictObject({
    format: z.literal(FORMAT),
    run: z.strictObject({
      ...{ when: text, commit: text, node: text, system: text, processor: text, cores: number },
    } satisfies Fields<RunFacts>),
    ...{ digest: text, partial: z.boolean(), problems: z.array(text), notes: z.array(text) },
    methods: z.array(method),
    ...{ columns, setupColumns: columns },
    claims: z.array(claim).refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'every claim once'),
  } satisfies Fields<ClaimsFile>)
  .refine(({ methods, claims }) => {
    const known = methods.map(({ id }) => id);
    return claims.every(({ arms }) => Object.values(arms).every((arm) => known.includes(arm.method)));
  }, 'the method of every arm');

const outcome: z.ZodType<Outcome> = z.strictObject({
  ...{ ...setupOutcome, devices: z.array(text) },
} satisfies Fields<Outcome>);
const measured: z.ZodType<Measured> = z.strictObject({
  ...{ ...setupOutcome, devices: z.array(text), value: number },
} satisfies Fields<Measured>);
const influence: z.ZodType<Influence> = z.strictObject({
  ...{ factor: text, n: count, rho: number, interval, clear: z.boolean() },
} satisfies Fields<Influence>);
const retest: z.ZodType<Retest> = z.strictObject({
  ...{ changes, seeds: z.array(z.int()), verdict, mean: orNone, low: orNone, high: orNone },
  ...{ premiseFailures: count, flipped: z.boolean() },
} satisfies Fields<Retest>);
const region: z.ZodType<Region> = z.strictObject({
  ...{ points: count, faults: z.record(text, count), premiseFailed: count, usable: count, holds: count },
  ...{ share: orNone, low: orNone, high: orNone, quartiles: z.tuple([number, number, number]).nullable() },
  ...{ influences: z.array(influence), boundary: z.array(measured) },
} satisfies Fields<Region>);
const smallest: z.ZodType<Smallest> = z.strictObject({
  ...{ found: retest, again: retest.nullable(), tested: count, complete: z.boolean() },
} satisfies Fields<Smallest>);
const side: z.ZodType<Side> = z.strictObject({
  ...{ prediction: predictionSchema, origin: z.enum(['registered', 'predicted']) },
} satisfies Fields<Side>);

/** What the file of an exploration is. */
export const explorationFile: z.ZodType<Exploration> = z.strictObject({
  ...{ claim: text, spec: text, engine: text, registered: side, seed: z.int(), bounds: text.nullable() },
  ...{ setups: count, complete: z.boolean(), region, outcomes: z.array(outcome), searched: z.array(outcome) },
  ...{ pinned: z.array(retest), retests: z.array(retest), smallest: smallest.nullable() },
} satisfies Fields<Exploration>);

/** A value that is about to be written, which the reader will take. Throws `InvariantError` with the place in it that it would not. */
export function writable<Value>(schema: z.ZodType<Value>, value: Value, file: string): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return value;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
  throw new InvariantError(`${file} would not be what its schema says: ${faults.join('; ')}`);
}
