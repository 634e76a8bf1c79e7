/** Columns of the kernel table: what they sort by. Unknown sorts last in both directions. */
import type { KernelResult } from '../../../simulator/predict/prediction.ts'
import { opsFromMacs } from '../../../simulator/quantities.ts'
import { movedBytes } from '../charts/kernel-shares.ts'

export const kernelColumns = ['order', 'name', 'class', 'macs', 'bytes', 'intensity', 'time', 'bound'] as const
export type KernelColumn = (typeof kernelColumns)[number]

export interface KernelSort {
  readonly column: KernelColumn
  readonly descending: boolean
}

export interface IndexedKernel {
  readonly index: number
  readonly kernel: KernelResult
}

export function sortKernels(
  kernels: readonly KernelResult[],
  { column, descending }: KernelSort,
): readonly IndexedKernel[] {
  const sign = descending ? -1 : 1
  return kernels
    .map((kernel, index) => ({ index, kernel, key: sortKey(kernel, index, column) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || a.index - b.index
      return a.key === b.key ? a.index - b.index : a.key < b.key ? -sign : sign
    })
}

function sortKey(kernel: KernelResult, index: number, column: KernelColumn): number | string | null {
  switch (column) {
    case 'order':
      return index
    case 'name':
      return kernel.name
    case 'class':
      return kernel.class
    case 'macs':
      return kernel.macs
    case 'bytes':
      return movedBytes(kernel)
    case 'intensity':
      return kernel.arithmeticIntensity === null ? null : opsFromMacs(kernel.arithmeticIntensity)
    case 'time':
      return kernel.timeMs
    case 'bound':
      return kernel.bound
  }
}
