import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Judged } from '../claims/gate.ts';
import { type Registry, readRegistry } from '../claims/registry.ts';
import { InputError } from '../core/errors.ts';
import { readJsonAs } from '../core/json-file.ts';
import type { BaseObservation, Observation } from '../lab/keys.ts';
import type { ArmCharacters } from './characters.ts';
import { armOrder } from './groups.ts';
import { type ClaimsFile, FORMAT, type RunFacts } from './latest.ts';

/** The part of an exploration's file that the report shows; see `npm run explore`. */
export interface Exploration {
  readonly claim: string;
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
}

/** Everything that a report shows, read from one folder and the registry. */
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
const claim = z.looseObject({
  ...{ id: text.regex(/^[A-Za-z0-9-]+$/), statement: text, estimand: text, unit: text, file: text },
  family: z.enum(['confirmatory', 'premise', 'exploratory', 'prevalence']),
  prediction: z.looseObject({ kind: z.enum(['greater', 'less', 'equivalent']), margin: number }),
  ...{ profile: text, engine: text, devices: z.array(text), seeds: z.array(number), values: z.array(number) },
  judgement: z.looseObject({ verdict: text, mean: number, sd: number, interval, minimumDetectable: number }),
  ...{ familyVerdict: text, premiseFailures: z.array(number), premiseAllowance: number },
});
const claimsFile = z.looseObject({
  format: z.literal(FORMAT),
  run: z.looseObject({ when: text, commit: text, node: text, system: text, processor: text, cores: number }),
  ...{ digest: text, partial: z.boolean(), problems: z.array(text), notes: z.array(text), claims: z.array(claim) },
});
const arm = z.looseObject({ method: z.enum(['null', 'sdft', 'sft', 'rl']), skill: number, rehearsal: number });
const observation = z.looseObject({
  ...{ seed: number, arm, reached: z.boolean(), steps: number },
  trajectory: z.array(z.looseObject({ step: number, success: number, loss: number.nullable() })),
  target: z.looseObject({ trainedBefore: number, trainedAfter: number, kl: number, surprise: number }),
  text: z.looseObject({ beliefBefore: number, beliefAfter: number, documentTv: number, varietyTv: number }),
  transcript: z
    .array(
      z.looseObject({
        who: z.enum(['target', 'same family', 'other family']),
        prompt: text,
        before: text,
        after: text,
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
const share = number.nullable();
const exploration = z.looseObject({
  claim: text,
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
});

const AGAIN = 'write the records again: npm run reproduce';

/**
 * The records of a folder such as `reports/latest`, with the registry. Throws `InputError` where there are none, where a file
 * is of another version or damaged, and on a number that is not finite.
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
      .filter((name) => /^explore-.*\.json$/.test(name))
      .sort()
      .map((name) => readExploration(join(folder, name))),
    registry: readRegistry(),
  };
}

function readExploration(path: string): Exploration {
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
