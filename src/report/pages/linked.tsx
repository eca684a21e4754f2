import type { JSX } from 'preact';
import type { Judged } from '../../claims/gate.ts';
import { claimFile } from '../page.tsx';
import { idText, partsOf } from '../short.ts';

/** A text in which the id of every claim has a word or two beside it, and leads with them to its page. */
export const linked = (
  text: string,
  claims: readonly Pick<Judged, 'id' | 'file' | 'statement'>[],
): (string | JSX.Element)[] =>
  partsOf(text, claims).map((part, i) =>
    typeof part === 'string' ? (
      part
    ) : (
      <a href={claimFile(part.id)} key={i}>
        {idText(part)}
      </a>
    ),
  );
