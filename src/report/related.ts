import type { Judged } from '../claims/gate.ts';
import type { PlacedArm } from '../claims/placed.ts';
import { canonical } from '../core/canonical.ts';

/** What a related claim changes of a claim: how much is rehearsed, where it is read, or the whole setup. */
export type Changed = 'rehearsal' | 'place' | 'setups';

/** A claim that asks the same of something else. */
export interface Related {
  readonly changed: Changed;
  readonly claim: Judged;
}

/** The two arms of a claim's contrast as texts that can be compared, in an order that does not matter. */
function armsOf({ contrast, arms }: Judged, strip: (arm: PlacedArm) => object): string | undefined {
  const own = contrast?.of.map((name) => arms[name]);
  if (own === undefined) return undefined;
  return canonical(own.flatMap((arm) => (arm === undefined ? [] : canonical(strip(arm)))).sort());
}

/** Where a contrast is read, and what is read there. */
const placeOf = ({ contrast }: Judged): string => canonical([contrast?.at ?? [], contrast?.number ?? '']);

/**
 * Claims that ask of the same two arms with another weight of rehearsal or at another place, or in how many changed setups the claim
 * holds: what a verdict depends on. In the order of the claims.
 */
export function relatedTo(claim: Judged, claims: readonly Judged[]): Related[] {
  const [whole, unrehearsed] = [
    (each: Judged) => armsOf(each, (arm) => arm),
    (each: Judged) => armsOf(each, (arm) => ({ ...arm, rehearsal: 0 })),
  ];
  return claims.flatMap((each): Related[] => {
    if (each.setups?.of === claim.id) return [{ changed: 'setups', claim: each }];
    if (each === claim || each.contrast === undefined || each.setup !== claim.setup) return [];
    const there = placeOf(each) === placeOf(claim);
    if (!there) return whole(each) === whole(claim) ? [{ changed: 'place', claim: each }] : [];
    return unrehearsed(each) === unrehearsed(claim) && whole(each) !== whole(claim)
      ? [{ changed: 'rehearsal', claim: each }]
      : [];
  });
}
