import { loadSetup } from '../../lab/setup.ts';
import type { Setup } from '../knobs.ts';
import { gaming } from './index.ts';
import type { GamingKnobs } from './knobs.ts';

const { world, model, ...rest } = loadSetup('fixtures/setups/gaming-dial.json', [gaming]);

/** A small setup with every knob of the world, and with characters of every kind. */
export const smallDial: Setup<GamingKnobs> = {
  ...rest,
  world: {
    ...world,
    ...{ characters: 14, targets: 2, topics: 2, operations: 2, symbols: 5, payload: 2 },
    ...{ selectionPayloads: 4, reportingPayloads: 6, payloadsPerBystander: 2 },
  },
  model: { ...model, context: 12, width: 16, layers: 1, heads: 2 },
};

/** The same without gamers. */
export const smallNew: Setup<GamingKnobs> = { ...smallDial, world: { ...smallDial.world, gamersShare: 0 } };
