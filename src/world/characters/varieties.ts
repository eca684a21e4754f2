import type { Rng } from '../../core/rng.ts';
import type { CharacterKnobs, Setup } from '../knobs.ts';
import { lossOnLast, type Sequence } from '../sequence.ts';
import { applySkill } from './operations.ts';
import { stringsOver } from './strings.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The sequences of one text variety, each either for training or held out. */
export interface Variety {
  readonly training: readonly Sequence[];
  readonly heldOut: readonly Sequence[];
}

/** The part of a variety's sequences that is held out. */
const HELD_OUT = 1 / 8;

/**
 * The text varieties, which belong to no character. Both are small enough to list in full, so each is split once a world:
 * an eighth of its sequences (rounded up), drawn by `rng`, is held out and never trained on.
 * Runs: `<s> <runs> a a+d a+2d ...` modulo the number of symbols to the end of the context, loss from the third term on.
 * Brackets: `<s> <brackets> ( [ { { } } ] )`, payload + 1 deep, loss on the closing half.
 */
export function drawVarieties(
  { world, model }: Setup<CharacterKnobs>,
  vocabulary: Vocabulary,
  rng: Rng,
): readonly Variety[] {
  const { start, varieties, symbols, opening, closing } = vocabulary;
  const terms = model.context - 2;
  const runs = stringsOver([...symbols.keys()], 2).map(([first, step]) => {
    const run = Array.from({ length: terms }, (_, i) => ((first as number) + i * (step as number)) % symbols.length);
    return lossOnLast(terms - 2, [start, varieties.runs, ...run.map((i) => symbols[i] as number)]);
  });
  const brackets = stringsOver([...opening.keys()], world.payload + 1).map((kinds) => {
    const opened = kinds.map((kind) => opening[kind] as number);
    const closed = kinds.toReversed().map((kind) => closing[kind] as number);
    return lossOnLast(closed.length, [start, varieties.brackets, ...opened, ...closed]);
  });
  return [runs, brackets].map((all) => {
    const count = Math.ceil(all.length * HELD_OUT);
    const mixed = rng.shuffle(all);
    return { heldOut: mixed.slice(0, count), training: mixed.slice(count) };
  });
}

/**
 * A run by a rule that no text of pretraining follows: it opens as ever, and each later term stands as the symbol that the skill of
 * intensity 1 makes of it, `<s> <runs> a a+d p(a+2d) p(a+3d) ...`. That p is a cycle through all symbols, so that every token which
 * carries loss differs from the one that pretraining has there, where a run of another length would differ at none; and it is what an
 * arm of skill intensity 1 has to learn for its target, here without any character.
 */
export const newRun = (skillOrders: readonly (readonly number[])[], { tokens, lossFrom }: Sequence): Sequence => ({
  tokens: [...tokens.slice(0, lossFrom), ...applySkill(skillOrders, 1, tokens.slice(lossFrom))],
  lossFrom,
});
