/** What several support tables say alike. */
import type { Operation } from '../../simulator/graph/operations.ts'

/** Runtimes that execute what an accelerator leaves, on the processor. */
export const tfliteOnProcessor = ['tflite', 'xnnpack', 'tflite-ruy'] as const
export const ortOnProcessor = ['onnxruntime-cpu', 'onnxruntime'] as const

export function set(...operations: readonly Operation[]): readonly Operation[] {
  return operations
}

export function lacking(
  reason: string,
  ...operations: readonly Operation[]
): Partial<Readonly<Record<Operation, string>>> {
  return Object.fromEntries(operations.map((operation) => [operation, reason]))
}

export const dataDependent = ['non-maximum-suppression', 'non-zero', 'unique'] as const
export const sizeDependsOnData = 'its result has a size that depends on the data'
