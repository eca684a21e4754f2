import { hashOf } from '../core/canonical.ts';
import { contentOf } from './content.ts';
import type { Evidence } from './evidence.ts';
import { judgeFamily } from './gate.ts';
import { drawnDigest, judgeReplicates, judgeSetups, numbersDigest } from './judging.ts';
import { type RegisteredClaim, type Registry, resultOf } from './registry.ts';
import { greaterThan } from './verdict.ts';

/** Fields of evidence that tests set by hand. */
type Fields = Partial<Omit<Evidence, 'values' | 'judgement' | 'digest' | 'drawn'>>;

/** Evidence as the harness makes it, of a claim with these numbers. */
export function evidenceOf(id: string, values: readonly number[], fields: Fields = {}): Evidence {
  const { seeds = values.map((_, i) => i), premiseFailures = [], prediction = greaterThan(0) } = fields;
  const text = {
    ...{ id, statement: `statement of ${id}`, family: 'confirmatory' as const, estimand: 'a difference', unit: 'TV' },
    prediction,
  };
  const profile = 'quick' as const;
  const made = {
    ...{
      ...text,
      arms: {},
      mayFallShort: [],
      file: `hypotheses/${id}.test.ts`,
      files: [`hypotheses/${id}.test.ts`],
      spec: 'abc',
      profile,
    },
    ...{ engine: 'onnx:cpu', devices: ['cpu'], seeds, drawn: hashOf(seeds), censored: [], targetEffects: {} },
    ...judgeReplicates(text, seeds, values, premiseFailures),
    digest: numbersDigest({ id, profile, seeds, values, premiseFailures }),
  };
  return { ...made, ...fields };
}

/** Evidence about setups, of which the first `hits` of `usable` are on the side and `failed` failed a premise. */
export function shareEvidenceOf(id: string, hits: number, usable: number, failed = 0, fields: Fields = {}): Evidence {
  const side = greaterThan(0);
  const prediction = greaterThan(0.6);
  const said = Array.from({ length: usable + failed }, (_, i) => ({
    ...{ changes: { 'model.layers': i }, seed: i, value: i < hits ? 1 : -1, premise: i < usable },
  }));
  const about = { of: 'A', stratum: 'without rehearsal' as const, side };
  const { outcomes, ...judging } = judgeSetups(prediction, about, said);
  const seeds = said.map(({ seed }) => seed);
  const setups = { ...about, usual: 0.1, factors: { 'model.layers': 2 }, outcomes };
  const profile = 'quick' as const;
  const made = {
    ...{
      id,
      statement: `statement of ${id}`,
      family: 'prevalence' as const,
      estimand: 'a share',
      unit: 'share',
      prediction,
    },
    ...{
      arms: {},
      mayFallShort: [],
      file: `hypotheses/${id}.test.ts`,
      files: [`hypotheses/${id}.test.ts`],
      spec: 'abc',
      profile,
    },
    ...{ engine: 'onnx:cpu', devices: ['cpu'], seeds, drawn: drawnDigest(said), censored: [], targetEffects: {} },
    ...{ ...judging, setups, digest: numbersDigest({ id, profile, seeds, ...judging, setups }) },
  };
  return { ...made, ...fields };
}

/** What a registration makes of evidence, judged as one family. */
export function registryOf(evidence: readonly Evidence[]): Registry {
  return Object.fromEntries(
    judgeFamily(evidence).map((each): [string, RegisteredClaim] => {
      const { id, spec, profile } = each;
      return [id, { spec, content: contentOf(each), profiles: { [profile]: resultOf(each) } }];
    }),
  );
}
