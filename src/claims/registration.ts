import { InputError, InvariantError } from '../core/errors.ts';
import { PROFILES, type Profile } from '../project/configuration.ts';
import { registryFaults, withFamilyVerdicts } from './coherence.ts';
import { contentDifferences, contentOf } from './content.ts';
import type { Made } from './declaration.ts';
import type { Evidence } from './evidence.ts';
import { historyOf, type Version } from './history.ts';
import { type Confirmed, confirmed, declaredSince } from './holdout.ts';
import { type RegisteredClaim, type Registry, registerCommand, resultOf } from './registry.ts';

/** What is to be registered: the evidence of some claims, all at one profile, and claims that are to be taken out. */
export interface Registration {
  readonly evidence: readonly Evidence[];
  readonly remove: readonly string[];
  readonly profile: Profile;
  /** What each of these claims says, and since when, by its id. */
  readonly made: ReadonlyMap<string, Made>;
}

/**
 * The registry after a registration. Of the claims that it names, other profiles of an unchanged one are kept and those of a
 * changed one go, and what was replaced stays in its history; every other entry stays as it is. `versions` are the registries
 * that version control has, oldest first. Throws `InputError` where Holm would then give a claim that is not named another
 * verdict in the family, and `InvariantError` where what was made contradicts itself.
 */
export function registered(found: Registry, asked: Registration, versions: readonly Version[]): Registry {
  const { evidence, remove, made } = asked;
  const named = new Map(evidence.map((each) => [each.id, each]));
  const kept = Object.entries(found).filter(([id]) => !remove.includes(id) && !named.has(id));
  const measured = evidence.map((each) => {
    const before = found[each.id];
    return [each.id, entryOf(each, before, confirmed(each, before, made.get(each.id), versions))] as const;
  });
  const judged = withFamilyVerdicts(Object.fromEntries([...kept, ...measured]));
  refuseOthersMoved(found, judged, asked);
  const past = [...versions, { registry: found }];
  const after = Object.fromEntries(
    Object.entries(judged).map(([id, entry]): [string, RegisteredClaim] => {
      const before = found[id];
      return [id, named.has(id) || before === undefined ? withHistory(id, entry, past, before) : before];
    }),
  );
  const faults = registryFaults(after);
  if (faults.length > 0) throw new InvariantError(`nothing was registered: ${faults.join('; ')}`);
  return after;
}

/** A claim that was measured, beside what is registered of it at other profiles; its verdict in the family is still its own. */
function entryOf(
  evidence: Evidence,
  before: RegisteredClaim | undefined,
  { declared, holdout }: Confirmed,
): RegisteredClaim {
  const { spec, profile, judgement } = evidence;
  const content = contentOf(evidence);
  const same = before?.spec === spec && contentDifferences(content, before.content).length === 0;
  const known = holdout !== undefined && { holdout };
  const result = { ...resultOf({ ...evidence, familyVerdict: judgement.verdict }), ...known };
  const others = same ? declaredSince(before, declared) : {};
  return { spec, content, ...(declared && { declared }), profiles: { ...others, [profile]: result } };
}

function withHistory(
  id: string,
  entry: RegisteredClaim,
  past: readonly Version[],
  before: RegisteredClaim | undefined,
): RegisteredClaim {
  const history = historyOf(id, [...past, { registry: { [id]: entry } }], before?.history);
  return { ...entry, ...(history.length > 0 && { history }) };
}

/** Throws `InputError` where a claim that a registration does not name would change by it. */
function refuseOthersMoved(found: Registry, after: Registry, { evidence, remove, profile }: Registration): void {
  const named = [...evidence.map(({ id }) => id), ...remove];
  const moved = Object.keys(found)
    .filter((id) => !named.includes(id))
    .flatMap((id) =>
      PROFILES.flatMap((at) => {
        const [was, is] = [found[id]?.profiles[at]?.familyVerdict, after[id]?.profiles[at]?.familyVerdict];
        return was === is ? [] : [{ id, text: `${id} at ${at}: ${was} -> ${is}` }];
      }),
    );
  if (moved.length === 0) return;
  const ids = [...evidence.map(({ id }) => id), ...new Set(moved.map(({ id }) => id))];
  const others = remove.map((id) => ` --remove ${id}`).join('');
  throw new InputError('nothing was registered: with these claims, Holm gives others another verdict in the family', {
    expected: 'every claim named whose registered verdict changes',
    got: moved.map(({ text }) => text).join('; '),
    todo: `register them together: ${registerCommand(ids, profile)}${others}`,
  });
}
