import type { JSX } from 'preact';
import type { Judged } from '../../claims/gate.ts';
import { claimFile } from '../page.tsx';

/** A text in which the id of every claim leads to its page. */
export function linked(text: string, claims: readonly Pick<Judged, 'id'>[]): (string | JSX.Element)[] {
  const ids = new Set(claims.map(({ id }) => id));
  return text.split(/([A-Za-z0-9-]+)/).map((part, i) =>
    ids.has(part) ? (
      <a href={claimFile(part)} key={i}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}
