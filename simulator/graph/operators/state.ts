/** Variables and tables that live from run to run, and graphs that run once before the first. */
import { noWork, type Operator, type OperatorContext } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { opaque, tensor, unknownTensor, type ValueType } from '../value-type.ts'

const stateful = (
  operatorClass: 'control-flow' | 'gather',
  infer: (context: OperatorContext) => readonly ValueType[],
) => ({ class: operatorClass, isVolatile: true, infer, work: () => noWork }) satisfies Operator

export const stateOperators: OperatorFamily = {
  /** → what names a variable or a table. */
  ResourceHandle: entry(
    null,
    stateful('control-flow', () => [opaque]),
  ),
  /** (handle) → its content. */
  ReadVariable: entry(
    null,
    stateful('control-flow', () => [unknownTensor]),
  ),
  /** (handle, content). */
  AssignVariable: entry(
    null,
    stateful('control-flow', () => []),
  ),
  /** (handle, keys, values). */
  HashtableImport: entry(
    null,
    stateful('control-flow', () => []),
  ),
  /** (handle, keys, value where there is none) → values. */
  HashtableFind: entry(
    null,
    stateful('gather', (context) => [tensor(context.dtype(2), context.shape(1))]),
  ),
  /** (handle) → number of keys. */
  HashtableSize: entry(
    null,
    stateful('control-flow', () => [tensor('int64', [])]),
  ),
  /** No part of an inference. */
  CallOnce: entry(null, { class: 'control-flow', infer: () => [], work: () => noWork }),
}
