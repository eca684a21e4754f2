import { endsText, percent, predictionText, sidedText, verdictText } from '../claims/describe.ts';
import { stratumText } from '../claims/explain.ts';
import type { Judged } from '../claims/gate.ts';
import { byRehearsal } from '../claims/rehearsal.ts';
import { type Answered, type Concluded, standing } from './conclusions.ts';
import { otherwiseAt } from './matched.ts';
import { type Changed, relatedTo } from './related.ts';
import { idText } from './short.ts';
import { estimateSides, sidesText } from './sides.ts';

/** A sentence of the first screen, with what it depends on, a line each. */
export interface Answer {
  readonly text: string;
  readonly depends: readonly string[];
}

/** So many refuted relatives, and so many supported claims, are told in a sentence of their own. */
const TOLD = { refuted: 2, supported: 1 } as const;

/**
 * The answer in five sentences at most, from verdicts alone, refutations first: confirmatory claims that were refuted; then what asks
 * the same with rehearsal, at another place or in changed setups and was refuted; all others that were refuted, by name; a supported
 * confirmatory claim with what it depends on; and the other supported ones. Where effects may not be told, why not.
 */
export function answers(records: Answered): Answer[] {
  const { claims } = records;
  const { sound, said } = standing(records);
  if (!sound) return [{ text: said, depends: [] }];
  const confirmatory = claims.filter(({ family }) => family === 'confirmatory');
  const by = (all: readonly Judged[], verdict: Judged['familyVerdict']): Judged[] =>
    all.filter(({ familyVerdict }) => familyVerdict === verdict).toSorted((a, b) => Number(b.firm) - Number(a.firm));
  const heads = by(confirmatory, 'refuted');
  const elsewhere = confirmatory.map((head) => relatedTo(head, claims).map(({ claim }) => claim));
  const askedAgain = elsewhere
    .map((own, i) => by(own, 'refuted').filter((each) => !elsewhere.slice(0, i).flat().includes(each)))
    .filter(({ length }) => length > 0)
    .slice(0, TOLD.refuted);
  const told = new Set([...heads, ...askedAgain.flat()]);
  const others = by(claims, 'refuted').filter((each) => !told.has(each));
  const supported = by(confirmatory, 'supported');
  const first = supported.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, TOLD.supported);
  const kin = new Set([...first, ...first.flatMap((each) => relatedTo(each, claims).map(({ claim }) => claim))]);
  const inFull = supported.filter((each) => each.firm && !kin.has(each));
  const named = supported.filter((each) => !first.includes(each) && !inFull.includes(each));
  const rest = [...inFull.map((each) => `${each.statement} (${statusText(each)})`), ...named.map(namedText)];
  return [
    ...heads.map((each) => ({ text: sentence(claimText(each, records)), depends: dependsOn(each, claims) })),
    ...askedAgain.map((each) => ({ text: sentence(...each.map((of) => claimText(of, records))), depends: [] })),
    ...(others.length === 0 ? [] : [{ text: `Refuted, too: ${others.map(namedText).join(', ')}.`, depends: [] }]),
    ...first.map((each) => ({ text: sentence(claimText(each, records)), depends: dependsOn(each, claims) })),
    ...(rest.length === 0 ? [] : [{ text: `Supported, too: ${rest.join('; ')}.`, depends: [] }]),
  ];
}

/** Parts as one sentence. */
const sentence = (...parts: readonly string[]): string => {
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

const namedText = (each: Judged): string => verdictText(idText(each), each.firm);

const statusText = ({ id, firm, judgement, prediction }: Judged): string =>
  `${verdictText(id, firm)}, ${sidedText(judgement.mean, prediction)}`;

/** A claim of two arms that are compared otherwise, too, says more than one that is read once. */
const weightOf = ({ firm, contrast }: Judged): number => Number(firm) + Number(contrast !== undefined);

/** A claim's verdict on its statement, with its number beside what was predicted, and both arms where it compares two. */
function claimText(each: Judged, records: Answered): string {
  const { id, statement, familyVerdict, firm, judgement, prediction, unit, setups } = each;
  const asked = records.claims.find((other) => other.id === setups?.of);
  const is = asked === undefined ? '' : `, where ${asked.id} is “${asked.statement}”`;
  const sides = estimateSides(each, records);
  const compared = sides === undefined ? '' : `${sidesText(sides)}; `;
  const number =
    setups === undefined
      ? `${compared}estimate ${sidedText(judgement.mean, prediction)} ${endsText(judgement.interval, prediction)} ${unit}, predicted ${predictionText(prediction, '').trim()}`
      : `${Math.round(judgement.mean * judgement.n)} of ${judgement.n} ${setups.stratum}, predicted more than ${percent(prediction.margin)}`;
  return `${verdictText(familyVerdict, firm)}: “${statement}”${is} (${id}: ${number})`;
}

const CHANGED: Readonly<Record<Exclude<Changed, 'setups'>, string>> = {
  rehearsal: 'rehearsal of the others',
  place: 'the place',
};

/** What a verdict depends on: rehearsal, place and matching, by the claims that ask for it, and changed setups; a line each. */
export function dependsOn(each: Judged, claims: readonly Judged[]): string[] {
  const related = relatedTo(each, claims);
  const asked = (['rehearsal', 'place'] as const).flatMap((changed) => {
    const own = related.filter((other) => other.changed === changed);
    const verdicts = own.map(
      ({ claim }) => `“${claim.statement}” (${claim.id}: ${verdictText(claim.familyVerdict, claim.firm)})`,
    );
    return own.length === 0 ? [] : [`${CHANGED[changed]}: ${verdicts.join(', ')}`];
  });
  const inSetups = related.filter(({ changed }) => changed === 'setups').map(({ claim }) => claim);
  const setups = inSetups[0]?.setups;
  const judged = inSetups.map(({ id, familyVerdict, firm }) => `${id} ${verdictText(familyVerdict, firm)}`).join(', ');
  const otherwise = otherwiseAt(each);
  return [
    ...asked,
    ...(setups === undefined
      ? []
      : [`the setup: on its side in ${byRehearsal(setups).map(stratumText).join(', ')} (${judged})`]),
    ...(otherwise === undefined ? [] : [matchingText(otherwise)]),
  ];
}

/** At which matchings a contrast says otherwise; none of them where it says the same at all. */
function matchingText(otherwise: NonNullable<Judged['matchings']>): string {
  if (otherwise.length === 0) return 'no matching: the same at equal effect, steps and target KL';
  const each = otherwise.map(({ matching, ...at }) => `equal ${matching} (${sidedText(at.mean)} ${endsText(at)})`);
  return `the matching: not so at ${each.join(', nor at ')}`;
}

/** How sure one may be of a run's verdicts: replicates, seeds that were unread, firmness, and what the models are; a line each. */
export function sureness({ claims, registry }: Concluded): string[] {
  const replicated = claims.filter(({ setups }) => setups === undefined);
  const most = Math.max(0, ...replicated.map(({ seeds }) => seeds.length));
  const holdout = claims.filter(({ id, profile }) => registry[id]?.profiles[profile]?.holdout === true);
  const of = (...verdicts: readonly Judged['familyVerdict'][]): Judged[] =>
    claims.filter(({ familyVerdict }) => verdicts.includes(familyVerdict));
  const [decided, inconclusive, failed] = [of('supported', 'refuted'), of('inconclusive'), of('premise failed')];
  const firm = decided.filter((each) => each.firm);
  return [
    `${most} replicates: each a world, a base and all its arms of its own; intervals are of 95 %`,
    `${holdout.length} of ${claims.length} claims had their final form before anybody had read one of their seeds (holdout)`,
    `${decided.length} of ${claims.length} are supported or refuted: ${firm.length} firmly, ${decided.length - firm.length} borderline, which a repetition may well change`,
    `${inconclusive.length + failed.length} of ${claims.length} decide nothing: ${inconclusive.length} inconclusive, ${failed.length} of a failed premise`,
    'Tiny networks and made worlds: what carries over to large models is not known from here',
  ];
}
