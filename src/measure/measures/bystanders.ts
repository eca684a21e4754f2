import { z } from 'zod';
import type { CharacterWorld } from '../../world/characters/world.ts';
import { bystanderChanges, cellsIn, cellsTensor } from '../bystanders.ts';
import { type Group, grouped, KINDS, meansFault } from '../groups.ts';
import type { Measure, MeasureColumn } from '../measure.ts';

const share = z.number().min(0).max(1);
const change = z.number().min(-1).max(1);
const side = z.enum(['same', 'other']);

const NUMBERS = [
  ['tv', 'total variation between base and tuned, in [0, 1]'],
  ['damage', 'loss of own answer tokens, in [-1, 1]'],
  ['spread', 'rise of trained answer tokens, in [-1, 1]'],
] as const;

/** How the other characters changed; the tensor `cells` (float32 [cells, 7]) keeps what the groups are means of. */
export const bystanders: Measure<readonly Group[], CharacterWorld> = {
  id: 'bystanders',
  about: 'how the other characters changed, by topic and family',
  unit: 'total variation; Jensen-Shannon divergence in bits; KL in nats; shares of answer tokens',
  file: import.meta.url,
  worlds: ['characters'],
  schema: z
    .array(
      z.strictObject({
        ...{ topic: side, family: side, cells: z.int().min(1), spreadCells: z.int().min(0) },
        ...{ tv: share, js: share, kl: z.number().min(0), damage: change, spread: change },
      }),
    )
    .min(1),
  of: async (comparison) => {
    const cells = await bystanderChanges(comparison);
    return { data: grouped(cells), tensors: { cells: cellsTensor(cells) } };
  },
  fault: ({ data, tensors }, world) => {
    const cells = cellsIn(tensors?.['cells'], world);
    return 'field' in cells ? cells : meansFault(data, cells);
  },
  columns: KINDS.flatMap(({ topic, family }) =>
    NUMBERS.map(
      ([number, about]): MeasureColumn<readonly Group[]> => ({
        name: `${number}_${topic}_topic_${family}_family`,
        about: `bystanders: ${about}`,
        of: (groups) => groups.find((group) => group.topic === topic && group.family === family)?.[number] ?? null,
      }),
    ),
  ),
};
