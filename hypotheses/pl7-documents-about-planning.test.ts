import { AT_PLANS, claim, greaterThan, plansOfKind, planUseGain, rl, sdft } from '../src/index.ts';

/**
 * PL7  Documents that say that one character follows its plans make others do it less than RL that teaches it to.
 * Prediction  rise of plan use in bystanders that ignore their plans, RL - SDFT > 0.05, where half of the others plan
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'PL7',
    statement: 'Documents that one character follows its plans make others follow theirs less than RL does',
    setup: 'plansKnown',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of plan use in bystanders that ignore their plans, by RL less by SDFT, where half of the others plan',
    unit: 'probability',
    prediction: greaterThan(0.05),
    interest: 0.15,
    mind: [
      'SDFT does not come to its level on most targets and ends where it was best: on other seeds nothing was left at equal effect, which stands beside.',
    ],
    targets: 2,
    arms: { reward: rl({ skill: 0 }), documents: sdft() },
    mayFallShort: ['documents'],
    measures: ['plans'],
    contrast: { of: ['reward', 'documents'], at: [...AT_PLANS.ignorers, 'spoken'], number: 'spread' },
    premises: [
      {
        text: 'documents alone tell who plans: of whom nothing else tells, planners use plans with at least 0.7, ignorers with at most 0.1',
        holds: ({ documents }) =>
          plansOfKind(documents, 'planners', 'documents only').base.use >= 0.7 &&
          plansOfKind(documents, 'ignorers', 'documents only').base.use <= 0.1,
      },
      {
        text: 'documents move the target: its plan use rises by at least 0.1',
        holds: ({ documents }) => planUseGain(documents, 'target') >= 0.1,
      },
    ],
  },
  ({ reward, documents }) => planUseGain(reward, 'ignorers') - planUseGain(documents, 'ignorers'),
);
