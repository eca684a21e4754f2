/** Every list of `length` items, items.length ** length of them, in lexicographic order. */
export function stringsOver<T>(items: readonly T[], length: number): T[][] {
  if (length === 0) return [[]];
  return stringsOver(items, length - 1).flatMap((head) => items.map((item) => [...head, item]));
}
