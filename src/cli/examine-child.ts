import { engineNamed } from '../engine/named.ts';
import { variablesOf } from '../project/environment.ts';
import { enginesOf, openProject, setupNamed } from '../project/project.ts';
import { examineHere } from './engines.ts';

// Examines the engine that its first argument names, of the project in the folder that the second names with the configuration
// file that the third does, on the setup that it has without a name; and tells its parent.
const [id, folder = '', config = ''] = process.argv.slice(2);
const variables = { ...variablesOf(process.env), ...(config !== '' && { SPILLOVER_CONFIG: config }) };
const files = await openProject({ folder, variables });
process.send?.(await examineHere(engineNamed(enginesOf(files), id), setupNamed(files)));
