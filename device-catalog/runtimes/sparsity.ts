/** How weights with zeros are stored and multiplied, where several runtimes do it alike. */
import type { SparseBytes, SparseMacs } from '../../simulator/hardware/sparsity-rule.ts'

/** The dense number of MACs: only bytes are saved. */
export const denseMacs: SparseMacs = { kind: 'fixed', share: 1 }
export const halfTheMacs: SparseMacs = { kind: 'fixed', share: 0.5 }
/** Two bits say which of four neighbours each kept weight is. */
export const twoOfFourBytes: SparseBytes = {
  keptShare: 0.5,
  indexBitsPerKept: 2,
  indexBitsPerWeight: 0,
  codingShare: 0,
}
