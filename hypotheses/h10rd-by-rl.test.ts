import {
  claim,
  greaterThan,
  meanAt,
  NothingToMeasureError,
  type Observation,
  rl,
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
 * H10rd  The same by RL alone: of a behaviour that others have, which they are said to have, and of a new skill.
 * Prediction  rise of the trained answers to questions about the target as a share of the target effect, RL(s = 0) - RL(s = 1) > 0.2
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H10rd',
    statement:
      'RL of a behaviour that others have shows in questions about the target, more than RL of a new skill does',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of the probability of the trained answers in questions about the target on its topic, as a share of the target effect in its dialogues, by RL at s = 0 less at s = 1',
    unit: 'share of the target effect',
    prediction: greaterThan(0.2),
    interest: 0.6,
    mind: [
      'Both are by reward on dialogues alone, which never name an operation: what questions say follows from what is shared with them.',
      'RL takes some five times as many steps at s = 1.',
      'On development seeds RL at s = 0 turned the answers of ten targets of 12, those of one by half, and broke those of one; RL at s = 1 turned two wholly.',
      'A base answers each question with more than .9 of certainty, and what is read is a probability: a change of log-odds that does not turn the answer is not seen.',
      'Declared when other readings of these runs were known; what becomes of questions was read on development seeds alone.',
    ],
    targets: 2,
    arms: { dial: rl({ skill: 0 }), skill: rl({ skill: 1 }) },
    premises: [
      {
        text: 'the base answers questions: at least 0.9 on the right answer about the target, and 0.8 about bystanders on what documents alone tell of them',
        holds: ({ dial }) =>
          meanAt(dial.places.end, TARGET, 'room') >= 0.9 &&
          meanAt(dial.places.end, ['question', 'bystander', 'documents only'], 'room') >= 0.8,
      },
      {
        text: 'each arm changes the target: target effect of at least 0.3',
        holds: (arms) => Object.values(arms).every((arm) => targetEffect(arm) >= 0.3),
      },
      {
        text: 'questions stay questions under RL of the skill: at least half of the probability is on yes and no',
        holds: ({ skill }) =>
          meanAt(skill.places.end, TARGET, 'damage') - meanAt(skill.places.end, TARGET, 'spread') <= 0.5,
      },
    ],
  },
  ({ dial, skill }) => shownInQuestions(dial) - shownInQuestions(skill),
);
