import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { type Declared, type DeclaredClaim, isClaim } from '../claims/declared.ts';
import { setupNamesOf } from '../claims/placed.ts';
import { InputError } from '../core/errors.ts';
import { boundedFactors } from '../explore/bounds.ts';
import { changed } from '../explore/changed.ts';
import { secondsFor } from '../explore/cost.ts';
import { type Factor, factorsFor, type Registered } from '../explore/factors.ts';
import { type ProjectFiles, setupNamed, worldsOf } from '../project/project.ts';
import type { Changes } from '../records/exploration.ts';
import { idsIn, numberOf, optionsIn, refuseClaims, undeclaredIn } from './options.ts';

export const USAGE = `npm run explore -- --claim H1[,H2...]
    [--setups 60] [--minutes 60] [--seed 1] [--bounds factor=low..high,...] [--break] [--pin]
    or --vary-seed [--times 10] [--minutes 60] [--seed 1]
    or --changes '{"factor": value, ...}' --seed N    (one replicate again)`;

/** Of the time limit, the share that is for the drawn setups; what is left is for testing the boundary again. */
export const VISITING = 0.6;

interface Common {
  readonly claims: readonly DeclaredClaim[];
  readonly seed: number;
}

/** Draws setups and sums up. */
export interface ExploreAsked extends Common {
  readonly kind: 'explore';
  readonly setups: number;
  readonly minutes: number | undefined;
  readonly factors: readonly Factor[];
  readonly bounds: string | undefined;
  readonly breaks: boolean;
  readonly pin: boolean;
}

/** Repeats the registered setup's verdict over fresh seeds. */
export interface VaryAsked extends Common {
  readonly kind: 'vary-seed';
  readonly times: number;
  readonly minutes: number | undefined;
}

/** Runs one replicate again. */
export interface ReplayAsked extends Common {
  readonly kind: 'replay';
  readonly changes: Changes;
}

/** What `npm run explore` is asked for. */
export type Asked = ExploreAsked | VaryAsked | ReplayAsked;

/**
 * Reads the options, for claims out of `declared`. Throws `InputError` on an unknown one, an unknown claim, a value that
 * cannot be, and an option that means nothing beside the others.
 */
export function askedFor(rest: readonly string[], declared: readonly Declared[], files: ProjectFiles): Asked {
  const values = parsed(rest);
  const claims = claimsIn(values.claim ?? [], declared);
  const setup = setupNamed(files, claims[0]?.spec.setup);
  return askedOf(claims, values, { setup, catalog: { worlds: worldsOf(files) } }, files);
}

/**
 * Throws the `InputError` that `askedFor` would throw, before any hypothesis file is loaded (with them comes TensorFlow.js,
 * which takes seconds) and with it the setup that it is about: options that suit any setup of the project are not refused. `texts` are
 * those of the hypothesis files: an id that is in none of them is no claim's.
 */
export function refuseWrongOptions(rest: readonly string[], texts: readonly string[], files: ProjectFiles): void {
  const values = parsed(rest);
  const ids = idsIn(values.claim ?? []);
  const unknown = undeclaredIn(ids, texts);
  if (ids.length === 0 || unknown.length > 0) refuseClaims(unknown, 'that a file of hypotheses/ declares', USAGE);
  // Whether bounds leave a claim anything to change depends on its arms.
  const { bounds: _, ...others } = values;
  const worlds = worldsOf(files);
  const refusals = Object.values(files.setups).map((setup) =>
    refusalOf(() => askedOf([], others, { setup, catalog: { worlds } }, files)),
  );
  if (refusals.every((refusal) => refusal !== undefined)) throw refusals[0];
}

/** The `InputError` that something throws; undefined where it throws none. */
function refusalOf(ask: () => unknown): InputError | undefined {
  try {
    ask();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function askedOf(
  claims: readonly DeclaredClaim[],
  values: ReturnType<typeof parsed>,
  registered: Registered,
  files: ProjectFiles,
): Asked {
  const { setups, minutes, seed, changes, times, bounds } = values;
  const kind = changes !== undefined ? 'replay' : values['vary-seed'] === true ? 'vary-seed' : 'explore';
  refuseBeside(kind, values);
  if (changes !== undefined) {
    const at = numberOf('seed', seed ?? 'nothing', { least: 0, most: Number.MAX_SAFE_INTEGER, usage: USAGE });
    return { kind: 'replay', claims, changes: changesIn(changes, registered), seed: at };
  }
  const common = { claims, seed: numberOf('seed', seed ?? '1', { least: 0, most: 999, usage: USAGE }) };
  if (kind === 'vary-seed')
    return {
      ...common,
      kind,
      times: numberOf('times', times ?? '10', { least: 1, most: 999, usage: USAGE }),
      minutes: minutesIn(minutes, registered, Math.min(1, availableParallelism() / files.profiles.quick.replicates)),
    };
  const arms = claims.flatMap(({ spec }) => Object.values(spec.arms));
  return {
    ...common,
    kind: 'explore',
    setups: numberOf('setups', setups ?? '60', { least: 1, most: 999, usage: USAGE }),
    minutes: minutesIn(minutes, registered, VISITING),
    factors: bounds === undefined ? factorsFor(registered, arms) : boundedFactors(bounds, registered, arms),
    bounds,
    breaks: values.break === true,
    pin: values.pin === true,
  };
}

/** Options that each kind takes beside --claim and --seed. */
const TAKEN: Readonly<Record<Asked['kind'], readonly string[]>> = {
  explore: ['setups', 'minutes', 'bounds', 'break', 'pin'],
  'vary-seed': ['vary-seed', 'times', 'minutes'],
  replay: ['changes'],
};

function refuseBeside(kind: Asked['kind'], values: object): void {
  const given = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const strange = given.filter((name) => !['claim', 'seed', ...TAKEN[kind]].includes(name));
  if (strange.length === 0) return;
  throw new InputError('options that do not go together', {
    expected: `beside --claim and --seed, for this: ${TAKEN[kind].map((name) => `--${name}`).join(', ')}`,
    got: strange.map((name) => `--${name}`).join(', '),
    todo: USAGE,
  });
}

function claimsIn(asked: readonly string[], declared: readonly Declared[]): DeclaredClaim[] {
  const ids = idsIn(asked);
  const known = declared.filter(isClaim);
  const claims = ids.flatMap((id) => known.find(({ spec }) => spec.id === id) ?? []);
  const setups = new Set(claims.flatMap(({ spec }) => setupNamesOf(spec)));
  if (setups.size > 1) refuseClaims(ids, 'of one setup', USAGE);
  if (ids.length > 0 && claims.length === ids.length) return claims;
  refuseClaims(ids, `out of ${known.map(({ spec }) => spec.id).join(', ')}`, USAGE);
}

function parsed(rest: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const claim = { type: 'string', multiple: true } as const;
  const values = { claim, setups: text, minutes: text, seed: text, changes: text, times: text, bounds: text };
  return optionsIn(rest, { ...values, break: flag, pin: flag, 'vary-seed': flag }, USAGE);
}

function minutesIn(text: string | undefined, registered: Registered, share: number): number | undefined {
  if (text === undefined) return undefined;
  const least = secondsFor(registered) / 60 / share;
  if (Number(text) >= least && Number.isFinite(Number(text))) return Number(text);
  throw new InputError('too little time', {
    expected: `--minutes of at least ${least.toFixed(1)}, about what the least of it takes`,
    got: text,
    todo: 'give more, or none for no limit',
  });
}

function changesIn(text: string, registered: Registered): Changes {
  let changes: Changes;
  try {
    changes = z.record(z.string(), z.number()).parse(JSON.parse(text));
  } catch {
    throw new InputError('--changes', {
      expected: 'JSON of factors with numbers, for example {"model.layers": 3}; {} for the registered setup',
      got: text,
      todo: 'copy it from the line of a point',
    });
  }
  changed(registered, changes);
  return changes;
}
