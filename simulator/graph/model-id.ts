/** The model id: a hash of what costing reads, so that equal work has one id whatever its tensors are called. */
import { roundForJson } from '../json.ts'
import { base32, idBits } from './base32.ts'
import type { ConstantSummary, GraphSummary, OperatorSummary } from './summary.ts'

/** SHA-256 of the canonical summary without names, first 128 bits, lower-case base32 (26 characters). */
export async function modelId(summary: GraphSummary): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalSummary(summary)))
  return base32(new Uint8Array(digest, 0, idBits / 8))
}

/**
 * `canonicalJson` of the summary without names. Spelled out with sorted keys, so that the engine's own serializer can
 * write it: a graph of 100,000 operators is 25 MB of text.
 */
export function canonicalSummary({ batch, constants, operators, tensors, version }: GraphSummary): string {
  return JSON.stringify({
    batch: roundForJson(batch),
    constants: constants.map(canonicalConstant),
    operators: operators.map(canonicalOperator),
    tensors: tensors.map(({ dtype, role, shape }) => ({ dtype, role, shape: shape.map(roundForJson) })),
    version,
  })
}

/** A dense constant has no `sparsity`, so that its model keeps the id it had before there was such a field. */
function canonicalConstant({ dtype, elements, sparsity }: ConstantSummary) {
  const dense = { dtype, elements: roundForJson(elements) }
  if (sparsity === undefined) return dense
  const { pattern, zeroShare } = sparsity
  return {
    ...dense,
    sparsity: { pattern: pattern && { kept: pattern.kept, of: pattern.of }, zeroShare: roundForJson(zeroShare) },
  }
}

function canonicalOperator(operator: OperatorSummary) {
  const { constants, gemm, inputs, macs, op, outputs, vectorOps, window } = operator
  return {
    class: operator.class,
    constants,
    gemm: gemm && {
      k: roundForJson(gemm.k),
      m: roundForJson(gemm.m),
      n: roundForJson(gemm.n),
      repeat: roundForJson(gemm.repeat),
    },
    inputs,
    macs: macs === null ? null : roundForJson(macs),
    op,
    outputs,
    vectorOps: vectorOps === null ? null : roundForJson(vectorOps),
    window: window && {
      dilation: window.dilation.map(roundForJson),
      groups: roundForJson(window.groups),
      inputChannels: roundForJson(window.inputChannels),
      kernel: window.kernel.map(roundForJson),
      outputChannels: roundForJson(window.outputChannels),
      stride: window.stride.map(roundForJson),
    },
  }
}
