/** Operators that hand on what they are given: copies, dropout, casts that the precision decides anyway. */
import { dtypes } from '../dtype.ts'
import { type Draft, type DraftOperator, tensorsOf } from './draft.ts'

/** Of one tensor, these give it back where they leave its shape as it is. */
const shapeOnly: ReadonlySet<string> = new Set([
  'Reshape',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
  'Expand',
  'Tile',
  'Concat',
  'Split',
  'Pad',
])
const copies: ReadonlySet<string> = new Set(['Identity', 'Dropout'])

export function dropIdentities(draft: Draft): void {
  for (const operator of draft.operators) if (isIdentity(operator)) draft.bypass(operator)
}

function isIdentity(operator: DraftOperator): boolean {
  const [from, ...others] = tensorsOf(operator)
  const [to] = operator.outputs
  if (from === undefined || to === undefined || others.length > 0) return false
  if (copies.has(operator.op)) return true
  if (operator.op === 'Cast') return from.dtype === to.dtype || (isFloat(from.dtype) && isFloat(to.dtype))
  if (operator.op === 'Transpose') return isSorted(operator.attributes.perm)
  return shapeOnly.has(operator.op) && from.dtype === to.dtype && from.shape.join() === to.shape.join()
}

/** Floating-point values take the width of the precision that executes them. */
function isFloat(dtype: keyof typeof dtypes): boolean {
  return dtypes[dtype].kind === 'float'
}

function isSorted(perm: unknown): boolean {
  return Array.isArray(perm) && perm.every((axis, index) => axis === index)
}
