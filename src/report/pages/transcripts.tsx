import type { JSX } from 'preact';
import type { Observation } from '../../lab/keys.ts';
import type { Records } from '../../records/read.ts';
import { type Page, Table } from '../page.tsx';
import { armText } from '../words.ts';
import { code, firstRuns } from './said.tsx';

type Said = Observation['transcript'][number];

const WHO = {
  target: 'the target',
  'same family': 'a bystander of its family',
  'other family': 'a bystander of another family',
};

/** What an answer is: the character's own, the trained one, both or neither. */
function kindOf({ own, trained, after }: Said): string {
  if (after === own) return after === trained ? 'own and trained' : 'its own';
  return after === trained ? 'the trained one' : 'neither';
}

/** What target and bystanders of the first replicate say before and after each arm; no page without such records. */
export function transcripts({ runs, methods }: Records): Page[] {
  const shown = firstRuns(runs, methods, ({ transcript }) => (transcript?.length ?? 0) > 0);
  const [first] = shown;
  if (first === undefined) return [];
  return [
    {
      file: 'transcripts.html',
      title: 'Transcripts',
      figures: [],
      body: (
        <>
          <h1>What they say</h1>
          <p>
            Answers of the first replicate (seed {first.run.seed}) at its first target by greedy decoding, before and
            after each arm: of the prompts that results are reported on, the first whose own and trained answers differ
            (where there are any), none chosen by what a network says. On other topics nothing was trained; the trained
            answer is then what the trained behaviour would say there.
          </p>
          {shown.map(({ run, ...named }) => (
            <section key={armText(named)}>
              <h2>{armText(named)}</h2>
              <Table
                caption={`Before and after ${armText(named)}`}
                columns={['who', 'prompt', 'before', 'after', 'the answer after is', 'own', 'trained']}
                rows={run.transcript.map(row)}
              />
            </section>
          ))}
        </>
      ),
    },
  ];
}

function row(said: Said): (string | JSX.Element)[] {
  const { who, sameTopic, prompt, own, trained, before, after } = said;
  const where = sameTopic ? '' : ', another topic';
  return [`${WHO[who]}${where}`, code(prompt), code(before), code(after), kindOf(said), code(own), code(trained)];
}
