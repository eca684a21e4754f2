import { z } from 'zod';
import { documentProbes, varietyProbes } from '../../world/characters/prompts.ts';
import type { CharacterWorld } from '../../world/characters/world.ts';
import { meanDistances } from '../drift.ts';
import { distancesAt, type Forced, forcedOn } from '../forced.ts';
import type { Comparison, Measure, Reading } from '../measure.ts';

/** Held-out variety sequences that are compared. */
const VARIETY_SEQUENCES = 64;

export interface TextChange {
  /**
   * Belief about the target on its topic: log p(trained operation) - log p(own operation) in the document register, nats,
   * mean over the templates, of base and tuned.
   */
  readonly beliefBefore: number;
  readonly beliefAfter: number;
  /** Mean total variation at the operation in documents about bystanders. */
  readonly documentTv: number;
  /** Mean total variation at the predictable positions of text that belongs to no character. */
  readonly varietyTv: number;
}

const share = z.number().min(0).max(1);

/** How the document register and the text varieties changed. */
export const text: Measure<TextChange, CharacterWorld> = {
  id: 'text',
  about: 'how documents about the target and about bystanders, and text of no character, changed',
  unit: 'log-odds in nats; total variation',
  file: import.meta.url,
  worlds: ['characters'],
  schema: z.strictObject({ beliefBefore: z.number(), beliefAfter: z.number(), documentTv: share, varietyTv: share }),
  of: textChange,
  columns: [
    {
      name: 'belief_before',
      about: 'log-odds of the stated operation in documents, nats',
      of: ({ beliefBefore }) => beliefBefore,
    },
    { name: 'belief_after', about: 'the same after tuning', of: ({ beliefAfter }) => beliefAfter },
    { name: 'document_tv', about: 'total variation on documents, in [0, 1]', of: ({ documentTv }) => documentTv },
    { name: 'variety_tv', about: 'total variation on text varieties, in [0, 1]', of: ({ varietyTv }) => varietyTv },
  ],
};

async function textChange(comparison: Comparison<CharacterWorld>): Promise<Reading<TextChange>> {
  const { target, vocabulary } = comparison.world;
  const probes = documentProbes(comparison.world);
  const was = await forcedOn(comparison, 'base', 'documents', probes);
  const is = await forcedOn(comparison, 'tuned', 'documents', probes);
  const rows = Array.from({ length: probes.size }, (_, b) => ({
    b,
    t: probes.positions[b] as number,
    cell: probes.cells[b] as { character: number; topic: number },
  }));
  const about = rows.filter(({ cell }) => cell.character === target.character && cell.topic === target.topic);
  const belief = (network: Forced): number => {
    const odds = about.map(({ b, t }) => {
      const logp = network.at(b, t);
      const [trained, own] = [target.operation, target.ownOperation].map(
        (k) => logp[vocabulary.operations[k] as number] as number,
      );
      return (trained as number) - (own as number);
    });
    return odds.reduce((sum, each) => sum + each, 0) / odds.length;
  };

  const varieties = varietyProbes(comparison.world, VARIETY_SEQUENCES);
  const varietyWas = await forcedOn(comparison, 'base', 'text varieties', varieties);
  const varietyIs = await forcedOn(comparison, 'tuned', 'text varieties', varieties);
  const predicted = [...varieties.weights].flatMap((weight, i) => (weight > 0 ? [i] : []));
  const width = varieties.weights.length / varieties.size;
  const data = {
    beliefBefore: belief(was),
    beliefAfter: belief(is),
    documentTv: meanDistances(
      rows.filter(({ cell }) => cell.character !== target.character).map(({ b, t }) => distancesAt(was, is, b, t)),
    ).tv,
    varietyTv: meanDistances(predicted.map((i) => distancesAt(varietyWas, varietyIs, Math.floor(i / width), i % width)))
      .tv,
  };
  return { data };
}
