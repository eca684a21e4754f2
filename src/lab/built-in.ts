import { engines } from '../engine/engines/index.ts';
import { baseMeasures, measures } from '../measure/measures/index.ts';
import { methods } from '../train/methods/index.ts';
import { worlds } from '../world/index.ts';
import type { Catalog, Lists } from './catalog.ts';

/** What comes with this package. */
export const BUILT_IN: Catalog = { methods, measures, baseMeasures, worlds, engines };

/** The built-in lists, with those that are given in their place. */
export const catalogOf = (lists: Partial<Lists>, from?: string): Catalog => ({
  methods: lists.methods ?? methods,
  measures: lists.measures ?? measures,
  baseMeasures: lists.baseMeasures ?? baseMeasures,
  worlds: lists.worlds ?? worlds,
  engines: lists.engines ?? engines,
  from,
});

/** The catalog that a module's default export gives, as a worker loads it; the built-in one without a module. */
export async function loadCatalog(from: string | undefined): Promise<Catalog> {
  if (from === undefined) return BUILT_IN;
  const { default: lists } = (await import(from)) as { readonly default?: Partial<Lists> };
  return catalogOf(lists ?? {}, from);
}
