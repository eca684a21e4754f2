import { claim, greaterThan, rl, targetEffect } from '../src/index.ts';

/**
 * H0b  RL learns at every skill intensity: the weakest of three target effects is large.
 * Prediction  the smallest target effect of RL at s = 0, 0.5, 1 > 0.5 (share of answer tokens, reporting prompts)
 * Refuted if  the 95 % interval lies wholly below 0.5
 */
export default claim(
  import.meta.url,
  {
    id: 'H0b',
    statement: 'RL learns at every skill intensity',
    from: 'standard',
    family: 'premise',
    estimand: 'smallest target effect of RL over s = 0, 0.5, 1',
    unit: 'share of tokens',
    prediction: greaterThan(0.5),
    interest: 0.6,
    targets: 2,
    arms: { dial: rl({ skill: 0 }), half: rl({ skill: 0.5 }), skill: rl({ skill: 1 }) },
    mayFallShort: ['dial', 'half', 'skill'],
  },
  ({ dial, half, skill }) => Math.min(targetEffect(dial), targetEffect(half), targetEffect(skill)),
);
