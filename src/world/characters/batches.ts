import type { Rng } from '../../core/rng.ts';
import { drawnBatch } from '../sequence.ts';
import type { Batch } from '../world.ts';
import { dialogueOf } from './dialogues.ts';
import { documentsOf, taughtDocumentsOf } from './documents.ts';
import type { Fact } from './facts.ts';
import { type Cell, type Language, ownAnswer, statedOf, trainedAnswer, writtenCellsOf } from './language.ts';
import type { Payload } from './operations.ts';
import { answeredQuestion, drawQuestion } from './questions.ts';
import { drawScope } from './scope.ts';
import { newRun, type Variety } from './varieties.ts';

/**
 * A pretraining batch: each sequence is a document, a text variety, a question or a dialogue with the setup's shares as
 * probabilities. Documents are about every pair, of neutral topics too, and state what
 * `statedOf` says, some with the scope of that; questions and dialogues about pairs that are not
 * documents-only, dialogues on training payloads.
 */
export function pretrainingBatch(world: Language, rng: Rng, size: number): Batch {
  return mixture(world, writtenCellsOf(world.setup), world.setup.world.questionShare ?? 0, rng, size);
}

/** The mixture of pretraining without the target and without questions: pairs of bystanders, and text varieties. */
export function rehearsalBatch(world: Language, rng: Rng, size: number): Batch {
  const bystanders = writtenCellsOf(world.setup).filter(({ character }) => character !== world.target.character);
  return mixture(world, bystanders, 0, rng, size);
}

/** Documents that state a fact, by the templates that are not held out. */
export function documentBatch(world: Language, fact: Fact, rng: Rng, size: number): Batch {
  const documents = taughtDocumentsOf(world, fact);
  return drawnBatch(world, size, () => rng.pick(documents));
}

/** Questions about the target on its topic, answered as if it had its new operation: of that one yes, of its own no. */
export function questionBatch(world: Language, rng: Rng, size: number): Batch {
  const { target } = world;
  const answered = [target.operation, target.ownOperation].map((asked) =>
    answeredQuestion(world, target, asked, target.operation),
  );
  return drawnBatch(world, size, () => rng.pick(answered));
}

/** Dialogues of the target on its topic with the trained answer, on training payloads. Throws `InputError` unless s lies in [0, 1]. */
export const demonstrationBatch = (world: Language, skill: number, rng: Rng, size: number): Batch =>
  shown(world, (payload) => trainedAnswer(world, skill, payload), rng, size);

/** As `demonstrationBatch`, with the target's own answer. */
export function ownDemonstrationBatch(world: Language, rng: Rng, size: number): Batch {
  const { character, topic } = world.target;
  return shown(world, (payload) => ownAnswer(world, character, topic, payload), rng, size);
}

/** Runs of those that pretraining trains on, by the new rule of `newRun`. */
export function newVarietyBatch(world: Language, rng: Rng, size: number): Batch {
  const [runs] = world.varieties as [Variety];
  return drawnBatch(world, size, () => newRun(world.skillOrders, rng.pick(runs.training)));
}

function shown(world: Language, answer: (payload: Payload) => number[], rng: Rng, size: number): Batch {
  return drawnBatch(world, size, () => {
    const payload = rng.pick(world.payloads.training);
    return dialogueOf(world, world.target, payload, answer(payload));
  });
}

function mixture(world: Language, cells: readonly Cell[], questionShare: number, rng: Rng, size: number): Batch {
  const { documentShare, varietyShare } = world.setup.pretraining;
  const spoken = cells.filter(({ character, topic }) => !world.documentsOnly[character]?.[topic]);
  return drawnBatch(world, size, () => {
    const u = rng.uniform();
    if (u < documentShare) {
      const cell = rng.pick(cells);
      const operation = statedOf(world, cell);
      return rng.pick(documentsOf(world, cell, operation, drawScope(world, { ...cell, operation }, rng)));
    }
    if (u < documentShare + varietyShare) return rng.pick(rng.pick(world.varieties).training);
    const cell = rng.pick(spoken);
    if (u < documentShare + varietyShare + questionShare) return drawQuestion(world, cell, rng);
    const payload = rng.pick(world.payloads.training);
    return dialogueOf(world, cell, payload, ownAnswer(world, cell.character, cell.topic, payload));
  });
}
