import { intervalText, percent } from '../claims/describe.ts';
import type { Judged } from '../claims/gate.ts';
import type { Records } from './records.ts';

const listed = (claims: readonly Judged[]): string =>
  claims.length === 0 ? 'none' : claims.map(({ id }) => id).join(', ');

/**
 * What a reader should conclude, in at most five sentences, each made of verdicts and intervals alone: what the premises say,
 * which confirmatory claims came out how, the clearest effect, where claims hold elsewhere, and what stays open.
 */
export function conclusions({ claims, partial }: Pick<Records, 'claims' | 'partial'>): string[] {
  const of = (family: Judged['family']): Judged[] => claims.filter((each) => each.family === family);
  const by = (all: readonly Judged[], verdict: Judged['familyVerdict']): Judged[] =>
    all.filter(({ familyVerdict }) => familyVerdict === verdict);
  const [premises, confirmatory, prevalence] = [of('premise'), of('confirmatory'), of('prevalence')];
  const sentences: string[] = [];
  if (premises.length > 0) {
    const held = by(premises, 'supported');
    sentences.push(
      held.length === premises.length
        ? `All ${premises.length} premises (${listed(premises)}) are supported, so the other claims can be read as they stand.`
        : `Of the ${premises.length} premises ${listed(held)} are supported; without the others (${listed(premises.filter((each) => !held.includes(each)))}) nothing else here should be read as evidence.`,
    );
  }
  if (confirmatory.length > 0) {
    sentences.push(
      `Of ${confirmatory.length} confirmatory claims${partial ? ', each judged alone in this partial run' : ', judged together at one error rate'}: ` +
        `supported ${listed(by(confirmatory, 'supported'))}; refuted ${listed(by(confirmatory, 'refuted'))}; ` +
        `undecided ${listed(confirmatory.filter(({ familyVerdict }) => !['supported', 'refuted'].includes(familyVerdict)))}.`,
    );
    const clearest = [...by(confirmatory, 'supported'), ...by(confirmatory, 'refuted')]
      .filter(({ judgement }) => judgement.hedgesGz !== null)
      .sort((a, b) => Math.abs(b.judgement.hedgesGz as number) - Math.abs(a.judgement.hedgesGz as number))[0];
    if (clearest !== undefined) {
      const { id, statement, familyVerdict, judgement, unit } = clearest;
      sentences.push(
        `The clearest is ${id} (“${statement}”), ${familyVerdict}, with ${intervalText({ mean: judgement.mean, ...judgement.interval })} ${unit} over ${judgement.n} replicates.`,
      );
    }
  }
  if (prevalence.length > 0) {
    const shares = prevalence.map(
      ({ id, setups, judgement, familyVerdict }) =>
        `${setups?.of ?? id} in ${percent(judgement.mean)} of ${judgement.n} (${familyVerdict})`,
    );
    sentences.push(
      `In changed setups whose premises hold, one replicate each, the side that counts was met by ${shares.join(', ')}.`,
    );
  }
  const open = claims.filter(({ familyVerdict }) => ['inconclusive', 'premise failed'].includes(familyVerdict));
  sentences.push(
    open.length === 0
      ? 'All of this is about tiny networks in a synthetic language; no claim is left undecided here.'
      : `All of this is about tiny networks in a synthetic language, and ${listed(open)} decide nothing: an interval across the margin is no evidence of no effect.`,
  );
  return sentences;
}
