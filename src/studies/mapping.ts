import { dirname } from 'node:path';
import { z } from 'zod';
import { readJsonAs } from '../core/json-file.ts';
import { IMPORT, ROLES, studySchema } from './format.ts';
import { GUIDE } from './guide.ts';

/** Name and version of the files that say what logs are of. */
export const MAPPING = 'spillover.mapping/1';

const scalar = z.union([z.string(), z.number()]);
/** A constant, or the column of a table that it stands in. */
const field = z.union([scalar, z.strictObject({ column: z.string().min(1) })]);

/** Fields of a row: what logs do not say, or say under another name. */
const row = z.strictObject({
  ...{ replicate: field.optional(), arm: field.optional(), character: field.optional(), probe: field.optional() },
  ...{ metric: field.optional(), base: field.optional(), step: field.optional(), temperature: field.optional() },
  ...{ n: field.optional(), k: field.optional(), excluded: field.optional(), pointer: field.optional() },
  ...{ trainingSeed: field.optional(), samplingSeed: field.optional() },
});
export type RowFields = z.infer<typeof row>;

/** Fields with their seeds where a row of a study has them. */
export function withSeeds<Field>({
  trainingSeed,
  samplingSeed,
  ...rest
}: Readonly<Record<string, Field | undefined>>): Readonly<Record<string, unknown>> {
  const seeds = {
    ...(trainingSeed !== undefined && { training: trainingSeed }),
    ...(samplingSeed !== undefined && { sampling: samplingSeed }),
  };
  return { ...rest, ...(Object.keys(seeds).length > 0 && { seeds }) };
}

const input = z.strictObject({
  /** From the folder of the mapping file. */
  file: z.string().min(1),
  row: row.optional(),
  /** Of a table: the columns that hold numbers, each with fields of its own. */
  values: z
    .array(row.extend({ column: z.string().min(1) }))
    .min(1)
    .optional(),
  /** Of logs: the metrics that are taken, all where absent. */
  metrics: z.array(z.string().min(1)).min(1).optional(),
});
export type MappedInput = z.infer<typeof input>;

const mapping = z.strictObject({
  format: z.literal(MAPPING),
  /** What `study.json` will say; metrics, probes and characters that are not in it are filled in as far as logs tell them. */
  study: studySchema.omit({ format: true }).partial({ metrics: true, probes: true, characters: true }),
  /** Of characters that rows name and `study` does not. */
  characterRole: z.enum(ROLES).optional(),
  inputs: z.array(input).min(1),
});
export interface Mapping extends z.infer<typeof mapping> {
  /** Where its files are looked for. */
  readonly folder: string;
}

/** A mapping file. Throws `InputError` where it cannot be read or is none. */
export function readMapping(path: string): Mapping {
  const read = readJsonAs(
    path,
    mapping,
    `a mapping of the format ${MAPPING}`,
    `correct it; ${GUIDE} has one for each tool (${IMPORT})`,
  );
  return { ...read, folder: dirname(path) };
}
