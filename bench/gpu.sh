#!/usr/bin/env bash
# Installs nothing. On a machine with a GPU: which engines compute, the parity suite, and the step for R = 1..256 replicates
# in one program. Usage: bench/gpu.sh [engine, default onnx:webgpu]
set -eu
cd "$(dirname "$0")/.."
engine=${1:-onnx:webgpu}
npm run --silent doctor
npx vitest run --project unit src/engine src/train
npx tsx bench/run.ts "$engine" 256
echo "figures: bench/latest-${engine/:/-}.json"
