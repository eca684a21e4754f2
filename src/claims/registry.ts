import { InputError } from '../core/errors.ts';
import type { Profile } from '../project/configuration.ts';
import { commandText } from './command.ts';
import { type Content, contentDifferences, contentOf } from './content.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** What was registered of a claim at one profile. */
export interface RegisteredResult {
  /** Replicates, or setups of a prevalence claim. */
  readonly n: number;
  /** Setups whose premises held, of a prevalence claim. */
  readonly usable?: number | undefined;
  /** Hash of the replicates' seeds, and of the setups of a prevalence claim. */
  readonly drawn: string;
  /** Hash of every number that was measured: on the registered device a run has the same. See `numbersDigest`. */
  readonly digest: string;
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
  /**
   * Whether no registry had looked at any of the seeds, or setups, when the claim became what it is; absent where that is not
   * known.
   */
  readonly holdout?: boolean | undefined;
}

/** A registered result that a later registration replaced. */
export interface Replaced {
  readonly spec: string;
  readonly profile: Profile;
  readonly n: number;
  readonly verdict: Verdict;
  readonly familyVerdict: Verdict;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** As in `RegisteredResult`. */
  readonly holdout?: boolean | undefined;
  /** The commit that registered it, where version control knows it. */
  readonly commit?: string | undefined;
}

/** Since when a claim is what it is. */
export interface Declaration {
  /** The last commit that changed its files (of a prevalence claim also those of the claim that it is about) or its setup's. */
  readonly commit: string;
  /** Hash of what its files say, and the setup to its arms. */
  readonly text: string;
}

export interface RegisteredClaim {
  /** Hash of the files, setup and code that make the claim what it is. */
  readonly spec: string;
  /** What it says, in full: a margin that moved is seen wherever it was written. */
  readonly content: Content;
  /** Since when it says so; absent where that is not known. */
  readonly declared?: Declaration | undefined;
  /** What was registered before and is no more, oldest first. */
  readonly history?: readonly Replaced[] | undefined;
  readonly profiles: Readonly<Partial<Record<Profile, RegisteredResult>>>;
}

/** Every registered claim by id. */
export type Registry = Readonly<Record<string, RegisteredClaim>>;

/** The command that registers claims at a profile. */
export const registerCommand = (ids: readonly string[], profile: Profile): string =>
  commandText({ SPILLOVER_PROFILE: profile }, `npm run register -- ${ids.map((id) => `--claim ${id}`).join(' ')}`);

/**
 * What is registered for the claim of some evidence. Throws `InputError` where it is not, or was registered as another claim: with
 * other content, files, setup or code, another number of replicates, other seeds.
 */
export function registeredResult(registry: Registry, evidence: Evidence): RegisteredResult {
  const { id, spec, profile, seeds, drawn } = evidence;
  const known = registry[id];
  const registered = known?.profiles[profile];
  if (known === undefined || registered === undefined) {
    throw new InputError(`${id} is not registered at the profile '${profile}'`, {
      expected: 'a verdict in the registry of the project to compare with',
      got:
        known === undefined ? 'no such claim' : `only ${Object.keys(known.profiles).join(', ') || 'the claim itself'}`,
      todo: `register what this run measured: ${registerCommand([id], profile)}`,
    });
  }
  const other = contentDifferences(contentOf(evidence), known.content);
  if (other.length > 0 || known.spec !== spec) {
    throw new InputError(`${id} is not the claim that was registered`, {
      expected: `the hypothesis files, setup and code with the hash ${known.spec.slice(0, 12)}`,
      got:
        other.join('; ') ||
        `${spec.slice(0, 12)}: a file, the setup, the code that measures or judges, or a package was changed`,
      todo: `undo the change, or register the changed claim: ${registerCommand([id], profile)}`,
    });
  }
  if (registered.n !== seeds.length) {
    throw new InputError(`${id} was registered with another number of replicates`, {
      expected: `${registered.n} replicates at the profile '${profile}'`,
      got: `${seeds.length}`,
      todo: 'restore the `profiles` of the configuration, or register again',
    });
  }
  if (registered.drawn !== drawn) {
    throw new InputError(`${id} was registered with other seeds or setups`, {
      expected: `the ${registered.n} first \`seeds\` of the configuration for its kind of world and, of a prevalence claim, the setups as when it was registered`,
      got: seeds.join(', '),
      todo: 'restore the `seeds` (new ones belong at their end) and `profiles` of the configuration and the factors, or register again',
    });
  }
  return registered;
}

/** What a registration writes of judged evidence. */
export function resultOf(judged: Evidence & Pick<RegisteredResult, 'familyVerdict'>): RegisteredResult {
  const { seeds, values, drawn, digest, judgement, familyVerdict, engine, devices, setups } = judged;
  const { verdict, mean, sd, interval } = judgement;
  return {
    ...{ n: seeds.length, ...(setups && { usable: values.length }), drawn, digest, verdict, familyVerdict },
    ...{ mean, sd, low: interval.low, high: interval.high, engine, devices },
  };
}
