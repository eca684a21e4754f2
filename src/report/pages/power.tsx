import { analysisOf } from '../../claims/power.ts';
import { POWER_COLUMNS, POWER_NOTES, powerRows } from '../../records/power-table.ts';
import type { Records } from '../../records/read.ts';
import { type Page, Table } from '../page.tsx';

/** How many replicates the claims need, where that was analysed. */
export function powerPage({ claims, power }: Pick<Records, 'claims' | 'power'>): Page[] {
  if (power.length === 0) return [];
  const shown = claims.flatMap((each) => analysisOf(each, power) ?? []);
  const strange = power.filter((each) => !shown.includes(each)).map(({ claim }) => claim);
  return [
    {
      file: 'power.html',
      title: 'Power',
      figures: [],
      body: (
        <>
          <h1>How many replicates a claim needs</h1>
          {POWER_NOTES.map((note) => (
            <p key={note}>{note}</p>
          ))}
          {shown.length > 0 && <Table caption="Power analyses" columns={POWER_COLUMNS} rows={powerRows(shown)} />}
          {strange.length > 0 && (
            <p class="note">
              Analyses of claims that are not those of this run, or of another form of them, are not shown:{' '}
              {strange.join(', ')}. Made again by npm run power.
            </p>
          )}
        </>
      ),
    },
  ];
}
