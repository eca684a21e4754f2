import { claim, foretold, greaterThan, sdft, sft } from '../src/index.ts';

/**
 * H6ks  Who takes up a new skill does not stand in the base, as who takes up what documents say does.
 * Prediction  rank correlation over bystanders of the cosine of gradients and the rise of the trained token, SDFT - SFT(s = 1) > 0.2
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H6ks',
    statement: 'Gradients of the base say who takes up what documents say better than who takes up a new skill',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "rank correlation over bystanders that do another operation of the cosine of two gradients of the base, of what is trained on and of the bystander doing as is trained, and the rise of the trained token in that bystander's dialogues on the target topic, by SDFT less by SFT at s = 1",
    unit: "Spearman's rho",
    prediction: greaterThan(0.2),
    interest: 0.4,
    mind: [
      'Demonstrations of the target and of a bystander are alike in form, so that all cosines are high and what orders them is small; documents are not.',
      'A skill takes some fifty steps, documents some seven: a cosine of the first one may say less of the fiftieth.',
      'The skill spreads to nearly all (H6): there is little left to order.',
      'Declared when other readings of these runs were known; who takes it up was read on development seeds alone.',
    ],
    targets: 2,
    arms: { documents: sdft(), skill: sft({ skill: 1 }) },
    mayFallShort: ['documents'],
    measures: ['influence'],
  },
  ({ documents, skill }) => foretold(documents) - foretold(skill),
);
