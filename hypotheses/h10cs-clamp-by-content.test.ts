import { claim, clamped, greaterThan, type Observation, sdft, sft, targetEffect } from '../src/index.ts';

/** What a clamp on questions about the target takes, beyond one on documents of a bystander. */
const taken = (beside: Observation, held: Observation): number => targetEffect(beside) - targetEffect(held);

/**
 * H10cs  A new skill is learnt without what is believed: to hold the answers to questions about the target takes less of demonstrations of
 *        a skill than of documents.
 * Prediction  target effect that goes with questions held, beyond a bystander's documents held, SDFT - SFT(s = 1) > 0.05 (share of
 *             answer tokens)
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H10cs',
    statement: 'To hold what questions say of the target takes more of documents than of demonstrations of a new skill',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "target effect in the target's dialogues that goes where the answers to questions about the target are held to the base, beyond what goes where documents of a bystander are, of SDFT less of SFT at s = 1, each for as many steps as without a clamp",
    unit: 'share of tokens',
    prediction: greaterThan(0.05),
    interest: 0.2,
    mind: [
      'SFT at s = 1 takes some seven times as many steps, in which it can find a way that leaves the answers to questions; SDFT for as many would go past its level.',
      'Without a clamp demonstrations of the skill move questions, too, of most targets (H10rf): that they need not is what is asked here.',
      'Declared when other readings of SDFT and SFT were known; arms with a clamp were run on development seeds alone.',
    ],
    targets: 2,
    arms: {
      beside: clamped(sdft(), { on: 'bystander', weight: 10 }),
      held: clamped(sdft(), { on: 'questions', weight: 10 }),
      skillBeside: clamped(sft({ skill: 1 }), { on: 'bystander', weight: 10 }),
      skillHeld: clamped(sft({ skill: 1 }), { on: 'questions', weight: 10 }),
      documents: sdft(),
    },
    mayFallShort: ['documents'],
    premises: [
      {
        text: 'SDFT without a clamp, and the skill with a bystander held, change the target: target effects of at least 0.3',
        holds: ({ documents, skillBeside }) => [documents, skillBeside].every((arm) => targetEffect(arm) >= 0.3),
      },
    ],
  },
  ({ beside, held, skillBeside, skillHeld }) => taken(beside, held) - taken(skillBeside, skillHeld),
);
