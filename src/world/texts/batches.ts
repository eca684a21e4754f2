import type { Rng } from '../../core/rng.ts';
import { drawnBatch, type Sequence } from '../sequence.ts';
import type { Batch } from '../world.ts';
import { documentsOf, ownStatement, type Statement, taughtTemplates } from './documents.ts';
import type { Texting } from './language.ts';
import type { Site } from './prompts.ts';
import { SITES } from './sites.ts';
import { type Forms, messageOf, ownText, runningText, written } from './writing.ts';

/** A batch of the mixture that makes a base, of these varieties; see `drawText`. */
export const mixedBatch = (texting: Texting, varieties: readonly number[], rng: Rng, size: number): Batch =>
  drawnBatch(texting, size, () => drawText(texting, rng.pick(varieties), rng));

/** Documents of a statement, by the templates that are not held out. */
export function documentBatch(texting: Texting, statement: Statement, rng: Rng, size: number): Batch {
  const documents = documentsOf(texting, statement).slice(0, taughtTemplates(texting));
  return drawnBatch(texting, size, () => rng.pick(documents));
}

/** Texts of the target in these forms, each of which begins with a prompt at one of these sites and runs on. */
export function demonstrationBatch(
  texting: Texting,
  sites: readonly Site[],
  forms: Forms,
  rng: Rng,
  size: number,
): Batch {
  const { target, messages } = texting;
  return drawnBatch(texting, size, () => {
    const { message, unit, prompt } = rng.pick(sites);
    const units = messageOf(texting, target.variety, message);
    const before = units.slice(0, unit);
    const begun = [
      ...prompt.slice(2, -1),
      ...written(texting, units, forms).slice(written(texting, before, forms).length),
    ];
    return runningText(texting, target.variety, begun, { messages: messages.training, forms, rng });
  });
}

/**
 * A document with the setup's share as its probability, which states the form of any kind of site, else a text of the variety on
 * training messages.
 */
function drawText(texting: Texting, variety: number, rng: Rng): Sequence {
  if (rng.uniform() < texting.setup.pretraining.documentShare)
    return rng.pick(documentsOf(texting, ownStatement(texting, { variety, site: rng.integer(SITES.length) })));
  return ownText(texting, variety, texting.messages.training, rng);
}
