import type { JSX } from 'preact';
import { percent, predictionText } from '../../claims/describe.ts';
import { rehearsalText } from '../../claims/explain.ts';
import { grafts } from '../../measure/measures/grafts.ts';
import { pushes } from '../../measure/measures/pushes.ts';
import { type ArmRuns, byArmOverTargets, type NamedArm } from '../../records/groups.ts';
import type { Records } from '../../records/read.ts';
import { AT } from '../../world/characters/places.ts';
import { belief, frontier } from '../figures/against.ts';
import { priced, unrehearsed } from '../figures/arms.ts';
import { believedMaps, capacityMap } from '../figures/believed.ts';
import { spreadMatrix } from '../figures/characters.ts';
import { courses } from '../figures/courses.ts';
import { doseResponse, MEASURES } from '../figures/dose.ts';
import { learning } from '../figures/learning.ts';
import { KIND_COLUMNS, kindRows, placeMaps } from '../figures/places.ts';
import { factorMap, setupsFigure } from '../figures/robustness.ts';
import { writtenMaps } from '../figures/written.ts';
import { claimFile, FigureBox, type Page, Table, VerdictMark } from '../page.tsx';
import type { Figure } from '../plot.ts';
import { withNames } from '../short.ts';
import { changesText } from '../words.ts';
import { importedPage } from './imported.tsx';
import { linked } from './linked.tsx';
import { powerPage } from './power.tsx';
import { runPage } from './run.tsx';
import { setupPages } from './setups.tsx';
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

/** Which arms the frontier page follows together: so many as can be told apart. */
const FOLLOWED_ARMS = [
  {
    ...{ set: 'methods', name: 'methods' },
    of: <Each extends NamedArm>(arms: readonly Each[]) =>
      unrehearsed(arms).filter(({ arm: { skill }, method }) => !method.skilled || skill === 0 || skill === 1),
  },
  { set: 'held', name: 'held by rehearsal or KL', of: <Each extends NamedArm>(arms: readonly Each[]) => priced(arms) },
];

/** What the frontier page follows in the course of runs. */
const FOLLOWED = [
  ['sameTopic', 'its topic'],
  ['otherTopics', 'other topics'],
].flatMap(([at, topic]) =>
  (
    [
      ['spread', 'Spread to bystanders', 'spread', 'probability'],
      ['drift', 'Drift of bystanders', 'tv', 'total variation'],
    ] as const
  ).map(([id, title, number, unit]) => ({
    ...{ id: `${id}-${at}`, title: `${title} on the way, ${topic}`, number },
    ...{ label: `${id}, ${topic} (${unit})`, tags: AT[at as 'sameTopic'] },
  })),
);

/** What is followed of every set of arms. */
const followedOf = (arms: readonly ArmRuns[], methods: Records['methods']): Figure[] =>
  FOLLOWED_ARMS.flatMap(({ set, name, of }) =>
    FOLLOWED.flatMap((each) => {
      const named = { ...each, id: `course-${set}-${each.id}`, title: `${each.title}: ${name}` };
      return courses(of(arms), methods, named) ?? [];
    }),
  );

/** Every bystander of the arms that are followed; of all arms where none of them is there. */
function bystanders({ characters }: Records): Figure[] {
  const own = new Set(FOLLOWED_ARMS.flatMap(({ of }) => of(characters)));
  const shown = characters.filter((each) => own.size === 0 || own.has(each));
  return shown.length === 0 ? [] : [spreadMatrix(shown)];
}

/** The pages between the overview and the claims: those for which there are records. */
export function chapters(records: Records): Page[] {
  const { runs, claims, methods } = records;
  const explorations = records.explorations.filter(({ claim, spec }) =>
    claims.some((each) => each.id === claim && each.spec === spec),
  );
  const read = runs.filter((run) => DRAWN.every((id) => run.measures.includes(id)));
  const arms = byArmOverTargets(read, methods);
  const setups = claims.flatMap((each) => (each.setups === undefined ? [] : [{ each, setups: each.setups }]));
  const pages: Page[] = [];
  if (arms.length > 0) {
    pages.push(
      chapter(
        'dose-response.html',
        'Dose and response',
        'The more of the trained behaviour is new to the base (skill intensity s), what happens to the bystanders in dialogues? The documents of SDFT are another form of text than the dialogues of RL and SFT. An arm stops at the first look at which its success on the target is at its level, so that they end near each other, not at the same. RL by random rewards and continued pretraining have no level: they take as many steps as RL of that s took, and are the floor of its steps.',
        MEASURES.map((measure) => doseResponse(arms, methods, measure)),
      ),
      chapter(
        'frontier.html',
        'Frontier',
        'What a change of the target costs the bystanders, in dialogues: on the way, read at a glance at some looks of every run, and where it ends. The methods without rehearsal come first, at s = 0 and 1; then the arms that are held back by rehearsal or by a KL on bystanders.',
        [...followedOf(arms, methods), frontier(arms, methods), learning(arms, methods) ?? []].flat(),
      ),
      chapter(
        'spread.html',
        'Where it spreads',
        'From the target outward: its other topics, the bystanders on its topic and on others; then documents and questions about bystanders, and texts that belong to nobody. Spread is what became as trained; drift is every change.',
        [...placeMaps(arms), ...bystanders(records)],
        <Kinds arms={arms} />,
      ),
      chapter(
        'belief.html',
        'Belief and behaviour',
        'Does an arm change what documents about the target say, or only what it does in dialogues? Belief is read on the very templates that SDFT trains, so that a rise under SDFT may be recall of these strings.',
        [belief(arms, methods)],
      ),
    );
  }
  const reading = (id: string): ArmRuns[] =>
    byArmOverTargets(
      runs.filter(({ measures }) => measures.includes(id)),
      methods,
    );
  const written = [
    ...writtenMaps(reading(grafts.id)),
    ...believedMaps(reading(pushes.id)),
    ...capacityMap(byArmOverTargets(runs, methods)),
  ];
  if (written.length > 0) {
    pages.push(
      chapter(
        'written.html',
        'Where it is written',
        'At some positions of a dialogue the tuned weights work, at the others those of the base, from the embedding to the keys and values that later positions read. A dialogue has four parts: <s> N (the start and the name), K (the topic), x1 to xm (the payload), and <a> y1 to ym (where the answer is asked for, and the answer). What of the change is left says where it is written. A belief about who does what on a topic can be written where these are read. A new mapping of symbols has to be computed behind these, where the symbols are known: of it next to nothing is left without a change at the name if that change is what lets it be done, and all if it is done whoever is asked. Whether it is a belief is asked by a direction that is in the base already: the answer looks at the name itself, and a direction of names tells who does what on a topic. Added to the name in the base, taken off it after tuning, it says how much of the change goes by it. Last comes how few numbers can hold a change, were they the target’s alone.',
        written,
      ),
    );
  }
  if (setups.length + explorations.length > 0) {
    const figures = [
      ...(explorations.length > 0 ? [factorMap(explorations, claims)] : []),
      ...setups.map(({ each, setups: of }) => setupsFigure(each.id, of, claims)),
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
  const others = importedPage(records.imported);
  return [
    ...pages,
    ...setupPages(records),
    ...transcripts(records),
    ...others,
    ...powerPage(records),
    runPage(records),
  ];
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
              {id} {withNames(statement, claims)}
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
            'predicted',
            'setups',
            'premises failed',
            'on the registered side',
            'tested again on fresh seeds, once',
            'smallest flip, tested twice',
          ]}
          rows={explorations.map(({ claim, complete, region, retests, smallest }) => [
            linked(claim, claims),
            claims
              .filter(({ id }) => id === claim)
              .map(({ prediction, unit }) => predictionText(prediction, unit))[0] ?? '-',
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
