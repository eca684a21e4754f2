import { intervalText, percent, predictionText, three, verdictText } from '../claims/describe.ts';
import { stratumText } from '../claims/explain.ts';
import type { Judged } from '../claims/gate.ts';
import { seedsText } from '../claims/holdout.ts';
import { byRehearsal } from '../claims/rehearsal.ts';
import { MATCHINGS } from '../measure/matching.ts';
import type { Records } from '../records/read.ts';
import { otherwiseAt } from './matched.ts';
import { idText } from './short.ts';
import { estimateSides, sidesText } from './sides.ts';

const listed = (claims: readonly Judged[]): string =>
  claims.length === 0 ? 'none' : claims.map((each) => verdictText(idText(each), each.firm)).join(', ');

/** What conclusions are made of. */
export type Concluded = Pick<Records, 'claims' | 'partial' | 'problems' | 'registry'>;

/** The same with the runs that estimates are made of. */
export type Answered = Concluded & Pick<Records, 'runs' | 'elsewhere' | 'methods'>;

/** What the premises of a run say, and whether effects may be told: all are supported in a full run that came out as registered. */
export function standing({ claims, partial, problems }: Concluded): { readonly sound: boolean; readonly said: string } {
  const premises = claims.filter(({ family }) => family === 'premise');
  const unmet = premises.filter(({ familyVerdict }) => familyVerdict !== 'supported');
  const said = partial
    ? 'This run looked at some claims only, each alone: whether the premises of the others hold is not known from it.'
    : problems.length > 0
      ? 'This run is not what was registered (see above): find out why before anything is concluded from it.'
      : unmet.length > 0 || premises.length === 0
        ? `Premises are not all supported (${listed(unmet)}): nothing else here should be read as evidence.`
        : `All ${premises.length} premises (${listed(premises)}) are supported.`;
  return { sound: !partial && problems.length === 0 && premises.length > 0 && unmet.length === 0, said };
}

/**
 * What a reader should conclude, in sentences each made of verdicts and intervals alone: what the premises say, how many
 * confirmatory claims came out how; then each that was refuted, what stays open in one line, each that is supported; and where claims
 * hold elsewhere. Effects are only told where every premise is supported in a full run that came out as registered.
 */
export function conclusions(run: Answered): string[] {
  const { claims, partial } = run;
  const of = (family: Judged['family']): Judged[] => claims.filter((each) => each.family === family);
  const by = (all: readonly Judged[], ...verdicts: readonly Judged['familyVerdict'][]): Judged[] =>
    all.filter(({ familyVerdict }) => verdicts.includes(familyVerdict));
  const [confirmatory, prevalence] = [of('confirmatory'), of('prevalence')];
  const { sound, said } = standing(run);
  const open = by(claims, 'inconclusive', 'premise failed');
  const told = (verdict: Judged['familyVerdict']): string[] =>
    sound ? by(confirmatory, verdict).map((each) => claimSentence(each, run)) : [];
  return [
    said,
    ...(confirmatory.length === 0
      ? []
      : [
          `Of ${confirmatory.length} confirmatory claims${partial ? '' : ', judged together at one error rate'}: ` +
            `refuted ${listed(by(confirmatory, 'refuted'))}; undecided ${listed(by(confirmatory, 'inconclusive', 'premise failed'))}; ` +
            `supported ${listed(by(confirmatory, 'supported'))}.`,
        ]),
    ...told('refuted'),
    ...(open.length === 0
      ? []
      : [
          `Inconclusive, or of a failed premise: ${listed(open)}; they decide nothing, which is no evidence that there is no effect.`,
        ]),
    ...told('supported'),
    ...(sound && prevalence.length > 0
      ? [`In changed setups, one replicate each: ${prevalence.map(prevalenceText).join('; ')}.`]
      : []),
    'All of this is about tiny networks in a synthetic language.',
  ];
}

/** A claim's verdict with its number, where it was read, under which matchings it does not hold, and whether its seeds were unread. */
function claimSentence(each: Judged, records: Answered): string {
  const { id, statement, familyVerdict, firm, judgement, unit, prediction, estimand, profile } = each;
  const number = `${intervalText({ mean: judgement.mean, ...judgement.interval }, prediction)} ${unit}`;
  const reversed = isReversed(each) ? ' and reversed' : '';
  const registered = records.registry[id]?.profiles[profile];
  const sides = estimateSides(each, records);
  const compared = sides === undefined ? '' : ` (${sidesText(sides)})`;
  return (
    `${idText(each)}, “${statement}”, is ${verdictText(familyVerdict, firm)}${reversed}: ${estimand} is ${number}${compared} over ${judgement.n} replicates, ` +
    `where ${predictionText(prediction, unit)} was predicted${matchedText(each)} (seeds: ${registered === undefined ? 'not registered' : seedsText(registered)}).`
  );
}

/** Whether a refuted difference lies wholly on the side of 0 that is not the predicted one. */
function isReversed({ familyVerdict, prediction: { kind, margin }, judgement: { interval } }: Judged): boolean {
  if (familyVerdict !== 'refuted') return false;
  return (
    (kind === 'greater' && margin >= 0 && interval.high < 0) || (kind === 'less' && margin <= 0 && interval.low > 0)
  );
}

/** At which matchings a claim's contrast says the same, and at which it does not; nothing of a claim without. */
function matchedText(each: Judged): string {
  const otherwise = otherwiseAt(each);
  if (otherwise === undefined) return '';
  if (otherwise.length === 0) return `; so at equal ${MATCHINGS.join(', ')} alike`;
  const numbers = otherwise.map(
    ({ matching, mean, low, high }) => `equal ${matching} (${three(mean)} [${three(low)}, ${three(high)}])`,
  );
  return `; not so at ${numbers.join(', nor at ')}`;
}

/** A share of changed setups, with that of setups without and with rehearsal. */
function prevalenceText(each: Judged): string {
  const { statement, judgement, familyVerdict, firm, prediction, seeds, setups } = each;
  const { low, high } = judgement.interval;
  const strata = setups === undefined ? '' : ` (${byRehearsal(setups).map(stratumText).join(', ')})`;
  return `${idText(each)}, “${statement}”, ${verdictText(familyVerdict, firm)}, met in ${percent(judgement.mean, prediction)} [${percent(low, prediction)}, ${percent(high, prediction)}] of the ${judgement.n} of ${seeds.length}${setups === undefined ? '' : ` ${setups.stratum}`} whose premises held, where more than ${percent(prediction.margin)} was predicted${strata}`;
}
