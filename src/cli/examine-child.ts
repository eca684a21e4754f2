import { ENGINE_IDS } from '../engine/engine.ts';
import { parseSetup } from '../lab/setup.ts';
import { worlds } from '../world/index.ts';
import { examineHere } from './engines.ts';

// Examines the engine that its first argument names on the setup that the second is, and tells its parent.
const id = ENGINE_IDS.find((each) => each === process.argv[2]);
if (id === undefined) throw new Error(`no engine '${process.argv[2]}'`);
const examined = await examineHere(id, parseSetup(JSON.parse(process.argv[3] as string), 'the setup', worlds));
process.send?.(examined);
