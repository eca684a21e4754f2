import type { JSX } from 'preact';
import { percent, three } from '../../claims/describe.ts';
import { analysisOf } from '../../claims/power.ts';
import { POWER_COLUMNS, POWER_NOTES, powerRows } from '../../records/power-table.ts';
import type { Records } from '../../records/read.ts';
import { type VarianceShares, varianceShares } from '../../records/variance.ts';
import { type Page, Table } from '../page.tsx';
import { armText } from '../words.ts';
import { linked } from './linked.tsx';

/** How many replicates the claims need, where that was analysed, and where the variance of runs comes from, where arms were repeated. */
export function powerPage({
  claims,
  power,
  runs,
  methods,
}: Pick<Records, 'claims' | 'power' | 'runs' | 'methods'>): Page[] {
  const shares = varianceShares(
    runs.filter(({ measures }) => measures.includes('places')),
    methods,
  );
  if (power.length + shares.length === 0) return [];
  return [
    {
      file: 'power.html',
      title: 'Power',
      figures: [],
      body: (
        <>
          <h1>How many replicates a claim needs</h1>
          {power.length > 0 && <Analyses claims={claims} power={power} />}
          {shares.length > 0 && <Shares of={shares} />}
        </>
      ),
    },
  ];
}

function Analyses({ claims, power }: Pick<Records, 'claims' | 'power'>): JSX.Element {
  const shown = claims.flatMap((each) => analysisOf(each, power) ?? []);
  const strange = power.filter((each) => !shown.includes(each)).map(({ claim }) => claim);
  return (
    <>
      {POWER_NOTES.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {shown.length > 0 && (
        <Table
          caption="Power analyses"
          columns={POWER_COLUMNS}
          rows={powerRows(shown).map(([claim = '', ...cells]) => [linked(claim, claims), ...cells])}
        />
      )}
      {strange.length > 0 && (
        <p class="note">
          Analyses of claims that are not those of this run, or of another form of them, are not shown:{' '}
          {linked(strange.join(', '), claims)}. Made again by npm run power.
        </p>
      )}
    </>
  );
}

function Shares({ of }: { readonly of: readonly VarianceShares[] }): JSX.Element {
  return (
    <>
      <h2>Where the variance of runs comes from</h2>
      <p>
        Arms that were run again on other draws say how much of the variance of a single run is that of its base, of its
        target within a base, and of the run itself. The variance of a mean over n replicates of T targets with R runs
        each is (base + target / T + run / (T R)) / n: more replicates divide all of it, more targets leave what the
        base gives, and more runs of one target only divide the last. So where the base gives most, more replicates are
        the only help; where target or run give most, further targets of a base, which cost no pretraining, help nearly
        as much. Components are estimated by the method of moments from few replicates, so the shares are rough; one
        below 0 counts as 0.
      </p>
      <Table
        caption="Shares of the variance of single runs, in percent of their sum"
        columns={['arm', 'number', 'base', 'target', 'run', 'sd of a run', 'n']}
        rows={of.map(({ number, base, target, run, sd, replicates, targets, runs, ...named }) => [
          ...[armText(named), number, percent(base), percent(target), percent(run), three(sd)],
          `${replicates} bases, ${targets} targets, ${runs} runs`,
        ])}
      />
    </>
  );
}
