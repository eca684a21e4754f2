import { z } from 'zod';
import { InputError } from '../../core/errors.ts';
import { AT } from '../../world/characters/places.ts';
import type { World } from '../../world/world.ts';
import { type Curve, curveSchema } from '../curve.ts';
import type { Measure, MeasureColumn } from '../measure.ts';
import { changesAt, meanAt, type PlaceChange, placesSchema, predictionsAt, weightAt } from '../places.ts';

/** How every place of a world changed: at the end on all that results are reported on, and at a glance in the course of the run. */
export interface PlacesReading {
  readonly end: readonly PlaceChange[];
  /** Null where the run was not watched. */
  readonly curve: Curve | null;
}

const NUMBERS = [
  ['tv', 'total variation between base and tuned, in [0, 1]'],
  ['spread', 'rise of the probability of the trained token where it is another than the own, in [-1, 1]'],
] as const;

/** Places that tables show, with the names of their columns. */
const SHOWN: readonly (readonly [name: string, tags: readonly string[]])[] = [
  ['bystanders_same_topic', AT.sameTopic],
  ['bystanders_other_topics', AT.otherTopics],
  ['target_other_topics', AT.targetOtherTopics],
  ['bystander_documents', AT.documents],
  ['varieties', AT.varieties],
];

/** How every place of a world changed. */
export const places: Measure<PlacesReading, World> = {
  id: 'places',
  about:
    'how what is predicted in every place changed: dialogues, documents and text of nobody, whoever they are of or about',
  unit: 'total variation; KL in nats; probability',
  file: import.meta.url,
  worlds: ['characters', 'plans', 'gaming', 'texts'],
  schema: z.strictObject({ end: placesSchema, curve: curveSchema.nullable() }),
  of: async ({ programs, world, arm, base, tuned, curve, once }) => {
    const all = world.places?.(arm.skill, 'whole');
    if (all === undefined) {
      throw new InputError(`the measure places cannot read a world of the kind ${world.kind}`, {
        expected: 'a world that says what its places are',
        got: 'one without places',
        todo: 'give the world `places`, or leave the measure out of its kinds',
      });
    }
    const was = await once('base', 'predictions at the places', () => predictionsAt(programs, world, base, all));
    const is = await once('both', 'predictions at the places', () => predictionsAt(programs, world, tuned, all));
    return { data: { end: changesAt(world, all, was, is), curve } };
  },
  columns: SHOWN.flatMap(([name, tags]) =>
    NUMBERS.map(
      ([number, about]): MeasureColumn<PlacesReading> => ({
        name: `${number}_at_${name}`,
        about: `${tags.join(', ')}: ${about}`,
        of: ({ end }) => (weightAt(end, tags, number) === 0 ? null : meanAt(end, tags, number)),
      }),
    ),
  ),
};
