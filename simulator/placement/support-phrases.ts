/** What several support tables say alike. */
import type { Operation } from '../graph/operations.ts'

/** Runtimes that execute what an accelerator leaves, on the processor. */
export const tfliteRuntimes = ['tflite', 'xnnpack', 'tflite-ruy'] as const
export const ortRuntimes = ['onnxruntime-cpu', 'onnxruntime'] as const

export function set(...operations: readonly Operation[]): ReadonlySet<Operation> {
  return new Set(operations)
}

export function lacking(reason: string, ...operations: readonly Operation[]): ReadonlyMap<Operation, string> {
  return new Map(operations.map((operation) => [operation, reason]))
}

export const dataDependent = ['non-maximum-suppression', 'non-zero', 'unique'] as const
export const sizeDependsOnData = 'its result has a size that depends on the data'
