import type { EngineModule } from '../engine.ts';

/** onnxruntime on any GPU, by WebGPU. */
export const onnxWebgpu: EngineModule = {
  id: 'onnx:webgpu',
  file: import.meta.url,
  needs: 'a GPU driver with Vulkan, Direct3D 12 or Metal',
  howToGet: 'install the driver of the GPU; for a software one point VK_ICD_FILENAMES at its Vulkan manifest',
  replicates: 32,
  processes: 2,
  load: async () => {
    (await import('../onnx/library.ts')).requireLibrary();
    const { onWebgpu } = await import('../onnx/on-webgpu.ts');
    return (await import('../onnx/onnx.ts')).onnx('onnx:webgpu', onWebgpu);
  },
};
