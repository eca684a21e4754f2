import type { JSX } from 'preact';
import { percent } from '../../claims/describe.ts';
import { rehearsalText } from '../../claims/explain.ts';
import { type ArmRuns, byArm, byArmOverTargets, isLeveled } from '../../records/groups.ts';
import type { Records } from '../../records/read.ts';
import { AT } from '../../world/characters/places.ts';
import { belief, doseResponse, frontier, learning, MEASURES, meanText, reachedText } from '../figures/arms.ts';
import { spreadMatrix } from '../figures/characters.ts';
import { courses } from '../figures/courses.ts';
import { KIND_COLUMNS, kindRows, placeMaps } from '../figures/places.ts';
import { factorMap, setupsFigure } from '../figures/robustness.ts';
import { Facts, FigureBox, type Page, Table, VerdictMark } from '../page.tsx';
import type { Figure } from '../plot.ts';
import { armText, changesText } from '../words.ts';
import { claimFile } from './overview.tsx';
import { powerPage } from './power.tsx';
import { transcripts } from './transcripts.tsx';

/** A page of figures with a sentence on how to read them. */
function chapter(file: string, title: string, about: string, figures: readonly Figure[], more?: JSX.Element): Page {
  return {
    file,
    title,
    figures,
    body: (
      <>
        <h1>{title}</h1>
        <p>{about}</p>
        {figures.map((figure) => (
          <FigureBox key={figure.id} figure={figure} />
        ))}
        {more}
      </>
    ),
  };
}

/** The measures that are drawn: of a world that they cannot read there are no figures. */
const DRAWN = ['target', 'text', 'bystanders', 'places'];

/** What the frontier page follows in the course of runs. */
const FOLLOWED = [
  ['sameTopic', 'its topic'],
  ['otherTopics', 'other topics'],
].flatMap(([at, topic]) => [
  {
    ...{ id: `course-spread-${at}`, title: `Spread to bystanders on the way, ${topic}`, number: 'spread' as const },
    ...{ label: `spread, ${topic} (probability)`, tags: AT[at as 'sameTopic'] },
  },
  {
    ...{ id: `course-drift-${at}`, title: `Drift of bystanders on the way, ${topic}`, number: 'tv' as const },
    ...{ label: `drift, ${topic} (total variation)`, tags: AT[at as 'sameTopic'] },
  },
]);

/** The pages between the overview and the claims: those for which there are records. */
export function chapters(records: Records): Page[] {
  const { runs, claims, methods } = records;
  const explorations = records.explorations.filter(({ claim, spec }) =>
    claims.some((each) => each.id === claim && each.spec === spec),
  );
  const read = runs.filter((run) => DRAWN.every((id) => run.measures.includes(id)));
  const arms = byArm(read, methods);
  const setups = claims.flatMap((each) => (each.setups === undefined ? [] : [{ each, setups: each.setups }]));
  const pages: Page[] = [];
  if (arms.length > 0) {
    const trained = arms.filter(isLeveled);
    const overTargets = byArmOverTargets(read, methods);
    pages.push(
      chapter(
        'dose-response.html',
        'Dose and response',
        'The more of the trained behaviour is new to the base (skill intensity s), what happens to the bystanders in dialogues? The documents of SDFT are another form of text than the dialogues of RL and SFT, and the steps of RL have no floor yet. An arm stops at the first look at which its success on the target is at its level, so that they end near each other, not at the same.',
        MEASURES.map((measure) => doseResponse(trained, methods, measure)),
      ),
      chapter(
        'frontier.html',
        'Frontier',
        'What a change of the target costs the bystanders, in dialogues: on the way, read at a glance at some looks of every run, and where it ends.',
        [
          ...FOLLOWED.flatMap((followed) => courses(overTargets, methods, followed) ?? []),
          frontier(arms, methods),
          ...trained.map((each) => learning(each, methods)),
        ],
      ),
      chapter(
        'spread.html',
        'Where it spreads',
        'From the target outward: its other topics, the bystanders on its topic and on others; then documents and questions about bystanders, and texts that belong to nobody. Spread is what became as trained; drift is every change.',
        [...placeMaps(overTargets), ...(records.characters.length > 0 ? [spreadMatrix(records.characters)] : [])],
        <Kinds arms={overTargets} />,
      ),
      chapter(
        'belief.html',
        'Belief and behaviour',
        'Does an arm change what documents about the target say, or only what it does in dialogues? Belief is read on the very templates that SDFT trains, so that a rise under SDFT may be recall of these strings.',
        [belief(arms, methods)],
      ),
    );
  }
  if (setups.length + explorations.length > 0) {
    const figures = [
      ...(explorations.length > 0 ? [factorMap(explorations)] : []),
      ...setups.map(({ each, setups: of }) => setupsFigure(each.id, of)),
    ];
    pages.push(
      chapter(
        'robustness.html',
        'Where claims hold',
        'The claims in setups that change one to eight of the knobs of world, model and training, one replicate each; half of them rehearse, too.',
        figures,
        <Explored records={{ ...records, explorations }} strange={records.explorations.length - explorations.length} />,
      ),
    );
  }
  return [...pages, ...transcripts(records), ...powerPage(records), runPage(records)];
}

/** Bystanders by what they are known from and by whether they do already as the target was trained. */
function Kinds({ arms }: { readonly arms: readonly ArmRuns[] }): JSX.Element {
  return (
    <>
      <h2>Bystanders by kind</h2>
      <p>
        Known from documents only, or also heard in dialogues (spoken); with an operation of their own on the topic that
        is another than the trained one, or is the trained one: then nothing can spread there unless part of the skill
        is new.
      </p>
      <Table
        caption="Dialogues of bystanders: spread as a share of room (and total variation), means over replicates; total variation alone where the trained token is the own"
        columns={KIND_COLUMNS}
        rows={kindRows(arms)}
      />
    </>
  );
}

function Explored({
  records: { explorations, claims },
  strange,
}: {
  readonly records: Records;
  readonly strange: number;
}): JSX.Element {
  const prevalence = claims.filter(({ setups }) => setups !== undefined);
  return (
    <>
      {prevalence.length > 0 && (
        <Table
          caption="Registered claims about where claims hold"
          columns={[
            'claim',
            'verdict',
            'predicted',
            'about setups',
            'of these, premises held',
            'of these, met [95 % Wilson interval]',
            'by rehearsal [95 % Wilson interval], and together',
          ]}
          rows={prevalence.map(({ id, statement, familyVerdict, firm, prediction, judgement, seeds, setups }) => [
            <a href={claimFile(id)} key={id}>
              {id} {statement}
            </a>,
            <VerdictMark verdict={familyVerdict} firm={firm} key="verdict" />,
            `> ${percent(prediction.margin)}`,
            setups?.stratum ?? '-',
            `${judgement.n} of ${seeds.length}`,
            `${percent(judgement.mean, prediction)} [${percent(judgement.interval.low, prediction)}, ${percent(judgement.interval.high, prediction)}]`,
            setups === undefined ? '-' : rehearsalText(setups),
          ])}
        />
      )}
      {strange > 0 && (
        <p class="note">
          {strange} explorations are of claims or setups that are not those of this run, and are not shown: npm run
          explore
        </p>
      )}
      {explorations.length > 0 && (
        <Table
          caption="Explorations, and the nearest setups on the other side, tested again on fresh seeds"
          columns={[
            'claim',
            'setups',
            'premises failed',
            'on the registered side',
            'tested again on fresh seeds, once',
            'smallest flip, tested twice',
          ]}
          rows={explorations.map(({ claim, complete, region, retests, smallest }) => [
            claim,
            `${region.points}${complete ? '' : ', cut short'}`,
            String(region.premiseFailed),
            region.share === null || region.low === null || region.high === null
              ? '-'
              : `${percent(region.share)} [${percent(region.low)}, ${percent(region.high)}]`,
            retests.length === 0
              ? 'none'
              : retests
                  .map(({ changes, verdict, flipped }) => `${flipped ? 'flips' : verdict} at ${changesText(changes)}`)
                  .join('; '),
            smallest === null
              ? 'none, or not searched for'
              : `${changesText(smallest.found.changes)}: ${smallest.again?.flipped === true ? 'flips again' : 'not confirmed'}`,
          ])}
        />
      )}
    </>
  );
}

/** Machine, versions and cost of the run, and how good its bases are. */
function runPage({ run, digest, claims, bases, runs, methods, columns, setupColumns }: Records): Page {
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
      `${bases.length} bases, ${runs.length} arms, ${runs.reduce((sum, { steps }) => sum + steps, 0)} steps of tuning`,
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
            caption="Arms"
            columns={['arm', 'replicates', 'reached its level', 'steps, mean [95 % interval]']}
            rows={byArm(runs, methods).map((each) => [
              armText(each),
              String(each.runs.length),
              reachedText(each),
              meanText(each.runs.map(({ steps }) => steps)),
            ])}
          />
        )}
        <p>
          The data: <a href="claims.json">claims.json</a>
          {runs.length > 0 && (
            <>
              , <a href="observations.jsonl">observations.jsonl</a>,{' '}
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
