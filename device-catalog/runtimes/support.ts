/** What several support tables say alike, and their type as the catalog writes it. */
import type {
  SupportLimit as AnySupportLimit,
  SupportTable as AnySupportTable,
} from '../../simulator/hardware/support-table.ts'
import type { Operation } from '../../simulator/placement/operations.ts'

export type SupportLimit = AnySupportLimit & { readonly operation: Operation }

export interface SupportTable extends AnySupportTable {
  readonly supported: readonly Operation[]
  readonly unsupported: Partial<Readonly<Record<Operation, string>>> & AnySupportTable['unsupported']
  readonly limits: readonly SupportLimit[]
}

/** Runtimes that execute what an accelerator leaves, on the processor. */
export const tfliteOnProcessor = ['tflite', 'xnnpack', 'tflite-ruy'] as const
export const ortOnProcessor = ['onnxruntime-cpu', 'onnxruntime'] as const

export function set(...operations: readonly Operation[]): readonly Operation[] {
  return operations
}

export function lacking(reason: string, ...operations: readonly Operation[]): Readonly<Record<string, string>> {
  return Object.fromEntries(operations.map((operation) => [operation, reason]))
}

export const dataDependent = ['non-maximum-suppression', 'non-zero', 'unique'] as const
export const sizeDependsOnData = 'its result has a size that depends on the data'
