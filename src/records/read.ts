import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Judged, judgeFamily } from '../claims/gate.ts';
import { digestOf, evidenceFaults } from '../claims/judging.ts';
import type { Registry } from '../claims/registry.ts';
import { readRegistry } from '../claims/registry-file.ts';
import { FAMILIES } from '../claims/spec.ts';
import { VERDICTS } from '../claims/verdict.ts';
import { InputError } from '../core/errors.ts';
import { readJsonAs } from '../core/json-file.ts';
import type { BaseObservation, Observation } from '../lab/keys.ts';
import { PROFILES } from '../project/configuration.ts';
import type { ArmCharacters } from './characters.ts';
import { EXPLORATION } from './folder.ts';
import { armOrder } from './groups.ts';
import { type ClaimsFile, FORMAT, type RunFacts } from './latest.ts';
import { changedSince, readManifest } from './manifest.ts';

/** The part of an exploration's file that the report shows; see `npm run explore`. */
export interface Exploration {
  readonly claim: string;
  readonly spec: string;
  readonly complete: boolean;
  readonly region: {
    readonly points: number;
    readonly premiseFailed: number;
    readonly usable: number;
    readonly holds: number;
    readonly share: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly influences: readonly {
      readonly factor: string;
      readonly rho: number;
      readonly interval: { readonly low: number; readonly high: number };
      readonly clear: boolean;
    }[];
  };
  readonly retests: readonly {
    readonly changes: Readonly<Record<string, number>>;
    readonly verdict: string;
    readonly mean: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly flipped: boolean;
  }[];
  /** The smallest change that a search found to flip the verdict, and whether it did once more. */
  readonly smallest: {
    readonly found: { readonly changes: Readonly<Record<string, number>> };
    readonly again: { readonly flipped: boolean } | null;
  } | null;
}

/** Everything that a report shows, read from one folder. */
export interface Records {
  readonly run: RunFacts;
  readonly digest: string;
  readonly partial: boolean;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  readonly claims: readonly Judged[];
  readonly bases: readonly BaseObservation[];
  readonly runs: readonly Observation[];
  /** Bystander by bystander, of the first replicate. */
  readonly characters: readonly ArmCharacters[];
  readonly explorations: readonly Exploration[];
  readonly registry: Registry;
}

const text = z.string();
const number = z.number();
const interval = z.looseObject({ low: number, high: number });
const verdict = z.enum(VERDICTS);
const share = number.nullable();
const judgement = z.looseObject({
  ...{ verdict, n: z.int(), mean: number, sd: number, interval, equivalenceInterval: interval.nullable() },
  ...{
    pDecided: number,
    signFlipP: share,
    hedgesGz: share,
    bcaInterval: interval.nullable(),
    minimumDetectable: number,
    warning: text.nullable(),
  },
});
const outcome = z.looseObject({
  ...{ changes: z.record(text, number), seed: z.int(), value: share, premise: z.boolean(), counts: z.boolean() },
  fault: text.optional(),
});
const prediction = z.looseObject({ kind: z.enum(['greater', 'less', 'equivalent']), margin: number });
const setups = z.looseObject({
  ...{ of: text, rehearsal: number, side: prediction },
  outcomes: z.array(outcome),
});
const arm = z.looseObject({ method: z.enum(['null', 'sdft', 'sft', 'rl']), skill: number, rehearsal: number });
const claim = z
  .looseObject({
    ...{ id: text.regex(/^[A-Za-z0-9-]+$/), statement: text, estimand: text, unit: text, file: text, spec: text },
    ...{ family: z.enum(FAMILIES), files: z.array(text), mayFallShort: z.array(text), digest: text, drawn: text },
    ...{ prediction, judgement, familyVerdict: verdict, firm: z.boolean(), holmP: share, arms: z.record(text, arm) },
    ...{
      profile: z.enum(PROFILES),
      engine: text,
      devices: z.array(text),
      seeds: z.array(z.int()),
      values: z.array(number),
    },
    ...{ premiseFailures: z.array(z.int()), premiseAllowance: number, targetEffects: z.record(text, number) },
    censored: z.array(z.looseObject({ arm: text, seeds: z.array(z.int()) })),
    completeCases: z.looseObject({ n: z.int(), mean: number }).nullable(),
    setups: setups.optional(),
    mind: z.array(text).optional(),
  })
  .refine(
    ({ setups: of, seeds, values }) => of !== undefined || seeds.length === values.length,
    'a value for every seed',
  );
const claimsFile = z.looseObject({
  format: z.literal(FORMAT),
  run: z.looseObject({ when: text, commit: text, node: text, system: text, processor: text, cores: number }),
  ...{ digest: text, partial: z.boolean(), problems: z.array(text), notes: z.array(text) },
  claims: z.array(claim).refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'every claim once'),
});
const observation = z.looseObject({
  ...{ seed: number, arm, reached: z.boolean(), steps: number },
  trajectory: z.array(z.looseObject({ step: number, success: number, loss: number.nullable() })),
  target: z.looseObject({ trainedBefore: number, trainedAfter: number, kl: number, surprise: number }),
  text: z.looseObject({ beliefBefore: number, beliefAfter: number, documentTv: number, varietyTv: number }),
  transcript: z
    .array(
      z.looseObject({
        who: z.enum(['target', 'same family', 'other family']),
        sameTopic: z.boolean(),
        ...{ prompt: text, own: text, trained: text, before: text, after: text },
      }),
    )
    .optional(),
  bystanders: z.array(
    z.looseObject({
      topic: text,
      family: text,
      cells: number,
      tv: number,
      damage: number,
      spread: number,
      spreadCells: number,
    }),
  ),
});
const armCharacters = z.looseObject({
  ...{ seed: number, arm },
  characters: z
    .array(z.looseObject({ name: text, family: number, tv: number, spread: number, otherTopicsTv: number }))
    .min(1),
});
const base = z.looseObject({ seed: number, quality: z.record(text, number) });
const exploration = z.looseObject({
  ...{ claim: text, spec: text },
  complete: z.boolean(),
  region: z.looseObject({
    ...{ points: number, premiseFailed: number, usable: number, holds: number, share, low: share, high: share },
    influences: z.array(z.looseObject({ factor: text, rho: number, interval, clear: z.boolean() })),
  }),
  retests: z.array(
    z.looseObject({
      ...{ changes: z.record(text, number), verdict: text, mean: share, low: share, high: share },
      flipped: z.boolean(),
    }),
  ),
  smallest: z
    .looseObject({
      found: z.looseObject({ changes: z.record(text, number) }),
      again: z.looseObject({ flipped: z.boolean() }).nullable(),
    })
    .nullable(),
});

const AGAIN = 'write the records again: npm run reproduce';

/**
 * The records of a folder such as `reports/latest`, with the registry as it was then. Throws `InputError` where there are
 * none, where a file is of another version or damaged, and on a number that is not finite.
 */
export function readRecords(folder: string): Records {
  const path = join(folder, 'claims.json');
  if (!existsSync(path)) {
    throw new InputError(`there are no records in ${folder}`, {
      expected: 'claims.json of a run that came to its end',
      got: 'nothing',
      todo: AGAIN,
    });
  }
  const { run, digest, partial, problems, notes, claims } = readJsonAs(
    path,
    claimsFile,
    `the claims of a run, records of version ${FORMAT}`,
    AGAIN,
  ) as unknown as ClaimsFile;
  refuseEdited(path, { digest, partial, claims });
  const lines = linesOf<BaseObservation | Observation>(
    join(folder, 'observations.jsonl'),
    z.union([observation, base]),
    'the observation of a base or an arm',
  );
  return {
    ...{ run, digest, partial, problems, notes, claims },
    bases: lines.filter((line): line is BaseObservation => 'quality' in (line as object)),
    runs: lines.filter((line): line is Observation => 'arm' in (line as object)),
    characters: linesOf<ArmCharacters>(
      join(folder, 'characters.jsonl'),
      armCharacters,
      'the bystanders of an arm',
    ).toSorted((a, b) => armOrder(a.arm, b.arm)),
    explorations: readdirSync(folder)
      .filter((name) => EXPLORATION.test(name))
      .sort()
      .map((name) => readExploration(join(folder, name))),
    registry: readRegistry(join(folder, 'claims.lock.json')),
  };
}

/** Records that are not as the manifest of their folder has them; explorations come and go between runs. */
function changedRecords(folder: string): string[] {
  const manifest = readManifest(folder) ?? new Map<string, string>();
  return changedSince(folder, manifest).filter(
    (name) => /^[^/]*\.(json|jsonl|md)$/.test(name) && !EXPLORATION.test(name),
  );
}

/** Throws `InputError` where claims are not what their numbers give, or the digest is not theirs: somebody edited the file. */
function refuseEdited(
  path: string,
  { digest, partial, claims }: Pick<ClaimsFile, 'digest' | 'partial' | 'claims'>,
): void {
  const family = judgeFamily(claims, partial);
  const inFamily = claims.flatMap(({ id, familyVerdict, holmP, firm }, i) => {
    const given = family[i] as Judged;
    const same = given.familyVerdict === familyVerdict && given.holmP === holmP && given.firm === firm;
    return same ? [] : [`${id}: its verdict after Holm is not what the family gives`];
  });
  const faults = [
    ...claims.flatMap(evidenceFaults),
    ...inFamily,
    ...(digestOf(claims) === digest ? [] : ['the digest is not that of the claims']),
    ...changedRecords(dirname(path)).map((name) => `${name} is not as the run wrote it`),
  ];
  if (faults.length === 0) return;
  const expected = 'claims whose numbers give their verdicts and the digest';
  throw new InputError(`${path} was edited or damaged`, { expected, got: faults.join('; '), todo: AGAIN });
}

/** What an exploration wrote to a file. Throws `InputError` where it cannot be read or is of another version. */
export function readExploration(path: string): Exploration {
  const todo = 'remove it, or write it again: npm run explore';
  return readJsonAs(path, exploration, 'what an exploration wrote', todo) as unknown as Exploration;
}

/** The values in a file of one JSON value a line; none where there is no file. */
function linesOf<Line>(path: string, schema: z.ZodType, what: string): Line[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line, i) => {
    const parsed = schema.safeParse(jsonOrNothing(line));
    if (parsed.success) return parsed.data as Line;
    throw new InputError(`${path}, line ${i + 1}`, {
      expected: `${what}, as JSON, every number finite`,
      got: line.slice(0, 80),
      todo: AGAIN,
    });
  });
}

function jsonOrNothing(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
