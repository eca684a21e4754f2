import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { alike } from '../claims/judging.ts';
import { VERDICTS } from '../claims/prediction.ts';
import { InputError } from '../core/errors.ts';
import { readJsonAs } from '../core/json-file.ts';
import { writeSynced } from '../core/whole-file.ts';
import type { Reads } from '../studies/answer.ts';
import { compareArms } from '../studies/compare.ts';
import type { ArmNumbers, ImportedEvidence, ImportedJudgement } from '../studies/evidence.ts';
import { ROLES, studySchema } from '../studies/format.ts';
import { sentenceOf } from '../studies/sentence.ts';
import { DESIGNS } from '../studies/spec.ts';
import { AGAIN, type Fields, predictionSchema, writable } from './schema.ts';

/** The claims about the records of others in the folder of a run. */
export const IMPORTED = 'imported.json';

/** What a run says of them. */
export interface ImportedFile {
  readonly format: 1;
  readonly claims: readonly ImportedEvidence[];
  /** What keeps them from being as registered. */
  readonly problems: readonly string[];
}

const [text, number, texts] = [z.string(), z.number(), z.array(z.string())];
const orNone = number.nullable();
const interval = z.strictObject({ low: number, high: number, level: number });
const judgement: z.ZodType<ImportedJudgement> = z.strictObject({
  ...{ verdict: z.enum(VERDICTS), estimate: number, interval, equivalenceInterval: interval.nullable() },
  ...{ p: number, signFlipP: orNone, effectSize: orNone, minimumDetectable: number, warning: text.nullable() },
} satisfies Fields<ImportedJudgement>);
const arm: z.ZodType<ArmNumbers> = z.strictObject({
  ...{
    name: text,
    arm: text,
    replicates: texts,
    values: z.array(number),
    excluded: orNone,
    mostExcluded: orNone,
    targetEffect: orNone,
  },
  counts: z.strictObject({ k: number, n: number, effective: number, clusters: orNone }).nullable(),
} satisfies Fields<ArmNumbers>);
const reads: z.ZodType<Reads> = z.strictObject({
  ...{ metric: text, characters: z.union([z.enum(ROLES), texts]).exactOptional() },
  ...{ probes: texts.exactOptional(), step: z.int().exactOptional() },
} satisfies Fields<Reads>);
const claim: z.ZodType<ImportedEvidence> = z.strictObject({
  ...{ id: text.regex(/^[A-Za-z0-9-]+$/), statement: text, estimand: text, unit: text, mind: texts.exactOptional() },
  ...{
    prediction: predictionSchema,
    design: z.enum(DESIGNS),
    reads,
    file: text,
    study: text,
    studyDigest: text,
    spec: text,
  },
  facts: studySchema.pick({ title: true, source: true, replication: true, judge: true, published: true }),
  ...{ arms: z.array(arm), available: z.int(), values: z.array(number), judgement, differs: texts, warnings: texts },
  premises: z.array(z.strictObject({ text, met: z.boolean().nullable() })),
  sentence: text,
} satisfies Fields<ImportedEvidence>);
const schema: z.ZodType<ImportedFile> = z.strictObject({
  ...{ format: z.literal(1), claims: z.array(claim), problems: texts },
} satisfies Fields<ImportedFile>);

/** Writes what a run says of the records of others into the folder of its records; no file where it says nothing. */
export function writeImported(folder: string, claims: readonly ImportedEvidence[], problems: readonly string[]): void {
  if (claims.length === 0) return;
  const file = writable(schema, { format: 1, claims, problems }, IMPORTED);
  writeSynced(join(folder, IMPORTED), `${JSON.stringify(file, null, 2)}\n`);
}

/** What stands there; nothing where there is no file. Throws `InputError` where it is damaged, or its numbers do not give its verdicts. */
export function readImportedFile(folder: string): Omit<ImportedFile, 'format'> {
  const path = join(folder, IMPORTED);
  if (!existsSync(path)) return { claims: [], problems: [] };
  const file = readJsonAs(path, schema, 'the claims about the records of others', AGAIN);
  const edited = file.claims.filter((each) => {
    const failed = each.premises.some(({ met }) => met === false);
    return !alike(compareArms(each, failed), each.judgement) || sentenceOf(each) !== each.sentence;
  });
  if (edited.length === 0) return file;
  throw new InputError(`${path} was edited or damaged`, {
    expected: 'claims whose numbers give their verdicts',
    got: edited.map(({ id }) => id).join(', '),
    todo: AGAIN,
  });
}
