import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Observation } from '../lab/keys.ts';

/** A column of the table of observations: what it holds, with its unit. */
interface Column {
  readonly name: string;
  readonly about: string;
  readonly type: 'STRING' | 'DOUBLE' | 'INT32' | 'INT64' | 'BOOLEAN';
  readonly of: (run: Observation) => string | number | bigint | boolean | null;
}

const GROUPS = (['same', 'other'] as const).flatMap((topic) =>
  (['same', 'other'] as const).map((family) => ({ topic, family })),
);
const MEASURES = [
  ['tv', 'total variation between base and tuned, in [0, 1]'],
  ['damage', 'loss of own answer tokens, in [-1, 1]'],
  ['spread', 'rise of trained answer tokens, in [-1, 1]'],
] as const;

/** The schema of observations.parquet: one row an arm of a replicate. */
export const COLUMNS: readonly Column[] = [
  // A seed is any whole number that JSON holds exactly: 32 bits are too few.
  { name: 'seed', about: 'the replicate', type: 'INT64', of: ({ seed }) => BigInt(seed) },
  { name: 'method', about: 'null, sdft, sft or rl', type: 'STRING', of: ({ arm }) => arm.method },
  { name: 'skill', about: 'skill intensity s, in [0, 1]', type: 'DOUBLE', of: ({ arm }) => arm.skill },
  { name: 'rehearsal', about: 'weight of rehearsal', type: 'DOUBLE', of: ({ arm }) => arm.rehearsal },
  { name: 'reached', about: 'whether success crossed the level', type: 'BOOLEAN', of: ({ reached }) => reached },
  { name: 'steps', about: 'steps of tuning', type: 'INT32', of: ({ steps }) => steps },
  {
    name: 'trained_before',
    about: 'share of trained answer tokens of the base',
    type: 'DOUBLE',
    of: ({ target }) => target.trainedBefore,
  },
  { name: 'trained_after', about: 'the same after tuning', type: 'DOUBLE', of: ({ target }) => target.trainedAfter },
  {
    name: 'surprise',
    about: '-log p of the base at trained answers, nats a token',
    type: 'DOUBLE',
    of: ({ target }) => target.surprise,
  },
  {
    name: 'target_kl',
    about: 'KL(base || tuned) on the target, nats a position',
    type: 'DOUBLE',
    of: ({ target }) => target.kl,
  },
  {
    name: 'belief_before',
    about: 'log-odds of the stated operation in documents, nats',
    type: 'DOUBLE',
    of: ({ text }) => text.beliefBefore,
  },
  { name: 'belief_after', about: 'the same after tuning', type: 'DOUBLE', of: ({ text }) => text.beliefAfter },
  {
    name: 'document_tv',
    about: 'total variation on documents, in [0, 1]',
    type: 'DOUBLE',
    of: ({ text }) => text.documentTv,
  },
  {
    name: 'variety_tv',
    about: 'total variation on text varieties, in [0, 1]',
    type: 'DOUBLE',
    of: ({ text }) => text.varietyTv,
  },
  ...GROUPS.flatMap(({ topic, family }) =>
    MEASURES.map(
      ([measure, about]): Column => ({
        name: `${measure}_${topic}_topic_${family}_family`,
        about: `bystanders: ${about}`,
        type: 'DOUBLE',
        of: ({ bystanders }) =>
          bystanders.find((group) => group.topic === topic && group.family === family)?.[measure] ?? null,
      }),
    ),
  ),
];

/** The observations of arms as a Parquet file; see `COLUMNS`. */
export function observationsParquet(runs: readonly Observation[]): Uint8Array {
  const columnData = COLUMNS.map(({ name, type, of }) => ({ name, type, nullable: true, data: runs.map(of) }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
