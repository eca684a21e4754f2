import { intervalText, percent, verdictText } from '../claims/describe.ts';
import { stratumText } from '../claims/explain.ts';
import type { Judged } from '../claims/gate.ts';
import { byRehearsal } from '../claims/rehearsal.ts';
import type { Records } from '../records/read.ts';

const listed = (claims: readonly Judged[]): string =>
  claims.length === 0 ? 'none' : claims.map(({ id, firm }) => verdictText(id, firm)).join(', ');

/**
 * What a reader should conclude, in at most five sentences, each made of verdicts and intervals alone: what the premises say,
 * which confirmatory claims came out how, the largest effect, where claims hold elsewhere, and what stays open. Effects are
 * only told where every premise is supported in a full run that came out as registered.
 */
export function conclusions({ claims, partial, problems }: Pick<Records, 'claims' | 'partial' | 'problems'>): string[] {
  const of = (family: Judged['family']): Judged[] => claims.filter((each) => each.family === family);
  const by = (all: readonly Judged[], verdict: Judged['familyVerdict']): Judged[] =>
    all.filter(({ familyVerdict }) => familyVerdict === verdict);
  const [premises, confirmatory, prevalence] = [of('premise'), of('confirmatory'), of('prevalence')];
  const unmet = premises.filter(({ familyVerdict }) => familyVerdict !== 'supported');
  const sound = !partial && problems.length === 0 && premises.length > 0 && unmet.length === 0;
  const sentences = [
    partial
      ? 'This run looked at some claims only, each alone: whether the premises of the others hold is not known from it.'
      : problems.length > 0
        ? 'This run is not what was registered (see above): find out why before anything is concluded from it.'
        : unmet.length > 0 || premises.length === 0
          ? `Premises are not all supported (${listed(unmet)}): nothing else here should be read as evidence.`
          : `All ${premises.length} premises (${listed(premises)}) are supported.`,
  ];
  if (confirmatory.length > 0) {
    sentences.push(
      `Of ${confirmatory.length} confirmatory claims${partial ? '' : ', judged together at one error rate'}: ` +
        `supported ${listed(by(confirmatory, 'supported'))}; refuted ${listed(by(confirmatory, 'refuted'))}; ` +
        `undecided ${listed(confirmatory.filter(({ familyVerdict }) => !['supported', 'refuted'].includes(familyVerdict)))}.`,
    );
  }
  const [largest] = [...by(confirmatory, 'supported'), ...by(confirmatory, 'refuted')]
    .filter(({ judgement }) => judgement.hedgesGz !== null)
    .sort((a, b) => Math.abs(b.judgement.hedgesGz as number) - Math.abs(a.judgement.hedgesGz as number));
  if (sound && largest !== undefined) {
    const { id, statement, familyVerdict, firm, judgement, unit, prediction } = largest;
    sentences.push(
      `The largest difference from 0, in standard deviations between replicates, is that of ${id} (“${statement}”, ${verdictText(familyVerdict, firm)}): ` +
        `${intervalText({ mean: judgement.mean, ...judgement.interval }, prediction)} ${unit} over ${judgement.n} replicates.`,
    );
  }
  if (sound && prevalence.length > 0) {
    const shares = prevalence.map(({ id, statement, judgement, familyVerdict, firm, prediction, seeds, setups }) => {
      const { low, high } = judgement.interval;
      const strata = setups === undefined ? '' : ` (${byRehearsal(setups).map(stratumText).join(', ')})`;
      return `${id} (“${statement}”) ${verdictText(familyVerdict, firm)}, met in ${percent(judgement.mean, prediction)} [${percent(low, prediction)}, ${percent(high, prediction)}] of the ${judgement.n} of ${seeds.length}${setups === undefined ? '' : ` ${setups.stratum}`} whose premises held, where more than ${percent(prediction.margin)} was predicted${strata}`;
    });
    sentences.push(`In changed setups, one replicate each: ${shares.join('; ')}.`);
  }
  const open = claims.filter(({ familyVerdict }) => ['inconclusive', 'premise failed'].includes(familyVerdict));
  sentences.push(
    `All of this is about tiny networks in a synthetic language` +
      (open.length === 0
        ? '.'
        : `; ${open.map(({ id }) => id).join(', ')} decide nothing, which is no evidence that there is no effect.`),
  );
  return sentences;
}
