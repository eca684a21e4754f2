import { canonical } from '../core/canonical.ts';
import { predictionText } from './describe.ts';
import type { Evidence } from './evidence.ts';
import type { PlacedArm } from './placed.ts';
import type { Stratum } from './rehearsal.ts';
import type { ClaimText } from './spec.ts';
import type { Prediction } from './verdict.ts';

/** Everything that a claim says, as data: what it was registered with is compared with what ran. */
export interface Content
  extends Pick<ClaimText, 'statement' | 'setup' | 'family' | 'estimand' | 'unit' | 'prediction' | 'interest'> {
  readonly arms: Readonly<Record<string, PlacedArm>>;
  readonly mayFallShort: readonly string[];
  /** The claim's own premises, in words; absent where it has none. */
  readonly premises?: readonly string[] | undefined;
  /** Of a prevalence claim: the claim that it is about, the stratum (of both together where absent), and the side that counts. */
  readonly about?: { readonly claim: string; readonly stratum?: Stratum; readonly side: Prediction } | undefined;
}

/** What the claim of some evidence says. */
export function contentOf({
  statement,
  setup,
  family,
  estimand,
  unit,
  prediction,
  interest,
  arms,
  mayFallShort,
  premises,
  setups,
}: Evidence): Content {
  const text = {
    ...{ statement, family, estimand, unit, prediction, arms, mayFallShort },
    ...(setup !== undefined && { setup }),
    ...(interest !== undefined && { interest }),
    ...(premises && { premises: premises.map((each) => each.text) }),
  };
  if (setups === undefined) return text;
  const { of, stratum, side } = setups;
  return { ...text, about: { claim: of, stratum, side } };
}

/** In what two claims of one id differ, a phrase each: `prediction: > 0.3 TV, registered as > 0.05 TV`. */
export function contentDifferences(is: Content, was: Content): string[] {
  const words = (content: Content, key: keyof Content): string =>
    key === 'prediction' ? predictionText(content.prediction, content.unit) : canonical(content[key] ?? null);
  const keys = [...new Set([...Object.keys(is), ...Object.keys(was)])] as (keyof Content)[];
  return keys
    .filter((key) => canonical(is[key] ?? null) !== canonical(was[key] ?? null))
    .map((key) => `${key}: ${words(is, key)}, registered as ${words(was, key)}`);
}
