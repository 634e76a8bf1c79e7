/**
 * Quantization as a property of tensors. Whether a file says it with pairs of (de)quantizations around operators on floats
 * (QDQ), with operators that take integers (QOperator, TFLite) or with fake quantization: what lies between two conversions is
 * kept in integers, and the precision of the target decides what it is computed in. Callers feed and get what suits them.
 */
import { dtypes } from '../dtype.ts'
import { factsOf } from '../operators.ts'
import { type Draft, type DraftOperator, type DraftTensor, tensorsOf } from './draft.ts'

export function reduceQuantization(draft: Draft): void {
  const conversions = [...draft.operators].filter(isConversion)
  if (conversions.length === 0) return
  const readAs = new Map<DraftTensor, DraftTensor['dtype'] | null>()
  for (const operator of draft.operators) {
    if (isConversion(operator)) continue
    for (const input of tensorsOf(operator)) {
      const { root, integer } = behind(input)
      readAs.set(root, readAs.has(root) && readAs.get(root) !== integer ? null : integer)
    }
  }
  for (const operator of conversions) draft.bypass(operator)
  for (const [tensor, integer] of readAs) {
    const staysFloat = integer === null || tensor.role !== 'activation' || dtypes[tensor.dtype].kind !== 'float'
    if (!staysFloat) tensor.dtype = integer
  }
}

function isConversion(operator: DraftOperator): boolean {
  return operator.class === 'quantization' && operator.outputs.length === 1 && tensorsOf(operator).length === 1
}

/** The value that a chain of conversions and views starts from, and the integer type on the way. */
function behind(tensor: DraftTensor): { readonly root: DraftTensor; readonly integer: DraftTensor['dtype'] | null } {
  let at = tensor
  let integer: DraftTensor['dtype'] | null = null
  for (;;) {
    if (integer === null && dtypes[at.dtype].kind === 'integer') integer = at.dtype
    const { producer } = at
    if (producer === null || (producer.class !== 'view' && !isConversion(producer))) break
    if (factsOf(producer.op).quantization === 'both') integer ??= 'int8'
    const [from] = tensorsOf(producer)
    if (from === undefined) break
    at = from
  }
  return { root: at, integer }
}
