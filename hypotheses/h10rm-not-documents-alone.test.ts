import {
  claim,
  lessThan,
  meanAt,
  NothingToMeasureError,
  type Observation,
  rl,
  sdft,
  spreadAt,
  targetEffect,
} from '../src/index.ts';

const TARGET = ['question', 'target'];

/** What the answers rise by for all that the target's dialogues change by; a target that hardly changes says nothing. */
function shownInQuestions(arm: Observation): number {
  const effect = targetEffect(arm);
  if (effect < 0.1) throw new NothingToMeasureError(`a target effect of ${effect.toFixed(2)} shows nowhere`);
  return spreadAt(arm, TARGET) / effect;
}

/**
 * H10rm  It does not take documents: RL of a behaviour that others have changes what is said of the target nearly as they do.
 * Prediction  rise of the trained answers to questions about the target as a share of the target effect, SDFT - RL(s = 0) < 0.4
 * Refuted if  the 95 % interval lies wholly above 0.4
 */
export default claim(
  import.meta.url,
  {
    id: 'H10rm',
    statement: 'Documents show in questions about the target hardly more than RL of a behaviour that others have does',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of the probability of the trained answers in questions about the target on its topic, as a share of the target effect in its dialogues, by SDFT less by RL at s = 0',
    unit: 'share of the target effect',
    prediction: lessThan(0.4),
    interest: 0,
    mind: [
      'The rival of a reading of H10r by which documents alone go by what is believed of a character. A difference of up to a third of what there is counts as none.',
      'Where an arm breaks questions, which happened to one target of 12 by each, it counts as no change.',
      'A base answers each question with more than .9 of certainty, and what is read is a probability: a change of log-odds that does not turn the answer is not seen.',
      'Declared when other readings of these runs were known; what becomes of questions was read on development seeds alone.',
    ],
    targets: 2,
    arms: { documents: sdft(), dial: rl({ skill: 0 }) },
    mayFallShort: ['documents'],
    premises: [
      {
        text: 'the base answers questions: at least 0.9 on the right answer about the target, and 0.8 about bystanders on what documents alone tell of them',
        holds: ({ documents }) =>
          meanAt(documents.places.end, TARGET, 'room') >= 0.9 &&
          meanAt(documents.places.end, ['question', 'bystander', 'documents only'], 'room') >= 0.8,
      },
      {
        text: 'each arm changes the target: target effect of at least 0.3',
        holds: (arms) => Object.values(arms).every((arm) => targetEffect(arm) >= 0.3),
      },
    ],
  },
  ({ documents, dial }) => shownInQuestions(documents) - shownInQuestions(dial),
);
