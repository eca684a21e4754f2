import { AT, claim, driftAt, greaterThan, meanAt, partialR2, rl, sdft, sft } from '../src/index.ts';

/**
 * H8  RL's Razor: over eleven ways to train the target, the KL of the target explains drift in the others beyond
 *     skill and method, more than skill explains beyond the KL.
 * Prediction  partial R2 of target KL given s and method - partial R2 of s given target KL and method > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H8',
    statement:
      'How far the target has moved tells what its training does to the others, better than how new the skill is',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'partial R2 of the KL of the target less partial R2 of s, of drift in dialogues of bystanders on the target topic over SDFT, SFT and RL at five levels',
    unit: 'R2',
    prediction: greaterThan(0),
    interest: 0.2,
    mind: [
      "Source: RL's Razor (arXiv 2509.04259). Eleven runs a target are few for three columns.",
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: {
      documents: sdft(),
      shownDial: sft({ skill: 0 }),
      rewardedDial: rl({ skill: 0 }),
      shownQuarter: sft({ skill: 0.25 }),
      rewardedQuarter: rl({ skill: 0.25 }),
      shownHalf: sft({ skill: 0.5 }),
      rewardedHalf: rl({ skill: 0.5 }),
      shownMost: sft({ skill: 0.75 }),
      rewardedMost: rl({ skill: 0.75 }),
      shownSkill: sft({ skill: 1 }),
      rewardedSkill: rl({ skill: 1 }),
    },
    mayFallShort: ['documents'],
  },
  (arms) => {
    const runs = Object.values(arms);
    const drifts = runs.map((each) => driftAt(each, AT.sameTopic));
    const kl = runs.map((each) => meanAt(each.places.end, AT.target, 'kl'));
    const skill = runs.map(({ arm }) => arm.skill);
    const rewarded = runs.map(({ arm }) => Number(arm.method === 'rl'));
    return partialR2(drifts, [kl], [skill, rewarded]) - partialR2(drifts, [skill], [kl, rewarded]);
  },
);
