import { fileURLToPath } from 'node:url';
import { InputError } from '../core/errors.ts';
import { engines } from '../engine/engines/index.ts';
import { baseMeasures, measures } from '../measure/measures/index.ts';
import { methods } from '../train/methods/index.ts';
import { worlds } from '../world/index.ts';
import type { Catalog, Lists } from './catalog.ts';
import { isOwn } from './code.ts';

/** What comes with this package. */
export const BUILT_IN: Catalog = { methods, measures, baseMeasures, worlds, engines };

/** What an observation says beside the readings, which stand there under the ids of their measures. */
const RESERVED = ['seed', 'arm', 'measures', 'trajectory', 'reached', 'steps', 'containmentRatio', 'devices', 'played'];

/**
 * The built-in lists, with those that are given in their place. Throws `InputError` on a measure whose id an observation needs for
 * something else, and on a value that was made of a built-in one and still says that it is of that one's file.
 */
export function catalogOf(lists: Partial<Lists>, from?: string): Catalog {
  for (const { id } of [...(lists.measures ?? []), ...(lists.baseMeasures ?? [])]) {
    if (RESERVED.includes(id))
      throw refused(`the measure '${id}'`, `an id other than ${RESERVED.join(', ')}`, `'${id}'`, 'give it another id');
  }
  for (const name of ['methods', 'measures', 'baseMeasures', 'worlds', 'engines'] as const) {
    const own = new Set(BUILT_IN[name].map(({ id, file }) => `${id} ${file}`));
    const copy = lists[name]?.find(({ id, file }) => isOwn(fileURLToPath(file)) && !own.has(`${id} ${file}`));
    if (copy !== undefined)
      throw refused(
        `'${copy.id}' of ${name}`,
        'the file that makes it (file: import.meta.url), which is part of every key',
        `that of a built-in one, ${copy.file}`,
        'give its own file: import.meta.url after what it takes over',
      );
  }
  return withBuiltIn(lists, from);
}

const refused = (what: string, expected: string, got: string, todo: string): InputError =>
  new InputError(`${what} in the configuration`, { expected, got, todo });

const withBuiltIn = (lists: Partial<Lists>, from?: string): Catalog => ({
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
