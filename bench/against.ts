import { fork } from 'node:child_process';
import { join, resolve } from 'node:path';

/** Pairs of turns: each checkout goes first in half of them. */
const PAIRS = 8;

/** Milliseconds of one training step of the recipe on an engine, in a process of its own that runs this or another checkout. */
export function stepIn(checkout: string, engine: string): Promise<number> {
  const options = { cwd: checkout, execArgv: ['--import', 'tsx'] };
  return new Promise((done, reject) => {
    const child = fork(join(checkout, 'bench', 'run.ts'), [engine, '1', 'worker'], options);
    child.once('message', (ms) => done(ms as number));
    child.once('exit', (code) =>
      reject(new Error(`a process of ${checkout} ended with code ${code} before it had a figure`)),
    );
  });
}

/** Times a step here and in another checkout by turns, and prints each pair with its ratio, then the median and range of all. */
export async function compareWith(other: string, here: string, engine: string): Promise<void> {
  const there = resolve(other);
  console.log(`${engine}: ms a step of ${here} and of ${there}, by turns`);
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const order = pair % 2 === 0 ? [here, there] : [there, here];
    const first = await stepIn(order[0] as string, engine);
    const second = await stepIn(order[1] as string, engine);
    const [own, others] = pair % 2 === 0 ? [first, second] : [second, first];
    ratios.push(own / others);
    console.log(`${own.toFixed(2)} / ${others.toFixed(2)} = ${(own / others).toFixed(3)}`);
  }
  const sorted = ratios.sort((a, b) => a - b);
  const median = ((sorted[PAIRS / 2 - 1] as number) + (sorted[PAIRS / 2] as number)) / 2;
  const [low, high] = [sorted[0], sorted.at(-1)].map((ratio) => (ratio as number).toFixed(3));
  console.log(`here / there: median ${median.toFixed(3)}, from ${low} to ${high} in ${PAIRS} pairs`);
}
