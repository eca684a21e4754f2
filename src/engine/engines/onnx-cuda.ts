import type { EngineModule } from '../engine.ts';

/** onnxruntime on an NVIDIA GPU. */
export const onnxCuda: EngineModule = {
  id: 'onnx:cuda',
  file: import.meta.url,
  needs: 'an NVIDIA GPU, CUDA 12, Linux on x64',
  howToGet: 'run npm run setup:gpu, which downloads it (it says what failed)',
  replicates: 32,
  processes: 2,
  load: async () => {
    // Ampere and later would round the factors of products to 10 bits.
    process.env['NVIDIA_TF32_OVERRIDE'] = '0';
    (await import('../onnx/library.ts')).requireLibrary();
    const { onCuda } = await import('../onnx/on-cuda.ts');
    return (await import('../onnx/onnx.ts')).onnx('onnx:cuda', onCuda);
  },
};
