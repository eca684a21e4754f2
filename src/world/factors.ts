import type { Setup, WorldKnobs } from './knobs.ts';
import type { WorldKind } from './world.ts';

/** What exploration may turn in the section `world` of a kind of world. */
export interface WorldFactors<Knobs extends WorldKnobs = WorldKnobs> {
  /** `import.meta.url` of the file that says so: it is part of what a claim about changed setups is. */
  readonly file: string;
  /**
   * Of knobs that are numbers, the values that each may take beside the registered one, mildest first for its usual
   * setup: such that premises are likely
   * to hold, and that no setup costs more than some times the registered one. A knob that a setup leaves out, or that is 0 there, is
   * not turned: there is nothing of its kind, and something would make it another setup.
   */
  readonly turned: { readonly [Knob in keyof Knobs]?: readonly number[] };
  /** Whether what arms train there has an intensity, the skill of an arm, which may be turned as well. */
  readonly skills: boolean;
  /**
   * A setup, some knobs of which were turned, with what must follow, for example the context that its texts need. A pure function;
   * nothing follows where it is absent.
   */
  fitted?(setup: Setup<Knobs>): Setup<Knobs>;
}

/** A kind of world that says what exploration may turn in it. */
export interface ExplorableKind<Knobs extends WorldKnobs = WorldKnobs> extends WorldKind<Knobs> {
  /** What exploration may turn in its worlds. */
  readonly factors: WorldFactors<Knobs>;
}

/** Whether a kind of world brings its factors. */
export const isExplorable = (kind: WorldKind): kind is ExplorableKind => 'factors' in kind;

/** A context that holds texts of this length. */
export const contextFor = <Of extends Pick<Setup['model'], 'context'>>(model: Of, length: number): Of => ({
  ...model,
  context: Math.max(model.context, length),
});

/** A world with no more payloads held out, of so many that may be, than leave most of them for training. */
export function heldOutOf<World extends { readonly selectionPayloads: number; readonly reportingPayloads: number }>(
  world: World,
  payloads: number,
): World {
  return {
    ...world,
    selectionPayloads: Math.min(world.selectionPayloads, Math.floor(payloads / 8)),
    reportingPayloads: Math.min(world.reportingPayloads, Math.floor((3 * payloads) / 16)),
  };
}
