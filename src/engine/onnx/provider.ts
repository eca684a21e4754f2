import type * as ort from 'onnxruntime-node';
import type { Held } from '../engine.ts';

/** Where outputs stay that a program keeps. */
export interface Keeping {
  readonly location: 'cpu' | 'gpu-buffer';
  /** An output as what is held; `free` are buffers of its shape that the next run may write to. */
  hold(tensor: ort.Tensor, free: ort.Tensor[]): Held;
  /** The tensor behind what this provider holds, undefined behind what another does. */
  tensorOf(held: Held): ort.Tensor | undefined;
}

/** What onnxruntime computes on. */
export interface Provider {
  /** Its name in onnxruntime. */
  readonly name: 'cpu' | 'webgpu' | 'cuda';
  readonly device: string;
  /** Whether graphs may have operations of onnxruntime's own beside those of ONNX. */
  readonly fused: boolean;
  /** Undefined where the runtime has no buffers that it could give to the next run. */
  readonly keeping: Keeping | undefined;
}
