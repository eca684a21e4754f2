import { claim, greaterThan, sft, targetEffect } from '../src/index.ts';

/**
 * H0d  The dial test: demonstrations that may change nothing but the target's own name embedding teach the
 *     disposition at s = 0, and not the skill at s = 1.
 * Prediction  target effect(SFT on the name alone, s = 0) - target effect(the same, s = 1) > 0.2 (share of answer
 *             tokens)
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H0d',
    statement: 'What is taught at s = 0 is a dial of the target, and at s = 1 it is not',
    from: 'standard',
    family: 'premise',
    estimand: "target effect of SFT that trains the target's name embedding alone, at s = 0 less at s = 1",
    unit: 'share of tokens',
    prediction: greaterThan(0.2),
    interest: 0.4,
    mind: [
      'One embedding of 64 numbers is the smallest capacity that is private to a character; with more of its own parameters a skill may become a dial.',
    ],
    targets: 2,
    arms: { dial: sft({ skill: 0, only: 'name' }), skill: sft({ skill: 1, only: 'name' }) },
    mayFallShort: ['dial', 'skill'],
  },
  ({ dial, skill }) => targetEffect(dial) - targetEffect(skill),
);
