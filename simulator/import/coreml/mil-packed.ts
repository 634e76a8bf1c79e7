/**
 * Constants that a program makes from packed weights before it runs (`constexpr_…`).
 *
 * Sparse ones become dense constants of the bytes stored. Those with scales or tables stay operations on constants; where a
 * table's indices are packed into bytes, as up to iOS 17, they get their own type and shape back.
 */
import type { DType } from '../../graph/dtype.ts'
import type { MilConstants } from './mil-constants.ts'
import type { Binding, Operation } from './mil-operation.ts'
import type { MilValue } from './mil-value.ts'

const sparse: ReadonlySet<string> = new Set([
  'constexpr_sparse_to_dense',
  'constexpr_lut_to_sparse',
  'constexpr_sparse_blockwise_shift_scale',
])

/** Constants by the names of the outputs; `null` where the operation is none that folds. */
export function foldsToConstant(
  operation: Operation<unknown>,
  constants: MilConstants,
): readonly (readonly [name: string, value: MilValue | null])[] | null {
  const { type, outputs, attributes } = operation
  const [output] = outputs
  if (type === 'const') {
    if (output === undefined) return []
    const [given] = operation.arguments.get('val') ?? []
    const value = attributes.get('val') ?? (given?.name === null ? given.value : null)
    return [[output.name, value]]
  }
  if (!sparse.has(type)) return null
  let storedBits = 0
  for (const bindings of argumentsOf(operation).values()) {
    for (const binding of bindings) storedBits += constantOf(binding, constants)?.storedBits ?? 0
  }
  return outputs.map(({ name, type: { dtype, shape } }, index) => {
    const dims = shape?.flatMap((dim) => (typeof dim === 'number' ? dim : []))
    if (dtype === null || dims === undefined) return [name, null]
    const bits = index === 0 ? storedBits : 0
    return [name, { dtype, dims, elements: null, texts: null, external: null, storedBits: bits, isIncomplete: false }]
  })
}

/** Arguments by name, those of packed weights wherever the file keeps them. */
export function packedWeight(
  operation: Operation<unknown>,
  constants: MilConstants,
): ReadonlyMap<string, readonly Binding[]> {
  const given = argumentsOf(operation)
  if (operation.type !== 'constexpr_lut_to_dense') return given
  const [indices, table, shape] = ['indices', 'lut', 'shape'].map((name) => constantOf(given.get(name)?.[0], constants))
  if (indices == null || table == null || shape?.elements == null) return given
  const entries = table.dims.reduce((product, dim) => product * dim, 1)
  const dtype = indexTypes[Math.log2(entries)]
  if (dtype === undefined) return given
  const unpacked = { ...indices, dtype, dims: shape.elements, elements: null }
  return new Map([...given, ['indices', [{ name: null, value: unpacked }]]])
}

/** By the bits of an index. */
const indexTypes: Readonly<Record<number, DType>> = {
  1: 'uint1',
  2: 'uint2',
  3: 'uint3',
  4: 'uint4',
  6: 'uint6',
  8: 'uint8',
}

function argumentsOf({
  type,
  arguments: given,
  attributes,
}: Operation<unknown>): ReadonlyMap<string, readonly Binding[]> {
  if (!type.startsWith('constexpr_')) return given
  const stored = [...attributes]
    .filter(([name]) => name !== 'name')
    .map(([name, value]): [string, readonly Binding[]] => [name, [{ name: null, value }]])
  return new Map([...stored, ...given])
}

function constantOf(binding: Binding | undefined, constants: MilConstants): MilValue | null | undefined {
  if (binding === undefined) return undefined
  return binding.name === null ? binding.value : constants.find(binding.name)
}
