import { createInterface } from 'node:readline/promises';
import { InputError } from '../core/errors.ts';

/** Where a question is put and answered. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/**
 * Whether the person at the terminal answers a question with y. Throws `InputError` where nobody is there to ask; `todo` says how
 * to go on without.
 */
export async function answersYes(
  question: string,
  todo: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stdout },
): Promise<boolean> {
  if (input.isTTY !== true || output.isTTY !== true)
    throw new InputError('nobody is there to ask', {
      expected: `an answer to: ${question}`,
      got: 'input or output that is no terminal',
      todo,
    });
  const prompt = createInterface({ input, output });
  try {
    const ended = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
    const answer = await Promise.race([prompt.question(`${question} [y/N] `), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompt.close();
  }
}
