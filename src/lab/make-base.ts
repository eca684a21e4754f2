import type { Programs } from '../engine/programs.ts';
import type { RecordContent } from '../store/store.ts';
import { type OnStep, pretrain } from '../train/pretrain.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import type { WorldKind } from '../world/world.ts';

/** The root of the code that makes a base, beside its kind of world and its engine. */
export const MAKE_BASE: string = import.meta.url;

/** What worlds are drawn from, beside a seed each. */
export interface WorldSource {
  readonly kind: Pick<WorldKind, 'draw'>;
  readonly setup: Setup<WorldKnobs>;
}

/** Trains the bases of the worlds of these seeds, in one program; each as the record that it is kept as. */
export async function makeBases(
  programs: Programs,
  { kind, setup }: WorldSource,
  seeds: readonly number[],
  device: string,
  onStep: OnStep,
): Promise<RecordContent[]> {
  const fresh = seeds.map((seed) => ({ world: kind.draw(setup, seed), seed }));
  const trained = await pretrain(programs, fresh, onStep);
  return trained.map(({ parameters, losses }) => ({
    data: { losses: losses.map((each) => ({ ...each })), device },
    tensors: { parameters: { shape: [parameters.length], values: parameters } },
  }));
}
