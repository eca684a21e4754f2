import type { EngineModule } from '../engine.ts';

/** onnxruntime on the processor: the reference of every registered number. */
export const onnxCpu: EngineModule = {
  id: 'onnx:cpu',
  file: import.meta.url,
  needs:
    'npm ci on Linux with glibc, on Windows or on a Mac with an Apple chip (Alpine and Intel Macs have no onnxruntime)',
  howToGet: 'run npm ci again where there is one; elsewhere SPILLOVER_ENGINE=auto takes what computes',
  replicates: 1,
  processes: 'one a core',
  load: async () => {
    (await import('../onnx/library.ts')).requireLibrary();
    const { onHost } = await import('../onnx/on-host.ts');
    return (await import('../onnx/onnx.ts')).onnx('onnx:cpu', onHost);
  },
};
