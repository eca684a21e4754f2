/**
 * Claims about the records of others: what a hypothesis file judges per-run numbers of real language models with. It loads no engine.
 */
export { equivalentWithin, greaterThan, lessThan, type Prediction, type Verdict } from './claims/verdict.ts';
export { InputError, InvariantError } from './core/errors.ts';
export type { Reads } from './studies/answer.ts';
export { type DeclaredImport, imported } from './studies/claim.ts';
export type { Role, Unit } from './studies/format.ts';
export type { Design, ImportedEstimate, ImportedSpec } from './studies/spec.ts';
