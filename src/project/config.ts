import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import type { EngineModule } from '../engine/engine.ts';
import type { BaseMeasure, Measure } from '../measure/measure.ts';
import type { Method } from '../train/method.ts';
import { shown } from '../world/faults.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import type { WorldKind } from '../world/world.ts';
import { nearest } from './nearest.ts';

export const PROFILES = ['quick', 'standard', 'full'] as const;
export type Profile = (typeof PROFILES)[number];

/** How much a profile runs. */
export interface ProfileSize {
  /** Replicates of a claim, at least 2. */
  readonly replicates: number;
  /** Changed setups that prevalence claims look at, an even number from 4 to 10 000: half of them with rehearsal. */
  readonly setups: number;
  /** How many times the registered setup's cost a changed one may have, that of rehearsal apart, 1 to 100. */
  readonly mostCost: number;
}

/**
 * Replicates' seeds by kind of world. A claim is judged on the list of the kind of its own setup, by the kind's id, and on `default`
 * where that kind has none; arms that it has in setups of other kinds are of its seeds, too.
 */
export interface SeedsByKind {
  readonly default: readonly number[];
  readonly [kind: string]: readonly number[];
}

/** What `spillover.config.ts` may say; what it leaves out is as `DEFAULTS` has it. Paths are given from its folder. */
export interface ProjectConfig {
  /** Setups by name, each a JSON file or the setup itself. A claim that names none is about `recipe`, or else about the first. */
  readonly setups?: Readonly<Record<string, string | Setup<WorldKnobs>>>;
  /**
   * One a replicate, each once and below 9001, as a JSON file or a list, or such lists by kind of world; those of a smaller profile
   * are the first ones of a larger. Claims are not registered on others.
   */
  readonly seeds?: string | readonly number[] | SeedsByKind;
  /**
   * Seeds for trying things out and for `npm run power`, at least 2, the same for every kind of world and none of them in `seeds`: a
   * JSON file or a list. Where it is left out and `DEFAULTS` names no file that is there, 9001 to 9012.
   */
  readonly development?: string | readonly number[];
  readonly profiles?: string | Readonly<Record<Profile, ProfileSize>>;
  /** The folder of the hypothesis files. */
  readonly hypotheses?: string;
  /** The file of what is registered. */
  readonly registry?: string;
  /** The folder of the reports: runs write `latest` and `partial` in it. */
  readonly reports?: string;
  /** The folder of what explorations pinned. */
  readonly pinned?: string;
  /** The folder of the run store. */
  readonly store?: string;
  /** Every method that an arm may name: `[...methods, yours]` adds one. So it is with the other lists. */
  readonly methods?: readonly Method[];
  readonly measures?: readonly Measure[];
  readonly baseMeasures?: readonly BaseMeasure[];
  readonly worlds?: readonly WorldKind[];
  readonly engines?: readonly EngineModule[];
}

export const DEFAULTS = {
  setups: { recipe: 'fixtures/setups/recipe.json' },
  seeds: 'fixtures/seeds.json',
  development: 'fixtures/development.json',
  profiles: 'fixtures/profiles.json',
  hypotheses: 'hypotheses',
  registry: 'reports/claims.lock.json',
  reports: 'reports',
  pinned: 'fixtures/pinned',
  store: '.spillover',
} as const;

/** The lists of a configuration. */
const LISTS = ['methods', 'measures', 'baseMeasures', 'worlds', 'engines'] as const;

/** The configuration that it is given, with its type: for the default export of `spillover.config.ts`. */
export const defineConfig = (config: ProjectConfig): ProjectConfig => config;

const path = z.string().min(1);
const list = z.array(z.looseObject({ id: z.string().min(1), file: z.string().startsWith('file:') }));
const schema = z.strictObject({
  setups: z
    .record(z.string().regex(/^[A-Za-z0-9_-]+$/), z.union([path, z.looseObject({})]))
    .refine((all) => Object.keys(all).length > 0, 'at least one setup'),
  seeds: z.union([path, z.array(z.int()), z.record(z.string(), z.array(z.int()))]),
  development: z.union([path, z.array(z.int())]),
  profiles: z.union([path, z.looseObject({})]),
  ...{ hypotheses: path, registry: path, reports: path, pinned: path, store: path },
  ...{ methods: list, measures: list, baseMeasures: list, worlds: list, engines: list },
});

/** What each key takes, for messages. */
const TAKES: Readonly<Record<string, string>> = {
  setups: 'setups by name (letters, digits, - and _), each a path or a setup',
  seeds: 'a path, a list of whole numbers, or such lists as default and by kind of world',
  development: 'a path, or a list of whole numbers',
  profiles: `a path, or ${PROFILES.join(', ')} with their sizes`,
  ...Object.fromEntries(
    LISTS.map((name) => [name, 'a list of values that each have an id and a file (import.meta.url)']),
  ),
};

/**
 * What the default export of the configuration file `source` says. Throws `InputError` with everything that is wrong with it:
 * a key that there is not, a value of another kind, two values of one id in a list.
 */
export function parseConfig(value: unknown, source: string): ProjectConfig {
  const parsed = schema.partial().safeParse(value);
  const faults = parsed.success ? twice(parsed.data) : parsed.error.issues.flatMap((issue) => faultsIn(issue, value));
  if (parsed.success && faults.length === 0) return value as ProjectConfig;
  const part = (name: keyof Fault): string => faults.map((fault) => fault[name]).join('\n    ');
  throw new InputError(`${source} is not a configuration`, {
    expected: part('expected'),
    got: part('got'),
    todo: part('todo'),
  });
}

interface Fault {
  readonly expected: string;
  readonly got: string;
  readonly todo: string;
}

function faultsIn(issue: z.core.$ZodIssue, value: unknown): Fault[] {
  const known = Object.keys(schema.shape);
  const [key] = issue.path.map(String);
  if (issue.code === 'unrecognized_keys' && key === undefined)
    return issue.keys.map((unknown) => {
      const meant = nearest(unknown, known);
      return {
        expected: `of keys only ${known.join(', ')}`,
        got: unknown,
        todo: meant === undefined ? 'remove it' : `write ${meant} instead, or remove it`,
      };
    });
  if (key === undefined)
    return [
      {
        expected: 'export default defineConfig({ ... })',
        got: `a default export that is ${shown(value)}`,
        todo: "import { defineConfig } from 'spillover/config' and export what it gives",
      },
    ];
  const takes = TAKES[key] ?? 'a path';
  const got = `${issue.path.join('.')}: ${shown(issue.path.reduce<unknown>(inside, value)) ?? 'a function'}`;
  return [{ expected: `${key}: ${takes}`, got, todo: `give ${key} ${takes}, or leave it out` }];
}

const inside = (value: unknown, key: PropertyKey): unknown =>
  (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key];

/** The ids that stand twice in a list, and seeds that do. */
function twice(config: z.infer<ReturnType<typeof schema.partial>>): Fault[] {
  return LISTS.flatMap((name) => {
    const ids = (config[name] ?? []).map(({ id }) => id);
    const again = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
    return again.map((id) => ({
      expected: `${name}: every id once`,
      got: `two of the id '${id}'`,
      todo: `give one of them another id, or leave it out of ${name}`,
    }));
  });
}
