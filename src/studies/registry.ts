import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { predictionText } from '../claims/describe.ts';
import { type Prediction, VERDICTS, type Verdict } from '../claims/prediction.ts';
import { canonical } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { readJsonAs } from '../core/json-file.ts';
import type { ImportedEvidence } from './evidence.ts';
import { UNITS, type Unit } from './format.ts';
import { DESIGNS, type Design } from './spec.ts';

/** What was registered of a claim about the records of others. */
export interface RegisteredImport {
  readonly spec: string;
  readonly content: {
    readonly statement: string;
    readonly estimand: string;
    readonly unit: string;
    readonly prediction: Prediction;
    readonly design: Design;
    readonly arms: Readonly<Record<string, string>>;
    readonly study: string;
    readonly replication: Unit;
  };
  readonly studyDigest: string;
  readonly verdict: Verdict;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Replicates of each arm. */
  readonly n: readonly number[];
  /** What was registered before under this id, oldest first. */
  readonly history?: readonly Omit<RegisteredImport, 'content' | 'history'>[] | undefined;
}

export type ImportedRegistry = Readonly<Record<string, RegisteredImport>>;

const numbers = {
  ...{ spec: z.string(), studyDigest: z.string(), verdict: z.enum(VERDICTS) },
  ...{ estimate: z.number(), low: z.number(), high: z.number(), n: z.array(z.int().min(1)) },
};
const schema = z.strictObject({
  format: z.literal(1),
  claims: z.record(
    z.string().regex(/^[A-Za-z0-9-]+$/),
    z.strictObject({
      ...numbers,
      content: z.strictObject({
        ...{ statement: z.string(), estimand: z.string(), unit: z.string(), study: z.string() },
        prediction: z.strictObject({ kind: z.enum(['greater', 'less', 'equivalent']), margin: z.number() }),
        ...{ design: z.enum(DESIGNS), arms: z.record(z.string(), z.string()), replication: z.enum(UNITS) },
      }),
      history: z.array(z.strictObject(numbers)).optional(),
    }),
  ),
});

/** The file of verdicts about the records of others, beside the registry. */
export const importedRegistryOf = ({ registry }: { readonly registry: string }): string =>
  join(dirname(registry), 'imported.lock.json');

/** What is registered in a file; nothing where there is none. Throws `InputError` where it is not what a registration writes. */
export function readImported(path: string): ImportedRegistry {
  if (!existsSync(path)) return {};
  const todo = `restore ${path} from version control, or remove it and register again`;
  const { claims } = readJsonAs(path, schema, 'the file that `npm run register` writes', todo);
  if (readFileSync(path, 'utf8') === importedText(claims)) return claims;
  throw new InputError(`${path} is not as it should be`, {
    expected: 'the text that `npm run register` writes',
    got: 'other text of the same meaning, for example a claim that stands twice',
    todo,
  });
}

export function importedText(registry: ImportedRegistry): string {
  const sorted = Object.fromEntries(Object.entries(registry).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ format: 1, claims: JSON.parse(canonical(sorted)) }, null, 2)}\n`;
}

/** What a registration writes of evidence, after what was registered before. */
export function entryOf(evidence: ImportedEvidence, before: RegisteredImport | undefined): RegisteredImport {
  const { statement, estimand, unit, prediction, design, arms, study, facts, spec, studyDigest, judgement } = evidence;
  const entry = {
    ...{ spec, studyDigest, verdict: judgement.verdict, estimate: judgement.estimate },
    ...{ low: judgement.interval.low, high: judgement.interval.high, n: arms.map(({ values }) => values.length) },
    content: {
      ...{ statement, estimand, unit, prediction, design, study, replication: facts.replication.unit },
      arms: Object.fromEntries(arms.map(({ name, arm }) => [name, arm])),
    },
  };
  if (before === undefined) return entry;
  const { content: _, history = [], ...was } = before;
  const all = was.spec === spec ? history : [...history, was];
  return { ...entry, ...(all.length > 0 && { history: all }) };
}

/** Why evidence is not what was registered, in a phrase; undefined where it is. */
export function differsFrom(evidence: ImportedEvidence, was: RegisteredImport | undefined): string | undefined {
  const { id, unit, prediction, judgement } = evidence;
  const todo = `npm run register -- --claim ${id}`;
  if (was === undefined) return `${id} is not registered: ${todo}`;
  const { history: _, ...is } = entryOf(evidence, undefined);
  const { history: __, ...registered } = was;
  if (is.spec !== registered.spec) {
    const keys = Object.keys(is.content) as (keyof RegisteredImport['content'])[];
    const said = keys
      .filter((key) => canonical(is.content[key]) !== canonical(registered.content[key]))
      .map((key) => (key === 'prediction' ? `prediction: ${predictionText(prediction, unit)}` : key));
    const study = is.studyDigest === registered.studyDigest ? [] : ["the study's files"];
    const what = [...said, ...study].join(', ') || 'the hypothesis file or the code that judges';
    return `${id} is not the claim that was registered (${what}): undo the change, or ${todo}`;
  }
  if (canonical(is) === canonical(registered)) return undefined;
  return `${id} is ${judgement.verdict} with ${judgement.estimate}, registered as ${was.verdict} with ${was.estimate}: the same files and code give other numbers here`;
}
