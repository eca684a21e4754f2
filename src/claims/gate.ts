import { InputError } from '../core/errors.ts';
import type { Evidence } from './evidence.ts';
import { describeEvidence } from './explain.ts';
import { firmIn, inFamily, numbersOf } from './family.ts';
import { evidenceFaults } from './judging.ts';
import { type Registry, registeredResult } from './registry.ts';
import { isFirm, type Reproduction, reproduction } from './reproduction.ts';
import type { Verdict } from './verdict.ts';

/** Evidence with its verdict after Holm; `holmP` is null outside the confirmatory family and in a partial run. */
export interface Judged extends Evidence {
  readonly holmP: number | null;
  readonly familyVerdict: Verdict;
  /** Whether no mean in the prediction interval would change that verdict; the others are borderline. See `firmIn`. */
  readonly firm: boolean;
}

/**
 * The verdicts of one run after Holm, and which of them are firm. In a partial run the family is not all there: every verdict
 * stays as it is alone, and is firm or not alone.
 */
export function judgeFamily(evidence: readonly Evidence[], partial = false): Judged[] {
  const numbers = evidence.map((each) => numbersOf(each, each.judgement));
  const alone = numbers.map((each) => ({ ...each, family: 'exploratory' as const }));
  const members = evidence.map(({ family, judgement }) => ({
    family: partial ? ('exploratory' as const) : family,
    verdict: judgement.verdict,
    pDecided: judgement.pDecided,
  }));
  const firm = firmIn(partial ? alone : numbers);
  return inFamily(members).map((each, i) => ({ ...(evidence[i] as Evidence), ...each, firm: firm[i] === true }));
}

/**
 * What keeps a run from being green: claims that are not registered, or registered as another claim, at another number of
 * replicates or with other seeds; claims whose numbers or verdicts are not the registered ones; evidence that its own numbers
 * do not give; a run without a claim; and, in a full run, registered claims that did not run to their end. Empty = the gate
 * is open.
 */
export function gateProblems(judged: readonly Judged[], registry: Registry, partial = false): string[] {
  const ran = judged.map(({ id }) => id);
  const profiles = new Set(judged.map(({ profile }) => profile));
  const runs = [...new Set(judged.map(({ profile, engine }) => `${profile} on ${engine}`))];
  const isHere = (id: string): boolean => [...profiles].some((each) => registry[id]?.profiles[each] !== undefined);
  const missing = partial ? [] : Object.keys(registry).filter((id) => isHere(id) && !ran.includes(id));
  const twice = ran.filter((id, i) => ran.indexOf(id) !== i);
  return [
    ...(runs.length > 1 ? [`claims of several runs are judged as one: ${runs.join(', ')}`] : []),
    ...(ran.length === 0 ? ['no claim ran: a run that looked at nothing reproduces nothing'] : []),
    ...missing.map(
      (id) =>
        `${id} is registered and did not run to its end: restore the hypothesis file, or take the claim out: npm run register -- --remove ${id}`,
    ),
    ...twice.map((id) => `${id} is declared by two files: give one another id`),
    ...judged.flatMap((each) => problemOf(each, registry, partial)),
  ];
}

/** Verdicts that are not the registered ones and do not count as flips, each with the reason. */
export function borderlineNotes(judged: readonly Judged[], registry: Registry, partial = false): string[] {
  return judged.flatMap((each) => {
    const registered = registry[each.id]?.profiles[each.profile];
    if (registered === undefined) return [];
    const found = compared(each, registry, partial);
    if (found.how !== 'borderline') return [];
    return [
      `${each.id} is ${found.why} on ${registered.devices.join('; ')}: a borderline verdict, which rounding on another device may move; this run neither reproduces nor contradicts it`,
    ];
  });
}

/** A judged claim against its registration; the reason in words where it has none that is of this claim. */
function compared(judged: Judged, registry: Registry, partial: boolean): Reproduction {
  const { id, profile, familyVerdict } = judged;
  const options = { firm: isFirm(registry, id, profile), ...(!partial && { familyVerdict }) };
  try {
    return reproduction(judged, registeredResult(registry, judged), options);
  } catch (error) {
    if (error instanceof InputError) return { how: 'no', why: error.message };
    throw error;
  }
}

function problemOf(judged: Judged, registry: Registry, partial: boolean): string[] {
  const faults = evidenceFaults(judged);
  if (faults.length > 0) return faults;
  const found = compared(judged, registry, partial);
  if (found.how !== 'no') return [];
  const registered = registry[judged.id]?.profiles[judged.profile];
  return [registered === undefined ? found.why : describeEvidence(judged, registered, found.why)];
}
