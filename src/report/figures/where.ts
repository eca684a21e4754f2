import { cell, text as label } from '@observablehq/plot';
import { three } from '../../claims/describe.ts';
import type { Observation } from '../../lab/keys.ts';
import type { ArmRuns } from '../../records/groups.ts';
import { colour, type Figure, images } from '../plot.ts';
import { armText } from '../words.ts';
import { armLabels, insets, middle, rowsOf } from './rows.ts';

/** Places that a change of the target can spread to. */
const PLACES: readonly { readonly name: string; readonly of: (run: Observation) => number | undefined }[] = [
  { name: 'target, other topics', of: ({ target }) => target.otherTopicsTv },
  ...(['same', 'other'] as const).flatMap((topic) =>
    (['same', 'other'] as const).map((family) => ({
      name: `${family === 'same' ? 'its family' : 'other families'}, ${topic === 'same' ? 'its topic' : 'other topics'}`,
      of: ({ bystanders }: Observation) =>
        bystanders.find((group) => group.topic === topic && group.family === family)?.tv,
    })),
  ),
  { name: 'documents', of: ({ text }) => text.documentTv },
  { name: 'text varieties', of: ({ text }) => text.varietyTv },
];

/** Where the change of the target shows: mean total variation from the base, by arm and place. */
export function whereItSpreads(arms: readonly ArmRuns[]): Figure {
  const rows = arms.flatMap(({ runs, ...named }) =>
    PLACES.flatMap(({ name, of }) => {
      const values = runs.flatMap((run) => of(run) ?? []);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.length === 0 ? [] : [{ arm: armText(named), place: name, mean, said: mean.toFixed(2) }];
    }),
  );
  const about = {
    id: 'where',
    title: 'Where the change spreads',
    description:
      'Total variation between base and tuned network, mean over replicates, in dialogues unless documents or varieties are named: the fuller a cell, the more that place changed when the target was trained in that way.',
  };
  const drawings = images(about, (narrow) => ({
    ...rowsOf(arms, { narrow, top: narrow ? 134 : 100 }),
    marginRight: narrow ? 62 : 70,
    x: { domain: PLACES.map(({ name }) => name), label: null, axis: 'top', tickRotate: narrow ? -40 : -25 },
    marks: [
      ...armLabels(arms, narrow),
      cell(rows, {
        x: 'place',
        y: 'arm',
        fill: colour('bad'),
        fillOpacity: (row: (typeof rows)[number]) => 0.75 * row.mean,
        ...insets(narrow),
      }),
      label(rows, { x: 'place', y: 'arm', text: 'said', fill: 'currentColor', dy: middle(narrow) }),
    ],
    opacity: { type: 'identity' },
  }));
  return {
    ...about,
    ...drawings,
    columns: ['arm', 'place', 'total variation, mean'],
    rows: rows.map(({ arm, place, mean }) => [arm, place, three(mean)]),
  };
}
