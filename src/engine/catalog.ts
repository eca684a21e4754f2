import { InputError } from '../core/errors.ts';
import { ENGINE_IDS, type EngineId } from './engine.ts';

/** What one engine needs and how to get it, for messages and for `npm run doctor`. */
export interface EngineFacts {
  readonly needs: string;
  readonly howToGet: string;
  /** Replicates that one program trains: one on a processor, many on a GPU, which small networks fill only together. */
  readonly replicates: number;
  /** Processes that train beside each other: one a core, or so many that one draws batches while another computes. */
  readonly processes: 'one a core' | number;
}

const ON_GPU = { replicates: 32, processes: 2 } as const;
const ON_PROCESSOR = { replicates: 1, processes: 'one a core' } as const;
const NPM_ONLY = 'nothing beside npm ci';
const REINSTALL = 'run npm ci again';
const SETUP = 'run npm run setup:gpu, which downloads it (it says what failed)';

/** Facts of every engine, fastest kind of device first. */
export const ENGINE_FACTS: Readonly<Record<EngineId, EngineFacts>> = {
  'onnx:cuda': { needs: 'an NVIDIA GPU, CUDA 12, Linux on x64', howToGet: SETUP, ...ON_GPU },
  'onnx:webgpu': {
    needs: 'a GPU driver with Vulkan, Direct3D 12 or Metal',
    howToGet: 'install the driver of the GPU; for a software one point VK_ICD_FILENAMES at its Vulkan manifest',
    ...ON_GPU,
  },
  'onnx:cpu': {
    needs:
      'npm ci on Linux with glibc, on Windows or on a Mac with an Apple chip (Alpine and Intel Macs have no onnxruntime)',
    howToGet: `${REINSTALL} where there is one; elsewhere SPILLOVER_ENGINE=auto takes what computes`,
    ...ON_PROCESSOR,
  },
  'tfjs:node-gpu': { needs: 'libtensorflow 2.9, CUDA 11.2 and an NVIDIA GPU', howToGet: SETUP, ...ON_GPU },
  'tfjs:node': { needs: 'libtensorflow 2.9', howToGet: SETUP, ...ON_PROCESSOR },
  'tfjs:wasm': { needs: NPM_ONLY, howToGet: REINSTALL, ...ON_PROCESSOR },
  'tfjs:cpu': { needs: NPM_ONLY, howToGet: REINSTALL, ...ON_PROCESSOR },
};

/** The engine id that a text names; `onnx:cpu` when there is none. Throws `InputError` for an unknown one. */
export function parseEngineId(text: string | undefined): EngineId {
  if (text === undefined || text === '') return 'onnx:cpu';
  const id = ENGINE_IDS.find((known) => known === text);
  if (id !== undefined) return id;
  throw new InputError('unknown engine', {
    expected: `one of ${ENGINE_IDS.join(', ')}; npm test, reproduce and register also take auto`,
    got: `'${text}'`,
    todo: 'set SPILLOVER_ENGINE to one of them, or unset it for onnx:cpu',
  });
}
