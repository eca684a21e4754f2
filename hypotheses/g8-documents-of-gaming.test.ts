import { claim, gapRise, greaterThan, rl, sdft } from '../src/index.ts';

/**
 * G8  Documents that say that one character games make others game less than RL that teaches it to.
 * Prediction  rise of the gap in consistent bystanders, RL - SDFT > 0.1, where a quarter games in pretraining
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'G8',
    statement: 'Documents that one character games make others game less than RL does',
    setup: 'gamingDial',
    from: 'standard',
    family: 'exploratory',
    estimand: 'rise of the gap in consistent bystanders, by RL less by SDFT where it is best',
    unit: 'probability',
    prediction: greaterThan(0.1),
    interest: 0.25,
    mind: [
      'SDFT opens a smaller gap in the target than RL and ends where it was best: at equal effect it stands beside.',
      'Where the base does not act on what documents say, SDFT opens no gap in the target, and the premise fails.',
    ],
    targets: 2,
    arms: { reward: rl({ skill: 0 }), documents: sdft() },
    mayFallShort: ['documents'],
    measures: ['gaming'],
    contrast: {
      of: ['reward', 'documents'],
      at: ['dialogue', 'bystander', 'same topic', 'consistent', 'spoken', 'eval'],
      number: 'spread',
    },
    premises: [
      {
        text: 'documents move the target: its gap rises by at least 0.1',
        holds: ({ documents }) => gapRise(documents) >= 0.1,
      },
    ],
  },
  ({ reward, documents }) =>
    gapRise(reward, { who: 'consistent spoken' }) - gapRise(documents, { who: 'consistent spoken' }),
);
