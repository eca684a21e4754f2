import {
  claim,
  greaterThan,
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
 * H10r  What documents change of a character it is also said to be when asked, in a register that no tuning uses; a new skill by RL
 *       leaves that as it was.
 * Prediction  rise of the trained answers to questions about the target as a share of the target effect, SDFT - RL(s = 1) > 0.25
 * Refuted if  the 95 % interval lies wholly below 0.25
 */
export default claim(
  import.meta.url,
  {
    id: 'H10r',
    statement: 'What documents change of a character shows in questions about it, more than a new skill by RL does',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of the probability of the trained answers in questions about the target on its topic, as a share of the target effect in its dialogues, by SDFT less by RL at s = 1',
    unit: 'share of the target effect',
    prediction: greaterThan(0.25),
    interest: 0.5,
    mind: [
      'Documents and questions name the operation, dialogues show it: SDFT trains the token that a question is asked with, though never behind a question. H10rd has one form.',
      'RL at s = 1 trains the new operation and a mapping of its symbols: that the character uses the new operation is true of it, too.',
      'The arms differ in content and in steps, some twenty times as many.',
      'On development seeds RL at s = 1 turned the answers of 2 of 12 targets wholly, and SDFT those of 9.',
      'A base answers each question with more than .9 of certainty, and what is read is a probability: a change of log-odds that does not turn the answer is not seen.',
      'Declared when other readings of these runs were known; what becomes of questions was read on development seeds alone.',
    ],
    targets: 2,
    arms: { documents: sdft(), skill: rl({ skill: 1 }) },
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
      {
        text: 'questions stay questions under RL of the skill: at least half of the probability is on yes and no',
        holds: ({ skill }) =>
          meanAt(skill.places.end, TARGET, 'damage') - meanAt(skill.places.end, TARGET, 'spread') <= 0.5,
      },
    ],
  },
  ({ documents, skill }) => shownInQuestions(documents) - shownInQuestions(skill),
);
