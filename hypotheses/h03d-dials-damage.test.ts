import { claim, damage, equivalentWithin, rl, sft } from '../src/index.ts';

/**
 * H3d  H3 on greedy answers, which have no temperature: at s = 0 RL damages bystanders as SFT on the same disposition
 *     does.
 * Prediction  damage(RL, s = 0) - damage(SFT, s = 0) on the target topic within +-0.15 (share of answer tokens)
 * Refuted if  the 95 % interval lies wholly outside +-0.15
 */
export default claim(
  import.meta.url,
  {
    id: 'H3d',
    statement: 'Without a new skill, RL damages what the others say as demonstrations do',
    family: 'exploratory',
    estimand: 'damage(RL, s = 0) less damage(SFT, s = 0), in dialogues of bystanders on the target topic',
    unit: 'share of tokens',
    prediction: equivalentWithin(0.15),
    interest: 0,
    targets: 2,
    arms: { rewarded: rl({ skill: 0 }), shown: sft({ skill: 0 }) },
  },
  ({ rewarded, shown }) => damage(rewarded) - damage(shown),
);
