import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { kindIn, type WorldKnobs } from '../world/knobs.ts';
import type { SeedsByKind } from './config.ts';
import { checked, type Given } from './given.ts';
import { nearest } from './nearest.ts';

const list = z.array(z.int()).refine((all) => new Set(all).size === all.length, 'every seed once');
const several = list.refine((all) => all.length >= 2, 'at least 2');
const byKind = z.object({ default: list }).catchall(list);
const forEvery = list.transform((all) => ({ default: all }));

/** The schema of what `value` is to be: one list for every kind of world, or lists by kind. */
const formOf = (value: unknown): z.ZodType<SeedsByKind> => (Array.isArray(value) ? forEvery : byKind);

/** The replicates' seeds of claims whose own setup has this section `world`. */
export const seedsFor = (seeds: SeedsByKind, world: WorldKnobs): readonly number[] => seedsOfKind(seeds, kindIn(world));

/** The replicates' seeds of claims about a kind of world: those of its own list, and the default ones where it has none. */
export const seedsOfKind = (seeds: SeedsByKind, kind: string): readonly number[] =>
  (Object.hasOwn(seeds, kind) ? seeds[kind] : undefined) ?? seeds.default;

/** The text of a file of seeds; undefined where that is none. */
export function seedsIn(text: string): SeedsByKind | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return formOf(value).safeParse(value).data;
  } catch {
    return undefined;
  }
}

/**
 * The replicates' seeds that were given, as lists by kind of world. Throws `InputError` where they are none, where a list is of none
 * of these `kinds`, or where one has fewer than `most`, the replicates of the largest profile.
 */
export function parseSeeds(given: Given, most: number, kinds: readonly string[]): SeedsByKind {
  const form = 'a list of different integers, or { default, and kinds of world by id }, each such a list';
  const seeds = checked(given, formOf(given.value), form);
  const known = ['default', ...kinds];
  const unknown = Object.keys(seeds).filter((kind) => !known.includes(kind));
  if (unknown.length > 0) throw unknownKinds(given.source, unknown, known);
  const short = inLists(seeds, (all) => (all.length < most ? `${all.length}` : undefined));
  if (short.length === 0) return seeds;
  throw new InputError(`too few seeds in ${given.source}`, {
    expected: `${most}, one a replicate of the largest profile`,
    got: short.join('; '),
    todo: 'add seeds at the end of the list, or lower the replicates of the profile',
  });
}

function unknownKinds(source: string, unknown: readonly string[], known: readonly string[]): InputError {
  const todo = unknown.map((kind) => {
    const meant = nearest(kind, known);
    return meant === undefined ? `remove ${kind}, or add that kind to \`worlds\`` : `write ${meant} instead of ${kind}`;
  });
  return new InputError(`seeds in ${source} of a kind of world that there is not`, {
    expected: `of keys only ${known.join(', ')}`,
    got: unknown.join(', '),
    todo: todo.join('; '),
  });
}

/** The development seeds that were given. Throws `InputError` where these are none, or where a replicate has one of them. */
export function parseDevelopment(given: Given, seeds: SeedsByKind): readonly number[] {
  const development = checked(given, several, 'a list of at least 2 different integers');
  const both = inLists(seeds, (all) => development.filter((seed) => all.includes(seed)).join(', ') || undefined);
  if (both.length === 0) return development;
  throw new InputError(`development seeds in ${given.source} that replicates have, too`, {
    expected: 'no seed in both `seeds` and `development`: what is tuned on one is not judged by it',
    got: both.join('; '),
    todo: 'give `development` in the configuration other seeds',
  });
}

/** What `fault` says of the lists in which it finds one, each with its key where there are several. */
function inLists(seeds: SeedsByKind, fault: (all: readonly number[]) => string | undefined): string[] {
  const lists = Object.entries(seeds);
  return lists.flatMap(([key, all]) => {
    const found = fault(all);
    return found === undefined ? [] : [lists.length === 1 ? found : `${key}: ${found}`];
  });
}
