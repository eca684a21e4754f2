import { loadedFrom } from '../claims/loaded.ts';
import { InputError } from '../core/errors.ts';
import { DESIGNS, type ImportedEstimate, type ImportedSpec } from './spec.ts';
import { registerImportedTest } from './vitest.ts';

/** What a hypothesis file about the records of others exports. */
export interface DeclaredImport {
  readonly spec: ImportedSpec<string>;
  readonly estimate: ImportedEstimate<string>;
  /** Whether the claim says how its number is made; else it is the first arm's less the second's. */
  readonly ownEstimate: boolean;
  /** The file that declares it, and the hash of its text when it was loaded; null where there is no such file. */
  readonly path: string;
  readonly text: string | null;
}

/**
 * Declares a claim about the records of others in a hypothesis file whose `import.meta.url` is `url`: about the study in a folder, whose
 * arms it compares by its design, with the rules of `studies/rules.ts`, which it cannot switch off. `estimate` makes the number of a
 * pair from those of its arms; without one it is the first arm's less the second's. Throws `InputError` on a declaration that is not
 * complete, or has another number of arms than its design compares.
 */
export function imported<Name extends string>(
  url: string,
  spec: ImportedSpec<Name>,
  estimate?: ImportedEstimate<Name>,
): DeclaredImport {
  refuseIncomplete(spec);
  const names = Object.keys(spec.arms);
  const [first = '', second = ''] = names;
  const difference: ImportedEstimate<string> = (arms) => (arms[first] as number) - (arms[second] as number);
  const needsTwo = estimate === undefined;
  const ofStudy: readonly string[] = Object.values(spec.arms);
  if (new Set(ofStudy).size < ofStudy.length || names.some((name) => /^\d+$/.test(name)))
    throw new InputError(`the arms of ${spec.id}`, {
      expected: 'every arm of the study once, under a name that is no number: objects put numbers first',
      got: names.map((name, i) => `${name}: ${ofStudy[i]}`).join(', '),
      todo: 'correct `arms` in the hypothesis file',
    });
  if ((needsTwo && names.length !== 2) || (!needsTwo && (spec.design ?? 'paired') !== 'paired'))
    throw new InputError(`the arms of ${spec.id}`, {
      expected: 'two arms, the first of which is compared with the second; or paired arms with an estimate of them',
      got: `${names.length} arms (${names.join(', ')}), ${spec.design ?? 'paired'}${needsTwo ? '' : ', with an estimate'}`,
      todo: 'correct `arms`, or give `imported` an estimate as its last argument',
    });
  const declared = {
    spec,
    estimate: (estimate ?? difference) as ImportedEstimate<string>,
    ownEstimate: estimate !== undefined,
    ...loadedFrom(url),
  };
  registerImportedTest(declared);
  return declared;
}

function refuseIncomplete({ id, design = 'paired', mind = [], ...spec }: ImportedSpec<string>): void {
  const empty: string[] = (['statement', 'study', 'estimand', 'unit'] as const).filter(
    (key) => (spec[key] ?? '').trim() === '',
  );
  if (mind.some((note) => note.trim() === '')) empty.push('mind');
  if (!/^[A-Za-z0-9-]+$/.test(id)) empty.unshift('id');
  if (!DESIGNS.includes(design)) empty.push('design');
  if (empty.length === 0) return;
  throw new InputError(`the claim ${id} about the records of others`, {
    expected: `an id of letters, digits and hyphens, a statement, a study, an estimand and a unit in words, and of designs one of ${DESIGNS.join(', ')}`,
    got: `no ${empty.join(', no ')}`,
    todo: 'complete the declaration in the hypothesis file',
  });
}
