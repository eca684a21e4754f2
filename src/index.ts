/**
 * Executable claims about how far a change to one character of a language model spreads to the others: what a hypothesis file
 * says a claim with, and what methods, measures, worlds and engines of one's own are made as.
 */
export { claim } from './claims/claim.ts';
export type { Declared, DeclaredClaim } from './claims/declared.ts';
export type { Evidence } from './claims/evidence.ts';
export { inSetup, type PlacedArm } from './claims/placed.ts';
export type { Stratum } from './claims/rehearsal.ts';
export type { ClaimText, Estimate, Premise, Spec } from './claims/spec.ts';
export { equivalentWithin, greaterThan, lessThan, type Prediction, type Verdict } from './claims/verdict.ts';
export { DivergedError, InputError, InvariantError, NothingToMeasureError } from './core/errors.ts';
export { type Rng, stream } from './core/rng.ts';
export type { Tensor } from './core/safetensors.ts';
export type { Engine, EngineModule, Feeds, Program, Signature, TensorFunction, Values } from './engine/engine.ts';
export { engines } from './engine/engines/index.ts';
export type { Programs } from './engine/programs.ts';
export { type DeclaredPrevalence, prevalence } from './explore/prevalence.ts';
export type { Catalog } from './lab/catalog.ts';
export type { Observation } from './lab/keys.ts';
export { type Conduct, WHO, type Who } from './measure/conduct.ts';
export { alongCurve, type Curve } from './measure/curve.ts';
export { answered, answersTo, type Forced, forcedOn } from './measure/forced.ts';
export { MATCHINGS, type Matching, matched, type Watched } from './measure/matching.ts';
export type { BaseMeasure, Comparison, Measure, MeasureColumn, Reading, ReadingFault } from './measure/measure.ts';
export {
  availabilityOf,
  beliefOf,
  closedShare,
  exploitOf,
  type GamingAt,
  gapOf,
  gapRise,
  honestOf,
  repairGap,
} from './measure/measures/gaming.ts';
export { leftWithout, type Written, writtenAt } from './measure/measures/grafts.ts';
export { baseMeasures, measures } from './measure/measures/index.ts';
export { foretold } from './measure/measures/influence.ts';
export {
  planEntropy,
  planInformation,
  planIsUsed,
  plansOfKind,
  plansVary,
  planUse,
  planUseGain,
} from './measure/measures/plans.ts';
export { leftAfter, type PushKind, recoveredBy } from './measure/measures/pushes.ts';
export { isStillText } from './measure/measures/text-samples.ts';
export {
  bitsLost,
  cipherSpread,
  conventionSpread,
  staysWithTag,
  trainedRise,
  type VarietyChange,
  type Writing,
} from './measure/measures/texts.ts';
export {
  damage,
  drift,
  driftAt,
  type HiddenAt,
  hiddenDrift,
  hiddenSpread,
  readingOf,
  spread,
  spreadAt,
  spreadOfRoomAt,
  targetEffect,
} from './measure/observation.ts';
export { meanAt, type PlaceChange, type PlaceNumber } from './measure/places.ts';
export {
  defineConfig,
  type Profile,
  type ProfileSize,
  type ProjectConfig,
  type SeedsByKind,
} from './project/config.ts';
export { type LinearFit, leastSquares, partialR2 } from './stats/regression.ts';
export { type Arm, after, arm, armName, atTarget, repeated } from './train/arm.ts';
export { continued, nullArm, rl, sdft, sdftOn, sft, sftOnOwn, sftOnVariety } from './train/arms.ts';
export { scaled, stacked } from './train/batch.ts';
export type { CommonOptions } from './train/common.ts';
export { rolloutDraws, supervisedDraws } from './train/draw.ts';
export type { Draw, DrawFrom, Method, Step, StepOn, StepsFor } from './train/method.ts';
export { clamped } from './train/methods/clamped.ts';
export { methods } from './train/methods/index.ts';
export { opsd } from './train/methods/opsd.ts';
export { randomReward } from './train/methods/random-reward.ts';
export { rlOwnPlan } from './train/methods/rl-plan.ts';
export { sftOnRollouts } from './train/methods/sft-rollouts.ts';
export type { Objective } from './train/step.ts';
export { type FedObjective, graphKind, objectiveSteps, supervisedSteps } from './train/steps.ts';
export { characters } from './world/characters/index.ts';
export { AT } from './world/characters/places.ts';
export { bystanderPrompts, type Prompts, reportingPrompts } from './world/characters/prompts.ts';
export {
  type CharacterWorld,
  cellsOf,
  dispositionOf,
  drawWorld as drawCharacters,
  ownAnswer,
  statedOf,
  trainedAnswer,
} from './world/characters/world.ts';
export type { ExplorableKind, WorldFactors } from './world/factors.ts';
export { broken, type Fault, type Rule } from './world/faults.ts';
export { gaming } from './world/gaming/index.ts';
export type { GamingKnobs } from './world/gaming/knobs.ts';
export { drawWorld as drawGaming, type GamingWorld } from './world/gaming/world.ts';
export { worlds } from './world/index.ts';
export type {
  CharacterKnobs,
  ModelSetup,
  PretrainingSetup,
  Setup,
  TuningSetup,
  WorldKnobs,
} from './world/knobs.ts';
export type { Extent, Place } from './world/place.ts';
export { AT_PLANS } from './world/plans/places.ts';
export { AT_TEXTS } from './world/texts/at.ts';
export { texts } from './world/texts/index.ts';
export type { TextKnobs } from './world/texts/knobs.ts';
export { drawWorld as drawTexts, type TextWorld } from './world/texts/world.ts';
export {
  type Batch,
  type BatchLesson,
  type Lesson,
  notOffered,
  type Texts,
  type World,
  type WorldKind,
} from './world/world.ts';
