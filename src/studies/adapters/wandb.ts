import { basename } from 'node:path';
import type { Adapter, LoggedRow } from './adapter.ts';
import { asLogged, noLog, numberOrNull, wants } from './json.ts';
import { parquetRows } from './parquet.ts';
import { linesOfTable } from './table.ts';

const EXPECTED = 'a history of W&B: Parquet of the run-history artifact, or CSV of run.history()';
const LOG = 'run history';

/** W&B: the history of a run, a row a step. It has no seed and no configuration: the mapping says them. */
export const wandb: Adapter = {
  id: 'wandb',
  about: 'W&B: the history of a run as Parquet (run-history artifact) or CSV (run.history())',
  async read(path, input) {
    if (path.endsWith('.wandb'))
      throw noLog(
        path,
        EXPECTED,
        'the binary log of an offline run',
        'sync the run (wandb sync), then export its history',
      );
    const table = path.endsWith('.parquet') ? await parquetRows(path) : csvRows(path);
    let without = 0;
    const rows = table.flatMap((each, i): LoggedRow[] => {
      const step = numberOrNull(each['_step']);
      if (step === null) throw noLog(path, EXPECTED, `no _step in row ${i + 1}`);
      return Object.entries(each).flatMap(([metric, logged]): LoggedRow[] => {
        if (metric === '' || metric.startsWith('_') || !wants(input, metric)) return [];
        const value = numberOrNull(logged);
        if (value === null) {
          if (typeof logged === 'number') without++;
          return [];
        }
        return [{ probe: LOG, metric, step, value, pointer: `${basename(path)}, row ${i + 1}` }];
      });
    });
    if (rows.length === 0) throw noLog(path, EXPECTED, 'no number that is asked for');
    return {
      rows,
      metrics: Object.fromEntries(rows.map(({ metric = '' }) => [metric, asLogged(metric, 'W&B')])),
      probes: { [LOG]: { about: 'what the run logged at a step' } },
      ...(without > 0 && {
        notes: [`${basename(path)}: ${without} values that are no numbers (NaN or infinite) were left out`],
      }),
    };
  },
};

/** Rows of a CSV history; an empty cell was not logged, or is NaN: CSV does not tell. */
const csvRows = (path: string): Record<string, unknown>[] =>
  linesOfTable(path).map(({ table }) =>
    Object.fromEntries(Object.entries(table).map(([name, text]) => [name, text === '' ? null : Number(text)])),
  );
