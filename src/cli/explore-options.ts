import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfiguration } from '../claims/configuration.ts';
import type { DeclaredClaim } from '../claims/files.ts';
import { InputError } from '../core/errors.ts';
import { secondsFor } from '../explore/cost.ts';
import { type Changes, changed } from '../explore/factors.ts';

const USAGE =
  'npm run explore -- --claim H1[,H2...] [--setups 60] [--minutes 60] [--seed 1] [--break] [--pin], or with --vary-seed, or with --changes and the --seed of one replicate';

/** What `npm run explore` is asked for. */
export interface Asked {
  readonly claims: readonly DeclaredClaim[];
  readonly setups: number;
  readonly minutes: number | undefined;
  readonly seed: number;
  readonly breaks: boolean;
  readonly pin: boolean;
  readonly varySeed: boolean;
  /** Of the one replicate that shall be run again. */
  readonly changes: Changes | undefined;
}

/** Reads the options, for claims out of `declared`. Throws `InputError` on an unknown one, an unknown claim, and a value that cannot be. */
export function askedFor(rest: readonly string[], declared: readonly DeclaredClaim[]): Asked {
  const { claim = '', setups, minutes, seed, changes, ...flags } = parsed(rest);
  const ids = [...new Set(claim.split(',').filter((id) => id !== ''))];
  const claims = ids.flatMap((id) => declared.find((each) => each.claim.spec.id === id) ?? []);
  if (ids.length === 0 || claims.length < ids.length) {
    throw new InputError('which claims?', {
      expected: `--claim with ids out of ${declared.map((each) => each.claim.spec.id).join(', ')}`,
      got: claim === '' ? 'none' : claim,
      todo: USAGE,
    });
  }
  const asked = {
    claims,
    setups: numberOf('setups', setups ?? '60', 1, 999),
    seed: numberOf('seed', seed ?? '1', 0, changes === undefined ? 999 : Number.MAX_SAFE_INTEGER),
    breaks: flags.break === true,
    pin: flags.pin === true,
    varySeed: flags['vary-seed'] === true,
    changes: changes === undefined ? undefined : changesIn(changes),
  };
  return { ...asked, minutes: minutesIn(minutes) };
}

function parsed(rest: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const values = { claim: text, setups: text, minutes: text, seed: text, changes: text };
    const options = { ...values, break: flag, pin: flag, 'vary-seed': flag };
    return parseArgs({ args: [...rest], options, strict: true }).values;
  } catch (error) {
    throw new InputError('unknown options', { expected: USAGE, got: (error as Error).message, todo: 'correct them' });
  }
}

function numberOf(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new InputError(`--${name}`, { expected: `a whole number from ${least} to ${most}`, got: text, todo: USAGE });
}

function minutesIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const least = secondsFor(readConfiguration({}).setup) / 60;
  if (Number(text) >= least) return Number(text);
  throw new InputError('too little time', {
    expected: `--minutes of at least ${least.toFixed(1)}, about what one setup takes`,
    got: text,
    todo: 'give more, or none for no limit',
  });
}

function changesIn(text: string): Changes {
  let changes: Changes;
  try {
    changes = z.record(z.string(), z.number()).parse(JSON.parse(text));
  } catch {
    throw new InputError('--changes', {
      expected: 'JSON of factors with numbers, for example {"model.layers": 3}',
      got: text,
      todo: 'copy it from the line of a point',
    });
  }
  changed(readConfiguration({}).setup, changes);
  return changes;
}
