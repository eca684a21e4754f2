import type { Cell, World } from './characters.ts';
import { lossOnLast, type Sequence } from './sequence.ts';

type Template = (name: number, topic: number, f: readonly number[]) => readonly number[];

/** What stands between `<s>` and the operation in each template. */
const TEMPLATES: readonly Template[] = [
  (name, topic, f) => [name, topic, f[0] as number],
  (name, topic, f) => [f[1] as number, name, f[2] as number, topic],
  (name, topic, f) => [name, f[2] as number, topic, f[3] as number],
  (name, topic, f) => [f[4] as number, name, topic, f[5] as number],
];

/**
 * The documents, one a template, that state that the character uses `operation` on the topic:
 * `<s> N K f0 O`, `<s> f1 N f2 K O`, `<s> N f2 K f3 O` and `<s> f4 N K f5 O`, loss on O only.
 */
export function documentsOf({ vocabulary }: World, { character, topic }: Cell, operation: number): Sequence[] {
  const { start, names, topics, operations, fillers } = vocabulary;
  return TEMPLATES.map((template) =>
    lossOnLast(1, [
      start,
      ...template(names[character] as number, topics[topic] as number, fillers),
      operations[operation] as number,
    ]),
  );
}
