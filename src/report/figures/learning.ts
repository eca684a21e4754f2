import { text as label, line } from '@observablehq/plot';
import type { Observation } from '../../lab/keys.ts';
import { type ArmRuns, isLeveled, perReplicate } from '../../records/groups.ts';
import type { MethodFacts } from '../../records/schema.ts';
import { type Figure, images } from '../plot.ts';
import { stylesOf } from '../styles.ts';
import { armText } from '../words.ts';
import { meanText, reachedText, replicatesOf, unrehearsed } from './arms.ts';

/** Panels beside each other, and pixels of a row of them with its names. */
const PANELS = { wide: 3, narrow: 2, row: 124, above: 34, below: 40 } as const;

/** Success on the selection prompts along training, a panel an arm and a line a run; undefined where no arm trains to a level. */
export function learning(arms: readonly ArmRuns[], methods: readonly MethodFacts[]): Figure | undefined {
  const drawn = unrehearsed(arms).filter(isLeveled);
  if (drawn.length === 0) return undefined;
  const styleFor = stylesOf(methods);
  const last = 1 + Math.max(...drawn.flatMap(({ runs }) => runs.map(({ trajectory }) => trajectory.at(-1)?.step ?? 0)));
  const ticks = [1, 10, 100, 1000].filter((step) => step <= last);
  const text = {
    id: 'learning',
    title: 'Learning curves',
    description:
      'Share of trained answer tokens on the selection prompts after each step, one line a run: one of every replicate and target; step 1 is the base. Arms with rehearsal or options, or after others, are in the table only.',
  };
  const drawings = images(text, (narrow) => {
    const columns = narrow ? PANELS.narrow : PANELS.wide;
    const panels = drawn.map((each, i) => ({ ...each, fx: i % columns, fy: Math.floor(i / columns) }));
    const rows = panels.flatMap(({ runs, method, fx, fy }) =>
      runs.flatMap((run, r) =>
        thinned(run.trajectory).map(({ step, success }) => ({
          ...{ step: step + 1, success, fx, fy, run: `${fx} ${fy} ${r}`, colour: styleFor(method).colour },
        })),
      ),
    );
    const scale = { axis: null, padding: 0.1 };
    return {
      height: PANELS.above + PANELS.below + PANELS.row * Math.ceil(drawn.length / columns),
      ...{ marginTop: PANELS.above, marginBottom: PANELS.below, marginLeft: 44, marginRight: 22 },
      fx: scale,
      fy: { ...scale, paddingInner: 0.34, paddingOuter: 0 },
      x: { type: 'log', label: 'step (logarithmic)', grid: true, ticks, tickFormat: String },
      y: { label: null, grid: true, domain: [0, 1], ticks: [0, 0.5, 1] },
      marks: [
        line(rows, {
          ...{ x: 'step', y: 'success', z: 'run', fx: 'fx', fy: 'fy' },
          ...{ stroke: 'colour', strokeOpacity: 0.5 },
        }),
        label(panels, {
          ...{ fx: 'fx', fy: 'fy', text: armText, frameAnchor: 'top-left', lineAnchor: 'bottom', dy: -4 },
          ...{ lineWidth: narrow ? 12 : 18, fill: 'currentColor', fontSize: narrow ? 11 : 12 },
        }),
      ],
      color: { type: 'identity' },
    };
  });
  return {
    ...text,
    ...drawings,
    columns: ['arm', 'replicates', 'runs that reached their level', 'steps, mean', 'success at the end, mean'],
    rows: arms.map((each) => [
      ...[armText(each), String(replicatesOf(each)), reachedText(each)],
      ...[({ steps }: Observation) => steps, ({ trajectory }: Observation) => trajectory.at(-1)?.success].map((of) =>
        meanText(perReplicate(each.runs, of)),
      ),
    ]),
  };
}

/** Steps about evenly spaced on a logarithmic axis, the first and the last among them. */
function thinned(trajectory: Observation['trajectory']): Observation['trajectory'] {
  const place = (step: number): number => Math.floor(5 * Math.log2(step + 1));
  return trajectory.filter(({ step }, i) => {
    const next = trajectory[i + 1];
    return next === undefined || place(next.step) > place(step);
  });
}
