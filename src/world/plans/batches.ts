import { type Rng, stream } from '../../core/rng.ts';
import { drawnBatch, type Sequence } from '../sequence.ts';
import type { Batch } from '../world.ts';
import {
  answerAfter,
  anybodyPlans,
  type Cell,
  cellsOf,
  dispositionOf,
  type Episode,
  type Language,
  ownAnswer,
  roleOf,
  speaks,
} from './language.ts';
import { carriedOut, plansOf } from './operations.ts';
import {
  answeredEpisode,
  dialogueOf,
  dispositionDocuments,
  habitDocuments,
  planningDocuments,
  taughtTemplates,
  writtenEpisode,
} from './texts.ts';

/**
 * A batch of pretraining, or of rehearsal, which is the same without the target: each sequence is a document, a plan episode or an
 * ordinary dialogue with the setup's shares as probabilities. In an episode the plan is the one that its goal asks for. Documents
 * about planning are of every character. Where nobody plans as many state a habit in their place, which nothing else is about: as much
 * to learn, of which nothing is acted on, so that documents of dispositions are as many, and all other draws the same, whoever plans.
 * Documents of dispositions are of every pair, of neutral topics too.
 */
export function mixtureBatch(language: Language, withTarget: boolean, rng: Rng, size: number): Batch {
  const { setup, target, payloads, goals } = language;
  const { documentShare } = setup.pretraining;
  const { planShare, planningDocumentShare = 1 / 3 } = setup.world;
  const isIn = ({ character }: Cell): boolean => withTarget || character !== target.character;
  const written = writtenCellsOf(language).filter(isIn);
  const spoken = cellsOf(language).filter((cell) => isIn(cell) && speaks(language, cell));
  const planned = spoken.filter(({ character }) => !roleOf(language, character).documentsOnly);
  const aboutCharacter = (character: number): Sequence[] =>
    anybodyPlans(language)
      ? planningDocuments(language, character, roleOf(language, character).plans)
      : habitDocuments(language, character);
  return drawnBatch(language, size, () => {
    const u = rng.uniform();
    if (u < documentShare * planningDocumentShare) {
      const { character } = rng.pick(written);
      return rng.pick(aboutCharacter(character));
    }
    if (u < documentShare) {
      const cell = rng.pick(written);
      return rng.pick(dispositionDocuments(language, cell, dispositionOf(language, cell)));
    }
    if (u >= documentShare + planShare) return dialogueOf(language, rng.pick(spoken), rng.pick(payloads.training));
    const cell = rng.pick(planned);
    const goal = rng.integer(goals.length);
    const episode = { goal, payload: rng.pick(payloads.training), plan: goals[goal] as Episode['plan'] };
    return writtenEpisode(language, cell, episode, answerAfter(language, cell, episode));
  });
}

/** An episode in which goal and plan have nothing to do with each other: both are drawn, as is the payload, of training. */
export function forcedEpisode({ setup, goals, payloads }: Language, rng: Rng): Episode {
  const [goal, payload] = [rng.integer(goals.length), rng.pick(payloads.training)];
  return { goal, payload, plan: rng.pick(plansOf(setup.world)) };
}

/** Forced episodes of the target on its topic, with the answer that follows the plan, or with its own; loss on the answer. */
export function demonstrationBatch(language: Language, answer: 'followed' | 'own', rng: Rng, size: number): Batch {
  const { target } = language;
  return drawnBatch(language, size, () => {
    const episode = forcedEpisode(language, rng);
    const { plan, payload } = episode;
    const said = answer === 'followed' ? carriedOut(plan, payload) : ownAnswer(language, target, payload);
    return answeredEpisode(language, target, episode, said);
  });
}

/** Documents that state of the target that it follows its plans, or that it does not; none held out. */
export function planningBatch(language: Language, plans: boolean, rng: Rng, size: number): Batch {
  const documents = planningDocuments(language, language.target.character, plans);
  return taughtBatch(language, documents, rng, size);
}

/** Documents that state an operation of the target on a neutral topic, another one than pretraining states. */
export function neutralBatch(language: Language, rng: Rng, size: number): Batch {
  const { topics, neutralTopics = 0, operations } = language.setup.world;
  const { character } = language.target;
  const fact = stream(language.seed, 'world', 'documents-neutral', character);
  const cell = { character, topic: topics + fact.integer(neutralTopics) };
  const operation = (dispositionOf(language, cell) + 1 + fact.integer(operations - 1)) % operations;
  return taughtBatch(language, dispositionDocuments(language, cell, operation), rng, size);
}

function taughtBatch(language: Language, documents: readonly Sequence[], rng: Rng, size: number): Batch {
  const taught = documents.slice(0, taughtTemplates(language));
  return drawnBatch(language, size, () => rng.pick(taught));
}

/** Every pair that documents are about: those of dialogues, then every character with every neutral topic. */
function writtenCellsOf(language: Language): Cell[] {
  return language.dispositions.flatMap((row, character) => row.map((_, topic) => ({ character, topic })));
}
