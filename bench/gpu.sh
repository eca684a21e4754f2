#!/usr/bin/env bash
# Installs nothing. On a machine with a GPU: which engines compute, what they must do alike, and how fast they train with
# R = 1..256 replicates in one program. Figures go to bench/latest-<engine>.json, with the device and its driver.
# Usage: bench/gpu.sh [engine, default onnx:webgpu] [most R, default 256]
set -eu
cd "$(dirname "$0")/.."
engine=${1:-onnx:webgpu}
npm run --silent doctor
npx vitest run --project unit --project slow --project mocked src/testing src/train src/engine
npx tsx bench/run.ts "$engine" "${2:-256}"
echo "figures: bench/latest-${engine/:/-}.json"
