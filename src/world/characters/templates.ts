/** What stands between `<s>` and the operation of a document, from name and topic tokens and fillers f. */
export type Template = (name: number, topic: number, f: readonly number[]) => readonly number[];

/** The templates of documents; a setup uses the first ones. */
export const TEMPLATES: readonly Template[] = [
  (name, topic, f) => [name, topic, f[0] as number],
  (name, topic, f) => [f[1] as number, name, f[2] as number, topic],
  (name, topic, f) => [name, f[2] as number, topic, f[3] as number],
  (name, topic, f) => [f[4] as number, name, topic, f[5] as number],
];
