/**
 * Which bytes of a kernel cross DRAM and which stay on chip (docs/method/memory.md, MEM-1, MEM-2).
 *
 * Every operand moves at least once, at one level or the other: dram + onchip ≥ weights + inputs + outputs.
 */
import { type Kernel, kernelBytes } from '../cost/kernel.ts'

export interface Traffic {
  dramBytes: number
  onchipBytes: number
}

/** Accumulators are 32 bits wide. */
const accumulatorBytes = 4
/** Double buffering leaves half of the memory to one set of operands. */
const bufferShare = 0.5

/**
 * `weightsResident`: the weights stay on chip from one inference to the next (caches, parameter memories).
 *
 * Activations stay on chip when input and output fit together in half of it; otherwise operands are tiled, and the
 * least of three orders counts: weights in pieces, inputs in pieces, or square output blocks.
 */
export function traffic(kernel: Kernel, onchipBytes: number, weightsResident: boolean, out: Traffic): void {
  const { weightBytes, inputBytes, outputBytes } = kernel
  const buffer = onchipBytes * bufferShare
  const activations = inputBytes + outputBytes
  if (activations <= buffer) {
    out.dramBytes = weightsResident ? 0 : weightBytes
    out.onchipBytes = activations + (weightsResident ? weightBytes : 0)
    return
  }
  if (weightsResident) {
    out.dramBytes = activations
    out.onchipBytes = weightBytes
    return
  }
  out.onchipBytes = 0
  out.dramBytes = tiledBytes(kernel, buffer)
}

/** Scores are kept in 32 bits; they are written, read and written by the softmax, read, narrowed and read again. */
const scoreBytes = 4
const scorePasses = 5

/**
 * What scores of attention move where they are stored (docs/method/language-model.md, LM-9). A prompt is read in pieces, each
 * of which sees the tokens before it: half of all scores.
 */
export function storedScoresBytes({ gemm }: Kernel, startsSequence: boolean): number {
  if (gemm === null) return 0
  const scores = gemm.m * gemm.n * gemm.repeat
  return scores * scoreBytes * scorePasses * (startsSequence ? 0.5 : 1)
}

function tiledBytes(kernel: Kernel, buffer: number): number {
  const { weightBytes, inputBytes, outputBytes, gemm } = kernel
  const compulsory = kernelBytes(kernel)
  if (gemm === null || weightBytes <= buffer || inputBytes <= buffer) return compulsory
  const weightPieces = weightBytes + inputBytes * Math.ceil(weightBytes / buffer) + outputBytes
  const inputPieces = inputBytes + weightBytes * Math.ceil(inputBytes / buffer) + outputBytes
  const block = Math.max(1, Math.sqrt(buffer / accumulatorBytes))
  const blocks = inputBytes * Math.ceil(gemm.n / block) + weightBytes * Math.ceil(gemm.m / block) + outputBytes
  return Math.max(compulsory, Math.min(weightPieces, inputPieces, blocks))
}
