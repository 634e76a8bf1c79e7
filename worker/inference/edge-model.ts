/** Which presets really run at the edge, and their bytes, made on demand from seeded weights. */

import { buildPreset } from '../../model-zoo/index.ts'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import { dtypeBytes } from '../../simulator/graph/dtype.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import type { PrecisionId } from '../../simulator/graph/precision.ts'
import { fail } from '../../simulator/problem.ts'
import { bytesFromMb, mbFromBytes } from '../../simulator/quantities.ts'

export const weightSeed = 1

/** The writer stores the graph as built; other precisions would need a quantizer. */
export const edgePrecision: PrecisionId = 'fp32'

/**
 * An isolate has 128 MB. While a session is created the file, its parsed copy and the packed weights coexist: 77 MiB of
 * WebAssembly memory for the 23 MB of vit-tiny-patch16, measured with onnxruntime-web 1.30.
 */
const maxWeightBytes = bytesFromMb(24)

export function isEdgeRunnable(graph: Graph): boolean {
  return weightBytes(graph) <= maxWeightBytes
}

/** Throws `unknown-preset`, `precision-not-on-unit` or `does-not-fit-memory`. */
export function requireEdgeRunnable(presetId: string, precision: PrecisionId): void {
  const graph = buildPreset(presetId)
  if (precision !== edgePrecision) {
    throw fail('precision-not-on-unit', `Edge runs execute ${edgePrecision}.`, {
      where: 'precision',
      expected: edgePrecision,
      received: precision,
    })
  }
  if (!isEdgeRunnable(graph)) {
    throw fail('does-not-fit-memory', 'Choose a preset that /v1/presets marks as edgeRunnable.', {
      where: 'model',
      expected: `at most ${mbFromBytes(maxWeightBytes)} MB of weights`,
      received: `${mbFromBytes(weightBytes(graph)).toFixed(1)} MB`,
    })
  }
}

/** The model file that runs at the edge; the same bytes wherever they are made. */
export function edgeModelBytes(presetId: string): Uint8Array {
  return writeOnnx(buildPreset(presetId), { seed: weightSeed })
}

function weightBytes(graph: Graph): number {
  let total = 0
  for (const { dtype, dims } of graph.constants.values()) {
    total += dtypeBytes(
      dtype,
      dims.reduce((product, dim) => product * dim, 1),
    )
  }
  return total
}
