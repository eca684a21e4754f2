import { ENGINE_IDS } from '../engine/engine.ts';
import { readConfiguration } from '../project/configuration.ts';
import { examineHere } from './engines.ts';

// Examines the engine that its argument names, and tells its parent.
const id = ENGINE_IDS.find((each) => each === process.argv[2]);
if (id === undefined) throw new Error(`no engine '${process.argv[2]}'`);
const examined = await examineHere(id, readConfiguration({}).setup);
process.send?.(examined);
