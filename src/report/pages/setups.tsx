import type { JSX } from 'preact';
import type { Judged } from '../../claims/gate.ts';
import { measures } from '../../measure/measures/index.ts';
import { driftAt, spreadAt } from '../../measure/observation.ts';
import { weightAt } from '../../measure/places.ts';
import { type ArmRuns, byArmOverTargets, perReplicate } from '../../records/groups.ts';
import type { ArmLine } from '../../records/lines.ts';
import { columnsOf } from '../../records/parquet.ts';
import type { OfSetup, Records } from '../../records/read.ts';
import { meanText, reachedText, replicatesOf } from '../figures/arms.ts';
import { courses } from '../figures/courses.ts';
import { worldFigure } from '../figures/world-picture.ts';
import { FigureBox, type Page, Table } from '../page.tsx';
import type { Figure } from '../plot.ts';
import { armText } from '../words.ts';
import { CLAIM_COLUMNS, claimCells } from './claim-cells.tsx';
import { ofGaming } from './gaming.tsx';
import type { OfKind } from './kinds.ts';
import { ofPlans } from './plans.tsx';
import { ofTexts } from './texts.tsx';

/** Measures whose numbers have a place of their own on these pages, or in figures. */
const SHOWN_ELSEWHERE = ['places'];

/** A page a setup other than that of the other pages: what its arms came to, and where. */
export const setupPages = (records: Records): Page[] =>
  records.elsewhere.map((setup) => setupPage(setup, records)).filter((page) => page !== undefined);

/** Kinds of world whose setups show more than all do. */
const KINDS: readonly OfKind[] = [ofPlans, ofGaming, ofTexts];

/** What a kind of world is called that shows no more than all do, and what is followed there. */
const CHARACTERS: Pick<OfKind, 'name' | 'followed'> = {
  name: 'characters',
  followed: { tags: ['dialogue', 'bystander'], name: 'bystanders' },
};

/** The kind of world of a setup, where it shows more than all do. */
const kindOf = ({ runs }: Pick<OfSetup, 'runs'>): OfKind | undefined =>
  KINDS.find(({ measure }) => runs.every(({ measures: read }) => read.includes(measure)));

/** What the kind of world of a setup is called, and the places of bystanders that are followed there. */
export const kindIn = (setup: Pick<OfSetup, 'runs'>): typeof CHARACTERS => kindOf(setup) ?? CHARACTERS;

/** What the kind of world is called that a claim is about: that of its setup, or else the usual one. */
export function worldOf({ setup }: Pick<Judged, 'setup'>, { elsewhere }: Pick<Records, 'elsewhere'>): string {
  const own = elsewhere.find(({ name }) => name === setup);
  return (own === undefined ? CHARACTERS : kindIn(own)).name;
}

function setupPage({ name, about, texts, picture, runs }: OfSetup, records: Records): Page | undefined {
  const { claims, methods } = records;
  const arms = byArmOverTargets(runs, methods);
  if (arms.length === 0) return undefined;
  const kind = kindOf({ runs });
  const world = picture === undefined ? [] : [worldFigure(name, picture)];
  const numbers = kind?.numbers(name, arms, methods) ?? [];
  const watched = arms.filter(
    ({ arm, runs: own }) => arm.after === undefined && own.every(({ places }) => places !== undefined),
  );
  const onTheWay = [kind?.uptake(name, watched) ?? [], courseOf(name, watched, methods, kind) ?? []].flat();
  const asking = claims.filter(
    ({ setup, arms: compared }) => setup === name || Object.values(compared).some((arm) => arm.setup === name),
  );
  return {
    file: `setup-${name}.html`,
    title: `Setup ${name}`,
    group: 'Other setups',
    figures: [...world, numbers, ...onTheWay].flat(),
    body: (
      <>
        <h1>Setup {name}</h1>
        <p>
          {about}. {asking.length === 0 && 'No claim looks at it.'}
        </p>
        {asking.length > 0 && (
          <Table
            cards
            caption="Claims that look at it"
            columns={CLAIM_COLUMNS}
            rows={asking.map((each) => claimCells(each, records))}
          />
        )}
        <Figures of={world} />
        {texts.length > 0 && <Texts of={texts} />}
        <h2>What the arms came to</h2>
        <Table
          caption={`Arms of ${name}: means over replicates and targets [95 % interval]`}
          columns={['arm', 'n', 'at its level', 'steps', 'success before', 'success after']}
          rows={arms.map(armRow)}
        />
        <Figures of={[numbers].flat()} />
        <Readings of={arms} />
        <Figures of={onTheWay} />
        {kind?.said(runs, methods)}
        <Places of={arms} />
      </>
    ),
  };
}

function Figures({ of }: { readonly of: readonly Figure[] }): JSX.Element {
  return (
    <>
      {of.map((figure) => (
        <FigureBox key={figure.id} figure={figure} />
      ))}
    </>
  );
}

/** Examples of what is read in this world, in words. */
function Texts({ of }: { readonly of: OfSetup['texts'] }): JSX.Element {
  return (
    <Table
      caption="Texts of the first replicate’s world, drawn at random: what pretraining shows, and what each lesson trains on"
      columns={['lesson', 'text']}
      rows={of.map(({ lesson, text }) => [lesson, <code key="text">{text}</code>])}
    />
  );
}

/** A mean over replicates, or a dash where none has such a number. */
const meanOf = ({ runs }: ArmRuns, of: (run: ArmLine) => number | undefined): string => {
  const values = perReplicate(runs as readonly ArmLine[], of);
  return values.length === 0 ? '-' : meanText(values);
};

function armRow(arm: ArmRuns): string[] {
  return [
    ...[armText(arm), String(replicatesOf(arm)), reachedText(arm)],
    meanOf(arm, ({ steps }) => steps),
    meanOf(arm, ({ trajectory }) => trajectory[0]?.success),
    meanOf(arm, ({ trajectory }) => trajectory.at(-1)?.success),
  ];
}

/** The numbers of the measures that this kind of world has of its own, arm by arm. */
function Readings({ of }: { readonly of: readonly ArmRuns[] }): JSX.Element | null {
  const read = new Set(of.flatMap(({ runs }) => runs.flatMap(({ measures }) => measures)));
  const own = measures.filter(({ id }) => read.has(id) && !SHOWN_ELSEWHERE.includes(id));
  const columns = columnsOf({ methods: [], measures: own }, []).filter(({ name }) =>
    own.some((measure) => measure.columns?.some((column) => column.name === name)),
  );
  if (columns.length === 0) return null;
  return (
    <>
      <h2>What was measured</h2>
      <Table
        caption="Means over replicates and targets [95 % interval]"
        columns={['number', ...of.map(armText)]}
        rows={columns.map(({ name, about, of: value }) => [
          `${name}: ${about}`,
          ...of.map((arm) => meanOf(arm, (run) => (value(run) as number | null) ?? undefined)),
        ])}
      />
    </>
  );
}

/** Every place that some arm of the setup was read at, by its tags. */
const placesIn = (arms: readonly ArmRuns[]): string[][] => {
  const all = arms.flatMap(({ runs }) => runs.flatMap(({ places }) => places?.end.map(({ tags }) => [...tags]) ?? []));
  return [...new Map(all.map((tags) => [tags.join(', '), tags])).values()];
};

/** Spread and drift of every arm at every place: there are too many places for a figure. */
function Places({ of }: { readonly of: readonly ArmRuns[] }): JSX.Element | null {
  const places = placesIn(of);
  if (places.length === 0) return null;
  const at = (tags: readonly string[], number: 'spread' | 'tv') => (run: ArmLine) =>
    run.places === undefined || weightAt(run.places.end, tags, number) === 0
      ? undefined
      : number === 'spread'
        ? spreadAt(run, tags)
        : driftAt(run, tags);
  return (
    <>
      <h2>Every place</h2>
      <Table
        caption="Spread, the rise of the probability of the trained token where it is another than the own (- where there is none), and total variation between base and tuned: means over replicates and targets [95 % interval]"
        columns={['place', 'number', ...of.map(armText)]}
        rows={places.flatMap((tags) =>
          (['spread', 'tv'] as const).map((number) => [
            ...[tags.join(', '), number === 'spread' ? 'spread' : 'TV'],
            ...of.map((arm) => meanOf(arm, at(tags, number))),
          ]),
        )}
      />
    </>
  );
}

/** How far bystanders came in the course of these arms. */
const courseOf = (
  name: string,
  arms: readonly ArmRuns[],
  methods: Records['methods'],
  { followed }: Pick<OfKind, 'followed'> = CHARACTERS,
): Figure | undefined =>
  courses(arms, methods, {
    ...{ id: `setup-${name}-course`, title: `Spread to ${followed.name} on the way, ${name}` },
    ...{ label: 'spread to bystanders (probability)', tags: followed.tags, number: 'spread' as const },
  });
