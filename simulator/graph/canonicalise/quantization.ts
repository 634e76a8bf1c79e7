/**
 * Quantization as a property of tensors. Where a file says it with pairs of (de)quantizations around operators on floats
 * (QDQ), the pairs are a notation: what lies between two of them is kept in integers. Where operators take integers
 * themselves, what converts them is executed.
 */
import { dtypes } from '../dtype.ts'
import { type Draft, type DraftOperator, type DraftTensor, tensorsOf } from './draft.ts'

export function reduceQuantization(draft: Draft): void {
  const conversions = [...draft.operators].filter(isConversion)
  if (conversions.length === 0 || computesOnIntegers(draft)) return
  const readAs = new Map<DraftTensor, DraftTensor['dtype'] | null>()
  for (const operator of draft.operators) {
    if (isConversion(operator) && !crossesBoundary(operator)) continue
    for (const input of tensorsOf(operator)) {
      const { root, integer } = behind(input)
      readAs.set(root, readAs.has(root) && readAs.get(root) !== integer ? null : integer)
    }
  }
  for (const operator of conversions) if (!crossesBoundary(operator)) draft.bypass(operator)
  for (const [tensor, integer] of readAs) {
    const staysFloat = integer === null || tensor.role !== 'activation' || dtypes[tensor.dtype].kind !== 'float'
    if (!staysFloat) tensor.dtype = integer
  }
}

function isConversion(operator: DraftOperator): boolean {
  return operator.class === 'quantization' && operator.outputs.length === 1 && tensorsOf(operator).length === 1
}

function isInteger({ dtype }: DraftTensor): boolean {
  return dtypes[dtype].kind === 'integer'
}

/** Some product takes quantized values as they are. */
function computesOnIntegers(draft: Draft): boolean {
  for (const operator of draft.operators) {
    if (operator.gemm !== null && tensorsOf(operator).some(isInteger)) return true
  }
  return false
}

/** Converting what the caller feeds or gets is work. */
function crossesBoundary(operator: DraftOperator): boolean {
  return tensorsOf(operator)[0]?.role === 'input' || operator.outputs[0]?.role === 'output'
}

/** The value that a chain of removable conversions and views starts from, and the integer type on the way. */
function behind(tensor: DraftTensor): { readonly root: DraftTensor; readonly integer: DraftTensor['dtype'] | null } {
  let at = tensor
  let integer: DraftTensor['dtype'] | null = null
  for (;;) {
    if (integer === null && isInteger(at)) integer = at.dtype
    const { producer } = at
    if (producer === null || (producer.class !== 'view' && !isConversion(producer)) || crossesBoundary(producer)) break
    if (producer.op === 'FakeQuantize') integer ??= 'int8'
    const [from] = tensorsOf(producer)
    if (from === undefined) break
    at = from
  }
  return { root: at, integer }
}
