/**
 * Layout: a network is the same with its channels first or last. Transposes that undo each other go, and so do those that
 * only bring an image into the layout of the file, or its result out of it.
 */
import { type Draft, type DraftOperator, type DraftTensor, tensorsOf } from './draft.ts'

export function normaliseLayout(draft: Draft): void {
  for (const operator of draft.operators) {
    if (operator.op !== 'Transpose') continue
    const [from] = tensorsOf(operator)
    const perm = permOf(operator)
    if (from === undefined || perm === null) continue
    if (movesChannels(perm) && isBoundary(from, operator)) {
      draft.bypass(operator)
      continue
    }
    const before = from.producer
    const earlier = before?.op === 'Transpose' ? permOf(before) : null
    const [source] = before === null ? [] : tensorsOf(before)
    if (earlier === null || source === undefined || earlier.length !== perm.length) continue
    const together = perm.map((axis) => earlier[axis] ?? axis)
    draft.rewire(operator, [source])
    operator.attributes = { perm: together }
    if (before !== null && from.readers.size === 0 && from.role === 'activation') draft.remove(before)
    if (together.every((axis, index) => axis === index)) draft.bypass(operator)
  }
}

/** As the file gives it, or as the operator is without one: axes reversed. */
function permOf({ attributes, outputs }: DraftOperator): readonly number[] | null {
  const { perm } = attributes
  const rank = outputs[0]?.shape.length ?? 0
  if (perm === undefined) return Array.from({ length: rank }, (_, axis) => rank - 1 - axis)
  if (!Array.isArray(perm) || perm.length !== rank) return null
  return perm.flatMap((axis) => (typeof axis === 'number' ? [axis] : []))
}

/** [N, C, …] ↔ [N, …, C] of images and clips. */
function movesChannels(perm: readonly number[]): boolean {
  if (perm.length < 4 || perm[0] !== 0) return false
  const spatial = perm.length - 2
  const toLast = [0, ...Array.from({ length: spatial }, (_, axis) => axis + 2), 1]
  const toFirst = [0, perm.length - 1, ...Array.from({ length: spatial }, (_, axis) => axis + 1)]
  return perm.every((axis, index) => axis === toLast[index]) || perm.every((axis, index) => axis === toFirst[index])
}

/** Right behind an input or before an output, perhaps with a conversion between. */
function isBoundary(from: DraftTensor, { outputs }: DraftOperator): boolean {
  const [to] = outputs
  const { producer } = from
  const [reader = null] = to?.readers.size === 1 ? to.readers : []
  return (
    from.role === 'input' ||
    to?.role === 'output' ||
    (producer?.class === 'quantization' && tensorsOf(producer)[0]?.role === 'input') ||
    (reader?.class === 'quantization' && reader.outputs[0]?.role === 'output')
  )
}
