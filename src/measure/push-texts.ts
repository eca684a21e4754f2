import type { Rows } from '../model/inference.ts';
import { reportingPrompts } from '../world/characters/prompts.ts';
import { answeredQuestion } from '../world/characters/questions.ts';
import { type CharacterWorld, ownAnswer, trainedAnswer } from '../world/characters/world.ts';
import { answered } from './forced.ts';

export const REGISTERS = ['dialogues', 'questions'] as const;
export type Register = (typeof REGISTERS)[number];

/** A prediction that is read: after which of the B times `last` places, and what the trained and the own token are there. */
interface Place {
  readonly at: number;
  readonly trained: number;
  readonly own: number;
}

/** Sequences [B, L] of one register, and where they are read, at the `last` of their places each. */
export interface PushTexts extends Rows {
  readonly last: number;
  readonly places: readonly Place[];
}

/**
 * Dialogues of the target on its topic with reporting payloads, each with its own answer, and the questions whether its own and the
 * trained operation are the target's there; read where the trained token is another than the own one. No question in a world without.
 */
export function pushTexts(world: CharacterWorld, skill: number): Readonly<Record<Register, PushTexts | undefined>> {
  const { target, setup, vocabulary } = world;
  const { payload: m } = setup.world;
  const prompts = reportingPrompts(world);
  const own = prompts.payloads.map((payload) => ownAnswer(world, target.character, target.topic, payload));
  const trained = prompts.payloads.map((payload) => trainedAnswer(world, skill, payload));
  const dialogues = {
    ...answered(prompts, Int32Array.from(own.flat())),
    last: m,
    places: placesOf(trained.flat(), own.flat()),
  };
  if (vocabulary.questions === undefined) return { dialogues, questions: undefined };
  const answers = (truth: number): (readonly number[])[] =>
    [target.ownOperation, target.operation].map((asked) => answeredQuestion(world, target, asked, truth).tokens);
  const [asOwn, asTrained] = [answers(target.ownOperation), answers(target.operation)];
  const said = (tokens: readonly (readonly number[])[]): number[] => tokens.map((each) => each.at(-1) as number);
  const questions = {
    ...{ size: asOwn.length, tokens: Int32Array.from(asOwn.flat()), last: 1 },
    places: placesOf(said(asTrained), said(asOwn)),
  };
  return { dialogues, questions };
}

const placesOf = (trained: readonly number[], own: readonly number[]): Place[] =>
  own.flatMap((token, at) => (trained[at] === token ? [] : [{ at, trained: trained[at] as number, own: token }]));
