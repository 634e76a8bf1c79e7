/** A mean over a whole image is global average pooling, whichever way it is written. */
import { type Draft, type DraftOperator, elementsOf, tensorsOf } from './draft.ts'

export function recogniseGlobalPooling(draft: Draft): void {
  for (const operator of draft.operators) {
    if (!isMeanOverImage(operator)) continue
    const [x] = tensorsOf(operator)
    if (x === undefined) continue
    draft.merge(operator, [], { op: 'GlobalAveragePool', class: 'pooling', inputs: [x], vectorOps: elementsOf(x) })
  }
}

function isMeanOverImage(operator: DraftOperator): boolean {
  const [x, ...others] = tensorsOf(operator)
  const [y] = operator.outputs
  if (x === undefined || y === undefined || others.length > 0 || x.shape.length !== 4) return false
  const [batch = 1, first = 1, second = 1, third = 1] = x.shape
  const left = elementsOf(y)
  if (operator.op === 'ReduceMean') return second > 1 && (left === batch * first || left === batch * third)
  if (operator.op !== 'AveragePool' || operator.window === null) return false
  const { kernel } = operator.window
  const covers = (height: number, width: number): boolean => kernel[0] === height && kernel[1] === width
  return left === batch * operator.window.outputChannels && (covers(second, third) || covers(first, second))
}
