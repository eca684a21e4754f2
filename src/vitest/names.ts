/** The project of vitest that holds the claims. */
export const HYPOTHESES = 'hypotheses';
