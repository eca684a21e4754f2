import type { Programs } from '../engine/programs.ts';
import { architectureOf } from '../model/parameters.ts';
import { documentProbes, varietyProbes } from '../world/characters/prompts.ts';
import type { CharacterWorld } from '../world/characters/world.ts';
import { meanDistances } from './drift.ts';
import { distancesAt, type Forced, forced } from './forced.ts';

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

/** How the document register and the text varieties changed. */
export async function textChange(
  programs: Programs,
  world: CharacterWorld,
  base: Float32Array,
  tuned: Float32Array,
): Promise<TextChange> {
  const architecture = architectureOf(world);
  const { target, vocabulary } = world;
  const probes = documentProbes(world);
  const was = await forced(programs, architecture, base, probes);
  const is = await forced(programs, architecture, tuned, probes);
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

  const varieties = varietyProbes(world, VARIETY_SEQUENCES);
  const varietyWas = await forced(programs, architecture, base, varieties);
  const varietyIs = await forced(programs, architecture, tuned, varieties);
  const predicted = [...varieties.weights].flatMap((weight, i) => (weight > 0 ? [i] : []));
  const width = varieties.weights.length / varieties.size;
  return {
    beliefBefore: belief(was),
    beliefAfter: belief(is),
    documentTv: meanDistances(
      rows.filter(({ cell }) => cell.character !== target.character).map(({ b, t }) => distancesAt(was, is, b, t)),
    ).tv,
    varietyTv: meanDistances(predicted.map((i) => distancesAt(varietyWas, varietyIs, Math.floor(i / width), i % width)))
      .tv,
  };
}
