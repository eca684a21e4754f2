import type { Rows } from '../model/inference.ts';
import { bystanderPrompts, type Prompts, reportingPrompts } from '../world/characters/prompts.ts';
import { type CharacterWorld, ownAnswer, trainedAnswer } from '../world/characters/world.ts';
import { answered } from './forced.ts';

/** The parts of a dialogue `<s> N K x1..xm <a> y1..ym`: the start with the name, the topic, the payload, the answer from `<a>` on. */
export const PARTS = ['name', 'topic', 'payload', 'answer'] as const;
export type Part = (typeof PARTS)[number];

export const WHOM = ['target', 'bystanders'] as const;
export type Whom = (typeof WHOM)[number];

/** The part that a position of a dialogue with so many symbols of payload belongs to. */
export function partAt(position: number, payload: number): Part {
  if (position < 2) return 'name';
  if (position < 3) return 'topic';
  return position < 3 + payload ? 'payload' : 'answer';
}

/** A prediction that is read: whose, at which of the B m answer tokens, and what the trained and the own token are there. */
export interface Place {
  readonly whom: Whom;
  readonly at: number;
  readonly trained: number;
  readonly own: number;
}

/**
 * Dialogues of the target and of bystanders on its topic with reporting payloads, each with its own answer [B, L], and the places
 * where the trained token is another than the own one.
 */
export function graftTexts(world: CharacterWorld, skill: number): Rows & { readonly places: readonly Place[] } {
  const { payload: m } = world.setup.world;
  const asked = { target: reportingPrompts(world), bystanders: onTopic(world, bystanderPrompts(world)) };
  let behind = 0;
  const parts = WHOM.map((whom) => {
    const { cells, payloads } = asked[whom];
    const own = cells.map(({ character, topic }, b) =>
      ownAnswer(world, character, topic, payloads[b] as readonly number[]),
    );
    const places = own.flatMap((answer, b) => {
      const trained = trainedAnswer(world, skill, payloads[b] as readonly number[]);
      return answer.map((token, i) => ({ whom, at: behind + b * m + i, trained: trained[i] as number, own: token }));
    });
    behind += places.length;
    return {
      open: places.filter((place) => place.trained !== place.own),
      rows: answered(asked[whom], Int32Array.from(own.flat())),
    };
  });
  return {
    size: parts.reduce((sum, { rows }) => sum + rows.size, 0),
    tokens: Int32Array.from(parts.flatMap(({ rows }) => [...rows.tokens])),
    places: parts.flatMap(({ open }) => open),
  };
}

/** The prompts that are on the target's topic. */
function onTopic({ target }: CharacterWorld, { cells, payloads, tokens, size }: Prompts): Prompts {
  const width = tokens.length / size;
  const chosen = [...cells.keys()].filter((b) => cells[b]?.topic === target.topic);
  return {
    size: chosen.length,
    cells: chosen.map((b) => cells[b] as Prompts['cells'][number]),
    payloads: chosen.map((b) => payloads[b] as Prompts['payloads'][number]),
    tokens: Int32Array.from(chosen.flatMap((b) => [...tokens.subarray(b * width, (b + 1) * width)])),
  };
}
