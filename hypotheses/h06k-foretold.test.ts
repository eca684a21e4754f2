import { claim, foretold, greaterThan, sdft } from '../src/index.ts';

/**
 * H6k  Who takes up what documents say of another stands in the base before: those of whom its gradients say that a step on the
 *      documents makes them do as is stated.
 * Prediction  rank correlation over bystanders of the cosine of gradients and the rise of the trained token, SDFT > 0.2
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H6k',
    statement: 'Gradients of the base say who takes up what documents say of another',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "rank correlation over bystanders that do another operation of the cosine of two gradients of the base, of SDFT's documents and of the bystander doing as is trained, and the rise of the trained token in that bystander's dialogues on the target topic, by SDFT",
    unit: "Spearman's rho",
    prediction: greaterThan(0.2),
    interest: 0.35,
    mind: [
      'It says who, not how much: SDFT spreads little (H5a), and orders what little there is.',
      'The cosine is of a first step from the base; SDFT takes some seven.',
      'Declared when other readings of these runs were known; who takes it up was read on development seeds alone.',
    ],
    targets: 2,
    arms: { documents: sdft() },
    mayFallShort: ['documents'],
    measures: ['influence'],
  },
  ({ documents }) => foretold(documents),
);
