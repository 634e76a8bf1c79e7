/** Variables and tables that live from run to run, and graphs that run once before the first. */
import { noWork, type Operator, type OperatorContext, type OperatorTable } from '../operator.ts'
import { opaque, tensor, unknownTensor, type ValueType } from '../value-type.ts'

const stateful = (
  operatorClass: 'control-flow' | 'gather',
  infer: (context: OperatorContext) => readonly ValueType[],
) => ({ class: operatorClass, isVolatile: true, infer, work: () => noWork }) satisfies Operator

export const stateOperators: OperatorTable = {
  /** → what names a variable or a table. */
  ResourceHandle: stateful('control-flow', () => [opaque]),
  /** (handle) → its content. */
  ReadVariable: stateful('control-flow', () => [unknownTensor]),
  /** (handle, content). */
  AssignVariable: stateful('control-flow', () => []),
  /** (handle, keys, values). */
  HashtableImport: stateful('control-flow', () => []),
  /** (handle, keys, value where there is none) → values. */
  HashtableFind: stateful('gather', (context) => [tensor(context.dtype(2), context.shape(1))]),
  /** (handle) → number of keys. */
  HashtableSize: stateful('control-flow', () => [tensor('int64', [])]),
  /** No part of an inference. */
  CallOnce: { class: 'control-flow', infer: () => [], work: () => noWork },
}
