import { claim, clamped, greaterThan, sdft, targetEffect } from '../src/index.ts';

/**
 * H10c  Documents act through what is believed: where the answers to questions about the target are held as they were, they do less
 *       in its dialogues, though they train as before.
 * Prediction  target effect(SDFT, held on documents of a bystander) - target effect(SDFT, held on questions about the target) > 0.1
 *             (share of answer tokens)
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H10c',
    statement: 'Documents do less in dialogues where what questions say of the target is held as it was',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "target effect in the target's dialogues of SDFT that is held to the base on what documents say of a bystander, less of SDFT that is held to the base on the answers to questions about the target, each for as many steps as SDFT takes",
    unit: 'share of tokens',
    prediction: greaterThan(0.1),
    interest: 0.25,
    mind: [
      'Neither documents nor dialogues are held, and questions are in neither: what is held shows in both only as far as the three go by one and the same.',
      'A clamp of any kind takes up part of each step. One on a bystander does so, too, yet pulls less against what is trained.',
      'The penalty begins at 0 and needs a change to act on: where SDFT takes 4 or 5 steps, questions turn before it holds them (on development seeds three of 12 targets), so that the difference is a lower bound.',
      'The first plan, to hold documents where dialogues are trained by reward at s = 0, takes nothing: on development seeds -.05 on the mean at weight 1, since RL finds another way as soon.',
      'Declared when other readings of SDFT were known; arms with a clamp were run on development seeds alone.',
    ],
    targets: 2,
    arms: {
      beside: clamped(sdft(), { on: 'bystander', weight: 10 }),
      held: clamped(sdft(), { on: 'questions', weight: 10 }),
      documents: sdft(),
    },
    mayFallShort: ['documents'],
    premises: [
      {
        text: 'SDFT without a clamp changes the target: target effect of at least 0.3',
        holds: ({ documents }) => targetEffect(documents) >= 0.3,
      },
    ],
  },
  ({ beside, held }) => targetEffect(beside) - targetEffect(held),
);
