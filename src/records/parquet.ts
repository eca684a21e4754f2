import { parquetWriteBuffer } from 'hyparquet-writer';
import { canonical } from '../core/canonical.ts';
import type { Catalog } from '../lab/catalog.ts';
import type { Observation } from '../lab/keys.ts';
import { armName } from '../train/arm.ts';
import type { ColumnFacts } from './schema.ts';

/** A row of the table of observations: an arm of a replicate, in which setup where that is not the usual one. */
export type ObservedIn = Observation & { readonly setup?: string | undefined };

/** A column of a table, by default that of observations, and where its values come from in a row. */
export interface Column<Row = ObservedIn> extends ColumnFacts {
  readonly of: (row: Row) => string | number | bigint | boolean | null;
}

/**
 * The schema of observations.parquet, one row an arm of a replicate: what every arm is and took, then the columns of the
 * measures, empty where an arm was not read by one. Options are a column where an arm has some, and so are setups.
 */
export function columnsOf(
  { methods, measures }: Pick<Catalog, 'methods' | 'measures'>,
  runs: readonly ObservedIn[],
): Column[] {
  const used = methods.filter(({ id }) => runs.some(({ arm }) => arm.method === id)).map(({ id }) => id);
  const last = used.at(-1) ?? 'none';
  const ids = used.length < 2 ? last : `${used.slice(0, -1).join(', ')} or ${last}`;
  const options: Column = {
    name: 'options',
    about: 'options of the method as JSON, where they are not those by default',
    type: 'STRING',
    of: ({ arm }) => (arm.options === undefined ? null : canonical(arm.options)),
  };
  const setup: Column = {
    name: 'setup',
    about: 'the setup by its name; none where it is the one that claims are about that name none',
    type: 'STRING',
    of: (run) => run.setup ?? null,
  };
  return [
    // A seed is any whole number that JSON holds exactly: 32 bits are too few.
    { name: 'seed', about: 'the replicate', type: 'INT64', of: ({ seed }) => BigInt(seed) },
    ...(runs.some((run) => run.setup !== undefined) ? [setup] : []),
    { name: 'method', about: ids, type: 'STRING', of: ({ arm }) => arm.method },
    { name: 'skill', about: 'skill intensity s, in [0, 1]', type: 'DOUBLE', of: ({ arm }) => arm.skill },
    { name: 'rehearsal', about: 'weight of rehearsal', type: 'DOUBLE', of: ({ arm }) => arm.rehearsal },
    ...(runs.some(({ arm }) => arm.options !== undefined) ? [options] : []),
    { name: 'target', about: 'which target of the base, from 0', type: 'INT32', of: ({ arm }) => arm.target ?? 0 },
    { name: 'again', about: 'which repetition of the run, from 0', type: 'INT32', of: ({ arm }) => arm.again ?? 0 },
    {
      ...{ name: 'after', type: 'STRING' },
      about: 'the arm at whose end it started, by its name; none where it started at the base',
      of: ({ arm }) => (arm.after === undefined ? null : armName(arm.after)),
    },
    { name: 'reached', about: 'whether success crossed the level', type: 'BOOLEAN', of: ({ reached }) => reached },
    { name: 'steps', about: 'steps of tuning', type: 'INT32', of: ({ steps }) => steps },
    ...measures.flatMap(({ id, columns = [] }) =>
      columns.map(
        ({ name, about, of }): Column => ({
          ...{ name, about, type: 'DOUBLE' },
          of: (run) => {
            const reading = new Map<string, unknown>(Object.entries(run)).get(id);
            return reading === undefined ? null : of(reading);
          },
        }),
      ),
    ),
  ];
}

/** What is told of columns, without where their values come from. */
export const columnFacts = (columns: readonly ColumnFacts[]): ColumnFacts[] =>
  columns.map(({ name, about, type }) => ({ name, about, type }));

/** Rows as a Parquet file with these columns. */
export function parquetOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Uint8Array {
  const columnData = columns.map(({ name, type, of }) => ({ name, type, nullable: true, data: rows.map(of) }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
