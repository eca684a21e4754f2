import type { EngineModule } from '../engine/engine.ts';
import { engines } from '../engine/engines/index.ts';
import type { BaseMeasure, Measure } from '../measure/measure.ts';
import { baseMeasures, measures } from '../measure/measures/index.ts';
import type { Method } from '../train/method.ts';
import { methods } from '../train/methods/index.ts';
import { worlds } from '../world/index.ts';
import type { WorldKind } from '../world/world.ts';

/** Everything that a run can be made of: plain lists, in the order in which tables show them. Every id stands once in its list. */
export interface Catalog {
  readonly methods: readonly Method[];
  readonly measures: readonly Measure[];
  readonly baseMeasures: readonly BaseMeasure[];
  readonly worlds: readonly WorldKind[];
  readonly engines: readonly EngineModule[];
}

/** The built-in lists with those that are given. */
export const catalogOf = (lists: Partial<Catalog>, _from?: string): Catalog => ({
  ...{ methods, measures, baseMeasures, worlds, engines },
  ...lists,
});
