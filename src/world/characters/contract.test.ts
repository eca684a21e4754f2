import { loadSetup } from '../../lab/setup.ts';
import { worldContract } from '../../testing/world.ts';
import { characters } from './index.ts';

worldContract(characters, { setup: loadSetup('fixtures/setups/small.json', [characters]) });
