import { claim, greaterThan, sft, targetEffect } from '../src/index.ts';

/**
 * H13cs  What little can hold soon depends on what is taught: a change of rank 1 takes up a behaviour that others have, and in as many
 *        steps a new skill only in part.
 * Prediction  target effect(SFT, rank 1, s = 0) - target effect(the same, s = 1) > 0.15 (share of answer tokens)
 * Refuted if  the 95 % interval lies wholly below 0.15
 */
export default claim(
  import.meta.url,
  {
    id: 'H13cs',
    statement: 'A change of rank 1 takes up a behaviour that others have sooner than a new skill',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "target effect in the target's dialogues of SFT that trains a change of rank 1 of every matrix of the layers, at its level or in at most 400 steps, at s = 0 less at s = 1",
    unit: 'share of tokens',
    prediction: greaterThan(0.15),
    interest: 0.25,
    mind: [
      'It is a matter of steps, not of room: in 1600 steps the same 896 numbers hold the skill (H13c). H0d asks for room, in 64 numbers.',
      'On development seeds rank 2 had .67 to .80 of the skill within 400 steps, ranks 4 and 8 their level.',
      'Declared when H0d and H6l were known; rank 1 was read on development seeds alone.',
    ],
    targets: 2,
    arms: { dial: sft({ skill: 0, rank: 1 }), skill: sft({ skill: 1, rank: 1 }) },
    mayFallShort: ['dial', 'skill'],
  },
  ({ dial, skill }) => targetEffect(dial) - targetEffect(skill),
);
