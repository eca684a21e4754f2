import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { readJsonAs } from '../core/json-file.ts';
import { commandText } from './command.ts';
import { PROFILES, PROJECT, type Profile } from './configuration.ts';
import type { Evidence } from './evidence.ts';
import { VERDICTS, type Verdict } from './verdict.ts';

/** What was registered of a claim at one profile. */
export interface RegisteredResult {
  /** Replicates, or setups of a prevalence claim. */
  readonly n: number;
  /** Setups whose premises held, of a prevalence claim. */
  readonly usable?: number | undefined;
  /** Hash of the replicates' seeds, and of the setups of a prevalence claim. */
  readonly drawn: string;
  readonly verdict: Verdict;
  /** The verdict after Holm over the confirmatory family; the same as `verdict` outside it. */
  readonly familyVerdict: Verdict;
  readonly mean: number;
  readonly sd: number;
  readonly low: number;
  readonly high: number;
  readonly engine: string;
  /** What ran, as evidence names it. */
  readonly devices: readonly string[];
}

/** A verdict that a later registration replaced. */
export interface Replaced {
  readonly spec: string;
  readonly profile: Profile;
  readonly n: number;
  readonly verdict: Verdict;
  readonly familyVerdict: Verdict;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface RegisteredClaim {
  readonly spec: string;
  /** What was registered before and is no more, oldest first. */
  readonly history?: readonly Replaced[] | undefined;
  readonly profiles: Readonly<Partial<Record<Profile, RegisteredResult>>>;
}

/** Every registered claim by id. */
export type Registry = Readonly<Record<string, RegisteredClaim>>;

export const REGISTRY_PATH: string = join(PROJECT, 'reports', 'claims.lock.json');

const verdict = z.enum(VERDICTS);
const result: z.ZodType<RegisteredResult> = z.strictObject({
  n: z.int().min(2),
  usable: z.int().min(0).optional(),
  drawn: z.string(),
  verdict,
  familyVerdict: verdict,
  mean: z.number(),
  sd: z.number(),
  low: z.number(),
  high: z.number(),
  engine: z.string(),
  devices: z.array(z.string()),
});
const replaced: z.ZodType<Replaced> = z.strictObject({
  ...{ spec: z.string(), profile: z.enum(PROFILES), n: z.int(), verdict, familyVerdict: verdict },
  ...{ mean: z.number(), low: z.number(), high: z.number() },
});
const profiles = z.strictObject(Object.fromEntries(PROFILES.map((profile) => [profile, result.optional()])));
const schema = z.strictObject({
  format: z.literal(2),
  claims: z.record(z.string(), z.strictObject({ spec: z.string(), history: z.array(replaced).optional(), profiles })),
});

const EXPECTED = 'the registry that `npm run register` writes';
const HOW_TO_MEND =
  'restore reports/claims.lock.json from version control, or remove it and write it again: npm run register';

/** The registry in a file. Throws `InputError` where it cannot be read or is not one. */
export function readRegistry(path: string = REGISTRY_PATH): Registry {
  return readJsonAs(path, schema, EXPECTED, HOW_TO_MEND).claims as Registry;
}

/** The text of a registry file. */
export function registryText(registry: Registry): string {
  const sorted = Object.fromEntries(Object.entries(registry).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ format: 2, claims: sorted }, null, 2)}\n`;
}

/** What is registered for a claim at a profile. Throws `InputError` where it is not, or was registered as another claim. */
export function registeredResult(
  registry: Registry,
  { id, spec, profile, seeds, drawn }: Pick<Evidence, 'id' | 'spec' | 'profile' | 'seeds' | 'drawn'>,
): RegisteredResult {
  const known = registry[id];
  const registered = known?.profiles[profile];
  if (known === undefined || registered === undefined) {
    throw new InputError(`${id} is not registered at the profile '${profile}'`, {
      expected: 'a verdict in reports/claims.lock.json to compare with',
      got:
        known === undefined ? 'no such claim' : `only ${Object.keys(known.profiles).join(', ') || 'the claim itself'}`,
      todo: `register what this run measured: ${commandText({ SPILLOVER_PROFILE: profile }, 'npm run register')}`,
    });
  }
  if (known.spec !== spec) {
    throw new InputError(`${id} is not the claim that was registered`, {
      expected: `the hypothesis file and setup with the hash ${known.spec.slice(0, 12)}`,
      got: `${spec.slice(0, 12)}: the file or the setup was changed`,
      todo: `undo the change, or register the changed claim: ${commandText({ SPILLOVER_PROFILE: profile }, 'npm run register')}`,
    });
  }
  if (registered.n !== seeds.length) {
    throw new InputError(`${id} was registered with another number of replicates`, {
      expected: `${registered.n} replicates at the profile '${profile}'`,
      got: `${seeds.length}`,
      todo: 'restore fixtures/profiles.json, or register again',
    });
  }
  if (registered.drawn !== drawn) {
    throw new InputError(`${id} was registered with other seeds or setups`, {
      expected: `the ${registered.n} seeds of fixtures/ and, of a prevalence claim, the setups as when it was registered`,
      got: seeds.join(', '),
      todo: 'restore fixtures/seeds.json (new seeds belong at its end), profiles.json and the factors, or register again',
    });
  }
  return registered;
}

/** The results of a registration that a later one, with these profiles, does not repeat. */
export function replacedIn(before: RegisteredClaim, after: RegisteredClaim['profiles']): Replaced[] {
  return PROFILES.flatMap((profile) => {
    const was = before.profiles[profile];
    const is = after[profile];
    if (was === undefined || (is?.familyVerdict === was.familyVerdict && is.mean === was.mean)) return [];
    const { n, verdict, familyVerdict, mean, low, high } = was;
    return [{ spec: before.spec, profile, n, verdict, familyVerdict, mean, low, high }];
  });
}
