import type { EngineModule } from '../engine.ts';
import { onnxCpu } from './onnx-cpu.ts';
import { onnxCuda } from './onnx-cuda.ts';
import { onnxWebgpu } from './onnx-webgpu.ts';
import { tfjsCpu } from './tfjs-cpu.ts';
import { tfjsNode } from './tfjs-node.ts';
import { tfjsNodeGpu } from './tfjs-node-gpu.ts';
import { tfjsWasm } from './tfjs-wasm.ts';

/** Every engine, the fastest kind of device first. */
export const engines: readonly EngineModule[] = [
  onnxCuda,
  onnxWebgpu,
  onnxCpu,
  tfjsNodeGpu,
  tfjsNode,
  tfjsWasm,
  tfjsCpu,
];
