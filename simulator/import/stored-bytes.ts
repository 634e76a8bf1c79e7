/** What a file stores of its weights, by element type; types under a byte are added up in bits, without padding. */
import type { DType } from '../graph/dtype.ts'
import type { StoredWeights } from './reader.ts'

export class StoredBytes {
  readonly #bits = new Map<DType, number>()

  add(dtype: DType, bytes: number): void {
    this.addBits(dtype, 8 * bytes)
  }

  addBits(dtype: DType, bits: number): void {
    if (bits > 0) this.#bits.set(dtype, (this.#bits.get(dtype) ?? 0) + bits)
  }

  total(): StoredWeights {
    const byDtype: Partial<Record<DType, number>> = {}
    let weightBytes = 0
    for (const [dtype, bits] of this.#bits) {
      byDtype[dtype] = Math.ceil(bits / 8)
      weightBytes += byDtype[dtype]
    }
    return { weightBytes, weightBytesByDtype: byDtype }
  }
}
