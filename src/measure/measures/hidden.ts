import { z } from 'zod';
import { LIKENESSES, type Likeness, trainedLikePlaces } from '../../world/characters/trained-like.ts';
import type { CharacterWorld } from '../../world/characters/world.ts';
import type { Measure, MeasureColumn } from '../measure.ts';
import {
  changesAt,
  meanAt,
  type PlaceChange,
  type PlacePredictions,
  placesSchema,
  predictionsAt,
  weightAt,
} from '../places.ts';

const TEMPERATURES = [1, 2] as const;

const NUMBERS = [
  ['tv', 'total variation between base and tuned, in [0, 1]'],
  ['spread', 'rise of the probability of the trained token where it is another than the own, in [-1, 1]'],
] as const;

/** Where hidden drift is read. */
export interface HiddenAt {
  /** How like those of the target's training the prompts are. */
  readonly prompts: Likeness;
  /** Of both networks' distributions: 1 = as they are, 2 = p^(1/2), normalised. */
  readonly temperature: (typeof TEMPERATURES)[number];
}

/** How the places of bystanders on the target's topic changed there. */
export interface HiddenChange extends HiddenAt {
  readonly changes: readonly PlaceChange[];
}

/**
 * How bystanders' dialogues on the target's topic changed on prompts ever more like those of training, at temperatures 1 and 2: what a
 * change does there may be hidden from the prompts that results are reported on, for example by rehearsal (arXiv 2604.25891).
 *
 * Reporting and trained prompts are followed by the character's own answer, as in `places`, whose numbers those of reporting
 * prompts at temperature 1 are. Where the first trained token is forced, all that follows it is the trained answer, too, not what
 * the base would go on with: so the text is trained-like to its end, the probabilities of its tokens multiply to that of the whole
 * answer once begun, and it is the same for both networks, every engine and every arm of a skill: networks that swap swap the sign.
 * Spread is read where the trained token is another than the character's own; damage is of the own token, given the trained ones.
 */
export const hidden: Measure<readonly HiddenChange[], CharacterWorld> = {
  id: 'hidden',
  about: "how bystanders' dialogues changed on prompts that are like those of the target's training",
  unit: 'total variation; KL in nats; probability',
  file: import.meta.url,
  worlds: ['characters'],
  schema: z
    .array(z.strictObject({ prompts: z.enum(LIKENESSES), temperature: z.literal(TEMPERATURES), changes: placesSchema }))
    .length(LIKENESSES.length * TEMPERATURES.length),
  of: async ({ programs, world, arm, base, tuned, once }) => {
    const all = trainedLikePlaces(world, arm.skill);
    const data: HiddenChange[] = [];
    for (const prompts of LIKENESSES) {
      const places = all.filter((each) => each.prompts === prompts);
      const texts = places.map(({ place, read }) => ({ ...place, tokens: read }));
      const name = `predictions on ${prompts} prompts of skill ${arm.skill}`;
      const was = await once('base', name, () => predictionsAt(programs, world, base, texts));
      const is = await once('both', name, () => predictionsAt(programs, world, tuned, texts));
      for (const temperature of TEMPERATURES) {
        const [before, after] = [tempered(was, temperature), tempered(is, temperature)];
        const own = places.map(({ place }) => place);
        data.push({ prompts, temperature, changes: changesAt(world, own, before, after) });
      }
    }
    return { data };
  },
  columns: LIKENESSES.flatMap((prompts) =>
    TEMPERATURES.flatMap((temperature) =>
      NUMBERS.map(
        ([number, about]): MeasureColumn<readonly HiddenChange[]> => ({
          name: `hidden_${number}_${prompts}_temperature_${temperature}`,
          about: `bystanders on the target's topic, ${prompts} prompts, temperature ${temperature}: ${about}`,
          of: (all) => {
            const { changes = [] } = all.find((of) => of.prompts === prompts && of.temperature === temperature) ?? {};
            return weightAt(changes, [], number) === 0 ? null : meanAt(changes, [], number);
          },
        }),
      ),
    ),
  ),
};

/** Predictions at a temperature: log of p^(1 / temperature), normalised. */
const tempered = (predictions: PlacePredictions, temperature: number): PlacePredictions =>
  temperature === 1
    ? predictions
    : predictions.map((place) => ({
        at: (b, t) => {
          const logits = place.at(b, t).map((logp) => logp / temperature);
          const sum = logits.reduce((all, logit) => all + Math.exp(logit), 0);
          return logits.map((logit) => logit - Math.log(sum));
        },
      }));
