/** Variables and tables that live from run to run, and graphs that run once before the first. */
import { noWork, type Operator, type OperatorContext, type OperatorTable } from '../operator.ts'
import { opaque, tensor, type ValueType } from '../value-type.ts'
import { declared } from './tflite-rule.ts'

const stateful = (
  operatorClass: 'control-flow' | 'gather',
  infer: (context: OperatorContext) => readonly ValueType[],
) => ({ class: operatorClass, isVolatile: true, infer, work: () => noWork }) satisfies Operator

const handle = stateful('control-flow', () => [opaque])

export const tfliteStates: OperatorTable = {
  VAR_HANDLE: handle,
  HASHTABLE: handle,
  READ_VARIABLE: stateful('control-flow', declared),
  ASSIGN_VARIABLE: stateful('control-flow', () => []),
  HASHTABLE_IMPORT: stateful('control-flow', () => []),
  HASHTABLE_FIND: stateful('gather', (context) => [tensor(context.declaredType(0), context.shape(1))]),
  HASHTABLE_SIZE: stateful('control-flow', (context) => [tensor(context.declaredType(0), [])]),
  /** No part of an inference. */
  CALL_ONCE: { class: 'control-flow', infer: () => [], work: () => noWork },
}
