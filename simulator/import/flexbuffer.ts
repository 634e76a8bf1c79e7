/**
 * FlexBuffers: the numbers of a map by key, which is how custom operators keep options. What refers stands behind what it
 * refers to, so references are distances back, and the last two bytes tell where and what the root is. Whatever does not lie
 * within the bytes is left out. Source: flatbuffers.dev/flexbuffers.
 */

/** Operators have a handful of options with short names. */
const maxEntries = 256
const maxKeyBytes = 64

const types = {
  int: 1,
  uint: 2,
  float: 3,
  indirectInt: 6,
  indirectUint: 7,
  indirectFloat: 8,
  map: 9,
  bool: 26,
} as const

export function flexNumbers(bytes: Uint8Array): Readonly<Record<string, number>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [rootType = 0, rootWidth = 0] = bytes.slice(-2)
  const root = bytes.length - 2 - rootWidth
  if (typeOf(rootType) !== types.map) return {}
  // A map: its keys' list, the width of that, the count, then values and a byte for the type of each.
  const width = widthOf(rootType)
  const values = back(view, root, rootWidth)
  const count = number(view, values - width, width, 'uint')
  const keyWidth = number(view, values - 2 * width, width, 'uint')
  const keys = back(view, values - 3 * width, width)
  if (!(count <= maxEntries)) return {}
  const found: [string, number][] = []
  for (let index = 0; index < count; index++) {
    const key = keyAt(bytes, back(view, keys + index * keyWidth, keyWidth))
    const value = scalarAt(view, values + index * width, width, bytes[values + count * width + index] ?? 0)
    if (key !== null && Number.isFinite(value)) found.push([key, value])
  }
  return Object.fromEntries(found)
}

const typeOf = (packed: number): number => packed >> 2
const widthOf = (packed: number): number => 1 << (packed & 3)

const back = (view: DataView, at: number, width: number): number => at - number(view, at, width, 'uint')

function scalarAt(view: DataView, at: number, width: number, packed: number): number {
  switch (typeOf(packed)) {
    case types.int:
      return number(view, at, width, 'int')
    case types.uint:
    case types.bool:
      return number(view, at, width, 'uint')
    case types.float:
      return number(view, at, width, 'float')
    case types.indirectInt:
      return number(view, back(view, at, width), widthOf(packed), 'int')
    case types.indirectUint:
      return number(view, back(view, at, width), widthOf(packed), 'uint')
    case types.indirectFloat:
      return number(view, back(view, at, width), widthOf(packed), 'float')
    default:
      return Number.NaN
  }
}

type Kind = 'int' | 'uint' | 'float'

const readers: Readonly<Record<Kind, Readonly<Partial<Record<number, (view: DataView, at: number) => number>>>>> = {
  int: {
    1: (view, at) => view.getInt8(at),
    2: (view, at) => view.getInt16(at, true),
    4: (view, at) => view.getInt32(at, true),
    8: (view, at) => Number(view.getBigInt64(at, true)),
  },
  uint: {
    1: (view, at) => view.getUint8(at),
    2: (view, at) => view.getUint16(at, true),
    4: (view, at) => view.getUint32(at, true),
    8: (view, at) => Number(view.getBigUint64(at, true)),
  },
  float: { 4: (view, at) => view.getFloat32(at, true), 8: (view, at) => view.getFloat64(at, true) },
}

/** NaN beyond the bytes, and for widths that the kind does not have. */
function number(view: DataView, at: number, width: number, kind: Kind): number {
  const read = readers[kind][width]
  return read !== undefined && at >= 0 && at + width <= view.byteLength ? read(view, at) : Number.NaN
}

/** Ends with a zero byte. */
function keyAt(bytes: Uint8Array, at: number): string | null {
  if (!(at >= 0)) return null
  const end = bytes.subarray(at, at + maxKeyBytes).indexOf(0)
  return end === -1 ? null : String.fromCharCode(...bytes.subarray(at, at + end))
}
