/** What every method, measure, kind of world and engine must pass, as vitest suites to run on one's own. */
export { loadSetup, parseSetup, worldOf } from '../lab/setup.ts';
export { engineContract } from './engine.ts';
export { baseMeasureContract, type MeasureContract, measureContract } from './measure.ts';
export { type MethodContract, methodContract } from './method.ts';
export { type WorldContract, worldContract } from './world.ts';
