import { engines } from '../engine/engines/index.ts';
import { engineNamed } from '../engine/named.ts';
import { readConfiguration } from '../project/configuration.ts';
import { examineHere } from './engines.ts';

// Examines the engine that its argument names, and tells its parent.
const examined = await examineHere(engineNamed(engines, process.argv[2]), readConfiguration({}).setup);
process.send?.(examined);
