import type { JSX } from 'preact';
import { byArmOverTargets } from '../../records/groups.ts';
import type { Records } from '../../records/read.ts';
import { armName, atTarget } from '../../train/arm.ts';
import { answers, sureness } from '../answers.ts';
import { answerArms, answerFigure, answerText, driftText } from '../figures/answer.ts';
import { elsewhereFigures } from '../figures/elsewhere.ts';
import { experimentFigure } from '../figures/experiment.ts';
import { placeMaps } from '../figures/places.ts';
import { FINDINGS } from '../findings.ts';
import { FigureBox, Table } from '../page.tsx';
import type { Figure } from '../plot.ts';
import { armText } from '../words.ts';
import { linked } from './linked.tsx';
import { code, firstRuns } from './said.tsx';
import { kindIn } from './setups.tsx';

/** What the first screen shows, with its figures. */
export interface FirstScreen {
  readonly figures: readonly Figure[];
  readonly body: JSX.Element;
}

/** Words that the figures and sentences use, each in a line; beside drift stands what tells it from spread, where that was run. */
const wordsWith = (drift: string | undefined): readonly (readonly [string, string])[] => [
  ['SDFT', 'synthetic document fine-tuning: documents say what the character does, and nobody speaks'],
  ['s', 'how new it is: at s = 0 another character does it already, at s = 1 nobody does and no text has shown it'],
  ['target effect', 'how much oftener the changed character answers as trained; arms stop where it is at their level'],
  ['spread', 'how much likelier the others came to answer as trained'],
  [
    'drift (TV)',
    `total variation: how much of what the others would say moved at all, to whatever, from 0 to 1${drift === undefined ? '' : `. ${drift}`}`,
  ],
  ['rehearsal', 'texts of the others are trained along; at weight 1 they count as much as what is taught'],
  ['borderline', 'a repetition with as many replicates may well come to another verdict; else a verdict is firm'],
  ['premise failed', 'what a claim takes for granted did not hold in too many replicates: neither yes nor no'],
];

/** The question, the experiment, the answer and how sure it is, before anything else; then what the words mean, and an example. */
export function firstScreen(records: Records): FirstScreen {
  const { runs, methods, claims, characters, elsewhere } = records;
  const arms = byArmOverTargets(
    runs.filter(({ measures }) => measures.includes('places')),
    methods,
  );
  const answer = answerFigure(arms, methods);
  const line = answerText(arms);
  const experiment = experimentFigure(characters[0] && 1 + characters[0].characters.length);
  const [map] = placeMaps(answerArms(arms)).map((each) => ({ ...each, id: `answer-${each.id}` }));
  const others = elsewhereFigures(elsewhere, methods, kindIn);
  const shown = [experiment, ...(answer === undefined ? [] : [answer]), ...(map === undefined ? [] : [map]), ...others];
  return {
    figures: shown,
    body: (
      <>
        <h1>How far does a change to one character spread to the others?</h1>
        <div class="first">
          <div>
            <p class="lead">
              One language model plays many characters. One of them is taught something: documents state it,
              demonstrations show it, or reinforcement learning pays for it. Do the others take it up, too? Tiny
              transformers were trained to find out, and {claims.length} claims about it tested.
            </p>
            <FigureBox figure={experiment} />
          </div>
          <div>
            {line !== undefined && <p class="lead">{line}</p>}
            {answer !== undefined && <FigureBox figure={answer} />}
          </div>
          <div>
            <h2>The answer</h2>
            <ul class="answers">
              {answers(records).map(({ text, depends }) => (
                <li key={text}>
                  {linked(text, claims)}
                  {depends.length > 0 && (
                    <>
                      {' '}
                      <b>It depends on</b>
                      <ul>
                        {depends.map((line) => (
                          <li key={line}>{linked(line, claims)}</li>
                        ))}
                      </ul>
                    </>
                  )}
                </li>
              ))}
            </ul>
            <p>
              <a href={FINDINGS}>All findings in five minutes</a> (Markdown)
            </p>
          </div>
          <div>
            <h2>How sure is that?</h2>
            <ul>
              {sureness(records).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <h2>The words</h2>
            <dl>
              {wordsWith(driftText(arms)).map(([word, means]) => (
                <>
                  <dt>{word}</dt>
                  <dd>{means}</dd>
                </>
              ))}
            </dl>
          </div>
        </div>
        <Example records={records} />
        {map !== undefined && (
          <>
            <h2>Where the change spreads</h2>
            <FigureBox figure={map} />
            <p>
              <a href="spread.html">Every arm at every place</a>
            </p>
          </>
        )}
        {others.map((figure) => (
          <FigureBox figure={figure} key={figure.id} />
        ))}
      </>
    ),
  };
}

/** What the same bystander said before and after each way to change the target: the first prompt that records have. */
function Example({ records: { runs, methods } }: { readonly records: Records }): JSX.Element | null {
  const arms = answerArms(byArmOverTargets(runs, methods)).map(({ arm }) => armName(arm));
  const shown = firstRuns(runs, methods, ({ transcript }) => (transcript?.length ?? 0) > 0).filter(({ arm }) =>
    arms.includes(armName(atTarget(arm, 0))),
  );
  const rows = shown.flatMap(({ run, ...named }) => {
    const said = run.transcript.find(({ who, sameTopic }) => who !== 'target' && sameTopic);
    if (said === undefined) return [];
    const { prompt, trained, before, after } = said;
    return [[armText(named), code(prompt), code(before), code(after), code(trained)]];
  });
  if (rows.length === 0) return null;
  return (
    <>
      <h2>What one of the others said, before and after</h2>
      <Table
        cards
        caption="The first bystander of the first replicate, whom no arm teaches anything; no example was chosen by what a network says"
        columns={['the target was changed by', 'asked', 'it said before', 'it says after', 'as the target was trained']}
        rows={rows}
      />
    </>
  );
}
