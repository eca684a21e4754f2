import type { EngineModule } from '../engine/engine.ts';
import type { BaseMeasure, Measure } from '../measure/measure.ts';
import type { Method } from '../train/method.ts';
import type { WorldKind } from '../world/world.ts';

/** Everything that a run can be made of: plain lists, in the order in which tables show them. Every id stands once in its list. */
export interface Catalog {
  readonly methods: readonly Method[];
  readonly measures: readonly Measure[];
  readonly baseMeasures: readonly BaseMeasure[];
  readonly worlds: readonly WorldKind[];
  readonly engines: readonly EngineModule[];
}
