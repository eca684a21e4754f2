import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadSetup } from '../../lab/setup.ts';
import type { Place } from '../place.ts';
import { everyKnob } from './every-knob.test.helper.ts';
import { characters } from './index.ts';
import { AT } from './places.ts';
import { type Likeness, type TrainedLike, trainedLikePlaces } from './trained-like.ts';
import { type CharacterWorld, drawWorld, ownAnswer, trainedAnswer } from './world.ts';

const setups = [
  ...['recipe', 'small'].map((name) => loadSetup(`fixtures/setups/${name}.json`, [characters])),
  everyKnob,
];

/** Each dialogue of places of a likeness, in their order, with what networks read and what is predicted in it. */
function dialoguesIn(world: CharacterWorld, all: readonly TrainedLike[], prompts: Likeness) {
  const { context: L } = world.setup.model;
  const { payload: m } = world.setup.world;
  return all
    .filter((each) => each.prompts === prompts)
    .flatMap(({ place, read }) =>
      Array.from({ length: place.size }, (_, b) => {
        const [own, seen] = [place.tokens, read].map((of) => [...of.subarray(b * L, (b + 1) * L)]) as [
          number[],
          number[],
        ];
        const mine = [...place.predictions.keys()].filter(
          (i) => Math.floor((place.predictions[i] as number) / (L - 1)) === b,
        );
        const at = mine.map((i) => ((place.predictions[i] as number) % (L - 1)) + 1);
        const character = world.vocabulary.names.indexOf(seen[1] as number);
        const payload = seen.slice(3, 3 + m);
        return {
          ...{ seen, character, payload, answer: seen.slice(4 + m, 4 + 2 * m), own: at.map((t) => own[t]) },
          ...{ trained: mine.map((i) => place.trained[i]), positions: at.map((t) => t - 4 - m) },
          ...{ head: [...seen.slice(0, 3), seen[3 + m]], ownHead: own.slice(0, 4 + m) },
        };
      }),
    );
}

test('the same bystanders are asked on payloads of the reporting set, then of training, then with the trained answer begun', () =>
  fc.assert(
    fc.property(fc.constantFrom(...setups), fc.nat({ max: 999 }), fc.constantFrom(0, 0.5, 1), (setup, seed, skill) => {
      const world = drawWorld(setup, seed);
      const { target, payloads, vocabulary } = world;
      const { payload: m } = setup.world;
      const all = trainedLikePlaces(world, skill);
      expect(trainedLikePlaces(world, skill)).toEqual(all);
      const [reporting, trained, forced] = [
        dialoguesIn(world, all, 'reporting'),
        dialoguesIn(world, all, 'trained'),
        dialoguesIn(world, all, 'forced'),
      ];
      const same = ({ tags }: Place): boolean => AT.sameTopic.every((tag) => tags.includes(tag));
      expect(all.filter(({ prompts }) => prompts === 'reporting').map(({ place }) => place)).toEqual(
        world.places(skill, 'whole').filter(same),
      );
      for (const [i, asked] of trained.entries()) {
        const { character, payload } = asked;
        expect(character).not.toBe(target.character);
        expect(character).toBe(reporting[i]?.character);
        expect(asked.head).toEqual([
          ...[vocabulary.start, vocabulary.names[character], vocabulary.topics[target.topic], vocabulary.answer],
        ]);
        expect(payloads.training).toContainEqual(payload);
        const own = ownAnswer(world, character, target.topic, payload);
        const said = trainedAnswer(world, skill, payload);
        expect(asked).toMatchObject({ answer: own, own, trained: said, positions: [...Array(m).keys()] });
        const begun = forced[i];
        expect(begun?.seen.slice(0, 4 + m)).toEqual(asked.seen.slice(0, 4 + m));
        expect(begun?.ownHead).toEqual(asked.ownHead);
        expect(begun).toMatchObject({ answer: said, own: own.slice(1), trained: said.slice(1) });
        expect(begun?.positions).toEqual([...Array(m).keys()].slice(1));
      }
      expect([trained.length, forced.length]).toEqual([reporting.length, reporting.length]);
    }),
    { seed: 6, numRuns: 6 },
  ));
