import type { ComponentChildren, JSX } from 'preact';
import { byArm, type NamedArm } from '../../records/groups.ts';
import type { ArmLine } from '../../records/lines.ts';
import type { Records } from '../../records/read.ts';
import { Table } from '../page.tsx';
import { armText } from '../words.ts';

/** An arm with its run at the first target of the first replicate. */
export interface FirstRun extends NamedArm {
  readonly run: ArmLine;
}

/** Every arm's first run that has something to show, in the order of arms. */
export function firstRuns(
  runs: readonly ArmLine[],
  methods: Records['methods'],
  shows: (run: ArmLine) => boolean,
): FirstRun[] {
  const seed = Math.min(...runs.map((run) => run.seed));
  const first = runs.filter(
    (run) => run.seed === seed && run.arm.target === undefined && run.arm.again === undefined && shows(run),
  );
  return byArm(first, methods).map(({ runs: [run], ...named }) => ({ ...named, run: run as ArmLine }));
}

/** A token text as it stands. */
export const code = (text: string): JSX.Element => <code>{text}</code>;

/** What was said before and after each arm, a table an arm that opens: they are long together. */
export function SaidTables({
  arms,
  about,
  decoding = 'greedy decoding',
  columns,
  rowsOf,
}: {
  readonly arms: readonly FirstRun[];
  readonly about: string;
  readonly decoding?: string;
  readonly columns: readonly string[];
  readonly rowsOf: (run: ArmLine) => readonly (readonly ComponentChildren[])[];
}): JSX.Element | null {
  const [first] = arms;
  if (first === undefined) return null;
  return (
    <>
      <h2>What they say</h2>
      <p>
        {about} The first replicate (seed {first.run.seed}) at its first target, {decoding}; no example was chosen by
        what a network says.
      </p>
      {arms.map(({ run, ...named }, i) => (
        <details class="said" key={armText(named)} open={i === 0}>
          <summary>Before and after {armText(named)}</summary>
          <Table caption={`Before and after ${armText(named)}`} columns={columns} rows={rowsOf(run)} cards />
        </details>
      ))}
    </>
  );
}
