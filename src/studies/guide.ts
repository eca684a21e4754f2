/** Where every field of a study is told of. */
export const GUIDE = 'docs/bring-your-own-results.md';
