import { DivergedError, InvariantError } from '../core/errors.ts';

/** Distances between two next-token distributions p (base) and q (tuned). */
export interface Distances {
  /** Total variation, sum |p - q| / 2, in [0, 1]. */
  readonly tv: number;
  /** Jensen-Shannon divergence in bits, in [0, 1]. */
  readonly js: number;
  /** Forward Kullback-Leibler divergence KL(base || tuned) in nats. */
  readonly kl: number;
}

/**
 * Distances between the distributions with natural log-probabilities `base` and `tuned`, each [V].
 * Throws `DivergedError` when a log-probability is NaN, `InvariantError` when the lengths differ or one is above zero by more
 * than rounding.
 */
export function distances(base: ArrayLike<number>, tuned: ArrayLike<number>): Distances {
  if (base.length !== tuned.length || base.length === 0) {
    throw new InvariantError(`cannot compare distributions over ${base.length} and ${tuned.length} tokens`);
  }
  let tv = 0;
  let js = 0;
  let kl = 0;
  for (let v = 0; v < base.length; v++) {
    const [logp, logq] = [base[v] as number, tuned[v] as number];
    if (Number.isNaN(logp + logq)) throw new DivergedError(`a network gives log-probabilities ${logp}, ${logq}`);
    if (!(logp <= 1e-4 && logq <= 1e-4))
      throw new InvariantError(`log-probabilities ${logp}, ${logq}: expected at most 0`);
    if (logp === logq) continue;
    const p = Math.exp(logp);
    const q = Math.exp(logq);
    tv += Math.abs(p - q) / 2;
    const m = Math.log((p + q) / 2);
    if (p > 0) {
      js += (p * (logp - m)) / (2 * Math.LN2);
      kl += p * (logp - logq);
    }
    if (q > 0) js += (q * (logq - m)) / (2 * Math.LN2);
  }
  return { tv: Math.min(1, tv), js: Math.min(1, Math.max(0, js)), kl: Math.max(0, kl) };
}

/** The mean of distances over positions. Throws `InvariantError` on an empty list. */
export function meanDistances(all: readonly Distances[]): Distances {
  if (all.length === 0) throw new InvariantError('no positions to average distances over');
  const mean = (key: keyof Distances): number => all.reduce((sum, each) => sum + each[key], 0) / all.length;
  return { tv: mean('tv'), js: mean('js'), kl: mean('kl') };
}
