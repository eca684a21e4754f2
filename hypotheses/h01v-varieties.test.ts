import { AT, claim, driftAt, greaterThan, rl, sdft } from '../src/index.ts';

/**
 * H1v  H1 in text varieties, which no character says and where no trained token has a place.
 * Prediction  drift(RL, s = 1) - drift(SDFT) in text varieties > 0.1 (total variation)
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1v',
    statement: 'SDFT moves texts of nobody less than RL that teaches a new skill',
    family: 'exploratory',
    estimand: 'drift(RL, s = 1) less drift(SDFT), in held-out texts of the varieties',
    unit: 'TV',
    prediction: greaterThan(0.1),
    interest: 0.3,
    mind: [
      'Total variation does not tell a skill from noise: RL on random rewards for as many steps moves these texts further than RL that learns.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), documents: sdft() },
    mayFallShort: ['documents'],
    contrast: { of: ['skill', 'documents'], at: AT.varieties, number: 'tv' },
  },
  ({ skill, documents }) => driftAt(skill, AT.varieties) - driftAt(documents, AT.varieties),
);
