import {
  claim,
  greaterThan,
  meanAt,
  NothingToMeasureError,
  type Observation,
  rl,
  sft,
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
 * H10rf  It is the method, too: demonstrations of a new skill show in questions about the target where RL of it does not.
 * Prediction  rise of the trained answers to questions about the target as a share of the target effect, SFT - RL, s = 1 > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H10rf',
    statement: 'Demonstrations of a new skill show in questions about the target more than RL of it does',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of the probability of the trained answers in questions about the target on its topic, as a share of the target effect in its dialogues, by SFT less by RL, both at s = 1',
    unit: 'share of the target effect',
    prediction: greaterThan(0.1),
    interest: 0.45,
    mind: [
      'The same content by two methods; RL takes some twice as many steps, and what fewer steps leave undone may be what more undo.',
      'Demonstrations break questions of some targets, which are answered with what is neither yes nor no: that makes the difference smaller.',
      'A base answers each question with more than .9 of certainty, and what is read is a probability: a change of log-odds that does not turn the answer is not seen.',
      'Declared when other readings of these runs were known; what becomes of questions was read on development seeds alone.',
    ],
    targets: 2,
    arms: { demonstrations: sft({ skill: 1 }), skill: rl({ skill: 1 }) },
    premises: [
      {
        text: 'the base answers questions: at least 0.9 on the right answer about the target, and 0.8 about bystanders on what documents alone tell of them',
        holds: ({ demonstrations }) =>
          meanAt(demonstrations.places.end, TARGET, 'room') >= 0.9 &&
          meanAt(demonstrations.places.end, ['question', 'bystander', 'documents only'], 'room') >= 0.8,
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
  ({ demonstrations, skill }) => shownInQuestions(demonstrations) - shownInQuestions(skill),
);
