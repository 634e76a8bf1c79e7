/**
 * Execution order that depends on the wiring alone: each output in turn, after all that it needs. However a file lists its
 * nodes, one network is executed in one way. O(operators + edges).
 */
import { type Draft, type DraftOperator, tensorsOf } from './draft.ts'

export function executionOrder(draft: Draft): readonly DraftOperator[] {
  const ordered: DraftOperator[] = []
  const entered = new Set<DraftOperator>()
  const visit = (start: DraftOperator): void => {
    const stack: { readonly operator: DraftOperator; next: number }[] = []
    const enter = (operator: DraftOperator): void => {
      if (entered.has(operator)) return
      entered.add(operator)
      stack.push({ operator, next: 0 })
    }
    enter(start)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const inputs = tensorsOf(top.operator)
      const input = inputs[top.next]
      if (input === undefined) {
        ordered.push(top.operator)
        stack.pop()
        continue
      }
      top.next += 1
      if (input.producer !== null) enter(input.producer)
    }
  }
  for (const { producer } of draft.outputs) if (producer !== null) visit(producer)
  // What leads to no output is executed all the same.
  for (const operator of draft.operators) visit(operator)
  return ordered
}
