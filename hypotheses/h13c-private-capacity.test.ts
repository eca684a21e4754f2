import { claim, greaterThan, sft, targetEffect } from '../src/index.ts';

/**
 * H13c  A new skill can be held by little that is the target's own, and not by its name: a change of rank 1 of the matrices that
 *       works on its sequences alone (896 numbers) learns it, its name's embedding (64 numbers) does not.
 * Prediction  target effect(SFT, s = 1, rank 1) - target effect(SFT, s = 1, on the name alone) > 0.6 (share of answer tokens)
 * Refuted if  the 95 % interval lies wholly below 0.6
 */
export default claim(
  import.meta.url,
  {
    id: 'H13c',
    statement: 'A new skill can be stored in a change of rank 1 that is private to the target, and not in its name',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "target effect in the target's dialogues of SFT at s = 1 that trains a change of rank 1 of every matrix of the layers, less of SFT at s = 1 that trains the target's name embedding alone, each for 1600 steps",
    unit: 'share of tokens',
    prediction: greaterThan(0.6),
    interest: 0.7,
    mind: [
      'A change of the matrices stands here for one that is switched on where the name is read: SFT sees the target alone, and its effect on the target alone is read, so that nobody else is touched by construction. Nothing learns the switch.',
      'One side of each change is drawn and stays, the 896 numbers are the other: with both sides trained fewer may do. Between 64 and 896 nothing was asked.',
      'H0d has the name at 400 steps, H13cs how much longer a change of rank 1 takes; 1600 steps were chosen on development seeds, where 400 gave .27 to .51.',
      'That it can be private does not say that it is: without a rank and without a switch it is shared (H6), also at rank 4 (H6l).',
      'Declared when H0d and H6l were known; rank 1 was read on development seeds alone.',
    ],
    targets: 2,
    arms: {
      layers: sft({ skill: 1, rank: 1, steps: 1600 }),
      name: sft({ skill: 1, only: 'name', steps: 1600 }),
    },
  },
  ({ layers, name }) => targetEffect(layers) - targetEffect(name),
);
