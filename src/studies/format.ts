import { z } from 'zod';

/** Name and version of the format that records of others are brought in. */
export const IMPORT = 'spillover.import/1';

/** The files of a study's folder: what it is, one number a row, and where they are known the answers to single items. */
export const FILES = { study: 'study.json', observations: 'observations.jsonl', items: 'items.jsonl' } as const;

/**
 * What a replicate is. pretraining: a network trained from scratch; finetune: a training run from one base; checkpoint: a state of
 * one run; persona: a character of one checkpoint; item: a question to one checkpoint.
 */
export const UNITS = ['pretraining', 'finetune', 'checkpoint', 'persona', 'item'] as const;
/** What a replicate of a study is, see `UNITS`. */
export type Unit = (typeof UNITS)[number];

export const ROLES = ['target', 'bystander', 'variety'] as const;
/** What a character is to the training: its target, another character, or a kind of text that is nobody's. */
export type Role = (typeof ROLES)[number];

/** No control characters, which a terminal would obey, and which could make a line of their own. */
const PRINTED = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u;
const text = z.string().trim().min(1).max(4000).regex(PRINTED, 'text without control characters');
/** What is shown and looked up: nothing that every object has. */
const name = z
  .string()
  .min(1)
  .max(200)
  .regex(PRINTED, 'a name without control characters')
  .regex(/^\S(.*\S)?$/u, 'a name without white space at its ends')
  .regex(/^(?!(__proto__|constructor|prototype)$)/, 'a name that is no property of every object');
const orNone = <Of extends z.ZodType>(of: Of) => of.nullish();
const count = z.int().min(0);

const arm = z.strictObject({
  about: orNone(text),
  /** How it was trained; null where nothing was: a condition, such as another prompt. */
  method: name.nullable(),
  /** The network that it started from, or that was asked. */
  base: name,
  content: orNone(text),
  skill: orNone(z.number()),
  rehearsal: orNone(z.number()),
  steps: orNone(count),
  adapter: orNone(text),
  stop: orNone(text),
  /** What the training did to its target, where no row says it, in the unit of what is read elsewhere. */
  targetEffect: orNone(z.number()),
});

/** `study.json`: where numbers come from, and what they are numbers of. */
export const studySchema = z.strictObject({
  format: z.literal(IMPORT),
  title: text,
  source: z
    .strictObject({
      name: text,
      url: orNone(z.url()),
      commit: orNone(z.string().regex(/^[0-9a-f]{7,64}$/, 'a commit in hexadecimal digits')),
      /** Of the file that the numbers were taken from. */
      digest: orNone(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 hexadecimal digits')),
      licence: text,
      citation: orNone(text),
    })
    .refine(
      ({ commit, digest }) => (commit ?? digest ?? null) !== null,
      'a commit or a digest: which state of the source',
    ),
  replication: z.strictObject({
    unit: z.enum(UNITS),
    /** The network that personas, items or checkpoints are of. */
    of: orNone(text),
    /** What a replicate has in common in every arm, such as `seed` or `persona`; null where arms are independent. */
    pairedBy: name.nullable(),
    /** How many training runs with seeds of their own stand behind an arm, at most. */
    trainingSeeds: count,
  }),
  arms: z.record(name, arm),
  characters: z.record(
    name,
    z.strictObject({ role: z.enum(ROLES), similarity: orNone(z.number()), about: orNone(text) }),
  ),
  probes: z.record(name, z.strictObject({ about: text, items: orNone(z.string().min(8).max(200)), n: orNone(count) })),
  metrics: z.record(
    name,
    z
      .strictObject({
        about: text,
        /** For example `share` or `nats`. */
        unit: name,
        /** The lowest and the highest value that it can have, 0 and 1 of a share; null where it has no end. */
        range: z
          .tuple([z.number(), z.number()])
          .refine(([low, high]) => low < high, 'the lowest value first, then a higher one')
          .nullable(),
      })
      .refine(
        ({ unit, range }) => unit !== 'share' || (range?.[0] === 0 && range[1] === 1),
        'a share has the range [0, 1]',
      ),
  ),
  /** Who or what scored the answers; null where that is exact. */
  judge: z.strictObject({ kind: name, name: orNone(name), about: orNone(text) }).nullable(),
  /** What must hold for the numbers to mean something, and whether it did; null where that is not known. */
  premises: z.array(z.strictObject({ text, met: z.boolean().nullable() })),
  published: z.array(
    z.strictObject({
      statement: text,
      conclusion: text,
      where: text,
      estimate: orNone(z.number()),
      low: orNone(z.number()),
      high: orNone(z.number()),
    }),
  ),
  notes: orNone(z.array(text)),
});
export type StudyFacts = z.infer<typeof studySchema>;

/** A row of `observations.jsonl`: one number. */
export const observationSchema = z.strictObject({
  replicate: name,
  arm: name,
  character: name,
  probe: name,
  metric: name,
  value: z.number(),
  base: orNone(name),
  step: orNone(count),
  /** Trials behind the value, hits among them, and answers that were left out beside them. */
  n: orNone(z.int().min(1)),
  k: orNone(count),
  excluded: orNone(count),
  /** Hash of the items behind the value, the same for the same items in every arm; that of its probe where absent. */
  items: orNone(z.string().min(8).max(200)),
  seeds: orNone(z.strictObject({ training: orNone(z.int()), sampling: orNone(z.int()) })),
  temperature: orNone(z.number().min(0)),
  /** Where the number stands in the source. */
  pointer: orNone(z.string().max(1000)),
  /** That of the study; another one is refused. */
  unit: orNone(z.enum(UNITS)),
});
export type Observation = z.infer<typeof observationSchema>;

/** A row of `items.jsonl`: the answer to one item, or one of several samples of it. */
export const itemSchema = z.strictObject({
  replicate: name,
  arm: name,
  character: name,
  probe: name,
  metric: name,
  /** The same for the same question in every arm, such as the hash of its text. */
  item: z.string().min(1).max(200),
  sample: orNone(count),
  /** Null where the answer was left out. */
  value: z.number().nullable(),
  step: orNone(count),
  pointer: orNone(z.string().max(1000)),
});
export type Item = z.infer<typeof itemSchema>;

/** JSON Schema (draft 2020-12) of the three files. */
export const importJsonSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: IMPORT,
  $defs: Object.fromEntries(
    Object.entries({ study: studySchema, observation: observationSchema, item: itemSchema }).map(([key, schema]) => {
      const { $schema: _, ...definition } = z.toJSONSchema(schema);
      return [key, definition];
    }),
  ),
});
