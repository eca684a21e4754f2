/** Contract suites: what every method, measure, world and engine keeps, as tests to run on one's own. */
export { engineContract } from './engine.ts';
export { baseMeasureContract, type MeasureContract, measureContract } from './measure.ts';
export { type MethodContract, methodContract } from './method.ts';
export { type WorldContract, worldContract } from './world.ts';
