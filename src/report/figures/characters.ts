import { cell, text as label } from '@observablehq/plot';
import { mean } from 'simple-statistics';
import { three } from '../../claims/describe.ts';
import type { Records } from '../../records/read.ts';
import { colour, type Figure, images } from '../plot.ts';
import { armText } from '../words.ts';
import { cellText } from './cells.ts';
import { armLabels, insets, middle, rowsOf } from './rows.ts';

/** From the target to every bystander, one replicate: total variation on the target's topic, bystanders by family. */
export function spreadMatrix(arms: Records['characters']): Figure {
  const [{ seed, characters }] = arms as readonly [Records['characters'][number]];
  const ordered = characters.toSorted((a, b) => a.family - b.family);
  const rows = arms.flatMap(({ characters: own, ...named }) =>
    own.map((each) => ({ ...each, arm: armText(named), opacity: 0.9 * each.tv })),
  );
  const families = [...new Set(ordered.map(({ family }) => family))].map((family) => {
    const own = ordered.filter((each) => each.family === family);
    return {
      name: own[Math.floor(own.length / 2)]?.name,
      wide: family === 0 ? "the target's family" : `family ${family}`,
      narrow: family === 0 ? "target's" : `family ${family}`,
    };
  });
  const about = {
    id: 'characters',
    title: 'From the target to every bystander',
    description: `Total variation of what every bystander says in dialogues on the target's topic in one replicate (seed ${seed}), an example that need not be typical, a column a bystander, ordered by family: the fuller a cell, the more that bystander changed; at the right the mean over bystanders.`,
  };
  const drawings = images(about, (narrow) => ({
    ...rowsOf(arms, { narrow, top: 30 }),
    marginRight: 36,
    x: { domain: ordered.map(({ name }) => name), axis: null, label: null },
    marks: [
      ...armLabels(arms, narrow),
      cell(rows, {
        ...{ x: 'name', y: 'arm', fill: colour('bad'), fillOpacity: 'opacity', ...insets(arms, narrow) },
        ...{ stroke: 'currentColor', strokeOpacity: 0.12 },
      }),
      label(arms, {
        ...{
          y: armText,
          text: ({ characters: own }: (typeof arms)[number]) => cellText(mean(own.map(({ tv }) => tv))),
        },
        ...{ frameAnchor: 'right', textAnchor: 'start', dx: 6, dy: middle(arms, narrow), fill: 'currentColor' },
      }),
      label(families, {
        x: 'name',
        text: narrow ? 'narrow' : 'wide',
        frameAnchor: 'top',
        dy: -14,
        fill: 'currentColor',
      }),
    ],
    opacity: { type: 'identity' },
  }));
  return {
    ...about,
    ...drawings,
    // In characters.jsonl stand its other numbers, too.
    columns: ['bystander', 'family', ...arms.map(armText)],
    rows: ordered.map(({ name, family }) => [
      name,
      family === 0 ? "the target's" : String(family),
      ...arms.map((arm) => arm.characters.filter((each) => each.name === name).map(({ tv }) => three(tv))[0] ?? '-'),
    ]),
  };
}
