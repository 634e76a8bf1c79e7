/** What an output is compared by, across runtimes, without sending the tensor. */
import type { Tensor } from 'onnxruntime-web/wasm'
import type { OutputDigest } from '../contract/edge-run.ts'

const headLength = 8

/** Sum, sum of magnitudes and first values of every numeric output, in the order of the model. */
export function digestOutputs(outputs: Readonly<Record<string, Tensor>>): OutputDigest[] {
  return Object.entries(outputs).map(([name, tensor]) => {
    let sum = 0
    let sumAbs = 0
    const head: number[] = []
    for (const element of tensor.data) {
      const value = Number(element)
      sum += value
      sumAbs += Math.abs(value)
      if (head.length < headLength) head.push(value)
    }
    return { name, shape: [...tensor.dims], sum, sumAbs, head }
  })
}
