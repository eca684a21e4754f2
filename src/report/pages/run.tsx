import type { JSX } from 'preact';
import { byArmOverTargets, perReplicate } from '../../records/groups.ts';
import type { Records } from '../../records/read.ts';
import { meanText, reachedText, replicatesOf } from '../figures/arms.ts';
import { Facts, type Page, Table } from '../page.tsx';
import { armText } from '../words.ts';

/** Machine, versions and cost of the run, and how good its bases are. */
export function runPage({ run, digest, claims, bases, runs, methods, columns, setupColumns }: Records): Page {
  const [first] = claims;
  const qualities = Object.keys(bases[0]?.quality ?? {}).sort() as (keyof (typeof bases)[number]['quality'])[];
  const facts = [
    ['Judged at', run.when],
    ['Commit', run.commit || 'not known'],
    ['Profile', first?.profile ?? '-'],
    ['Engine', first === undefined ? '-' : `${first.engine}: ${first.devices.join('; ')}`],
    ['Judged on', `Node ${run.node}, ${run.system}, ${run.processor}, ${run.cores} cores`],
    ['Digest of the estimates', digest],
    [
      'Trained',
      `${bases.length} bases, ${runs.length} runs of ${byArmOverTargets(runs, methods).length} arms, ${runs.reduce((sum, { steps }) => sum + steps, 0)} steps of tuning`,
    ],
  ] as const;
  return {
    file: 'run.html',
    title: 'The run',
    figures: [],
    body: (
      <>
        <h1>The run</h1>
        <Facts facts={facts} />
        {qualities.length > 0 && (
          <Table
            caption="What the bases know, over replicates"
            columns={['measure', 'mean [95 % interval]']}
            rows={qualities.map((name) => [name, meanText(bases.map(({ quality }) => quality[name]))])}
          />
        )}
        {runs.length > 0 && (
          <Table
            caption="Arms: a run each of every replicate and target"
            columns={['arm', 'replicates', 'runs', 'reached their level', 'steps, mean [95 % interval]']}
            rows={byArmOverTargets(runs, methods).map((each) => [
              ...[armText(each), String(replicatesOf(each)), String(each.runs.length), reachedText(each)],
              meanText(perReplicate(each.runs, ({ steps }) => steps)),
            ])}
          />
        )}
        <p>
          The data: <a href="claims.json">claims.json</a>
          {runs.length > 0 && (
            <>
              , <a href="observations.jsonl.gz">observations.jsonl.gz</a>,{' '}
              <a href="observations.parquet">observations.parquet</a>
            </>
          )}
          {setupColumns.length > 0 && (
            <>
              , <a href="setups.parquet">setups.parquet</a>
            </>
          )}
          .
        </p>
        {columns.length > 0 && (
          <Columns caption="Columns of observations.parquet, one row an arm of a replicate" columns={columns} />
        )}
        {setupColumns.length > 0 && (
          <Columns
            caption="Columns of setups.parquet, one row a changed setup and prevalence claim"
            columns={setupColumns}
          />
        )}
      </>
    ),
  };
}

/** What the columns of a Parquet file hold. */
function Columns({ caption, columns }: { readonly caption: string } & Pick<Records, 'columns'>): JSX.Element {
  return (
    <Table
      caption={caption}
      columns={['column', 'type', 'what it is']}
      rows={columns.map(({ name, type, about }) => [name, type, about])}
    />
  );
}
