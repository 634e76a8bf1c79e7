/** Raw little-endian bytes of constants, as ONNX stores them. */
import { type DType, dtypeBytes, dtypes } from '../graph/dtype.ts'
import type { Constant } from '../graph/graph.ts'
import { fail } from '../problem.ts'
import type { Random } from '../random.ts'
import type { Initialization } from './initialize.ts'

export function payloadBytes(constant: Constant): number {
  return dtypeBytes(constant.dtype, elementCount(constant))
}

const elementCount = (constant: Constant): number => constant.dims.reduce((total, size) => total * size, 1)

/** Fills `target` (exactly `payloadBytes` long): given elements as they are, others drawn from `random`. */
export function writePayload(target: Uint8Array, constant: Constant, drawn: Initialization, random: Random): void {
  const { dtype, elements } = constant
  if (elements === null && dtype === 'float32') {
    drawFloat32(target, drawn, random)
    return
  }
  const write = writers[dtype]
  if (write === undefined) {
    throw fail('unknown-precision', 'Export the graph in float32, float64, float16, bfloat16 or whole-byte integers.', {
      where: constant.name,
      received: dtype,
    })
  }
  const isFloat = dtypes[dtype].kind === 'float'
  const view = new DataView(target.buffer, target.byteOffset, target.byteLength)
  const size = dtypes[dtype].bits / 8
  const count = elementCount(constant)
  for (let i = 0; i < count; i++) {
    // A described integer is a table or a zero point: zero is the one value that is valid for both.
    write(view, i * size, elements === null ? (isFloat ? draw(drawn, random) : 0) : (elements[i] ?? 0))
  }
}

function draw(drawn: Initialization, random: Random): number {
  return 'value' in drawn ? drawn.value : drawn.bound * (2 * random.uniform() - 1)
}

/** The hot loop: millions of weights through one aligned scratch array (all our platforms are little-endian). */
function drawFloat32(target: Uint8Array, drawn: Initialization, random: Random): void {
  const values = new Float32Array(target.byteLength / 4)
  if ('value' in drawn) values.fill(drawn.value)
  else {
    const step = drawn.bound * 2 ** -31
    for (let i = 0; i < values.length; i++) values[i] = random.uint32() * step - drawn.bound
  }
  target.set(new Uint8Array(values.buffer))
}

type Write = (view: DataView, offset: number, value: number) => void

const writers: Partial<Record<DType, Write>> = {
  float32: (view, offset, value) => view.setFloat32(offset, value, true),
  float64: (view, offset, value) => view.setFloat64(offset, value, true),
  float16: (view, offset, value) => view.setUint16(offset, float16Bits(value), true),
  bfloat16: (view, offset, value) => view.setUint16(offset, float32Bits(value) >>> 16, true),
  int64: (view, offset, value) => view.setBigInt64(offset, BigInt(value), true),
  uint64: (view, offset, value) => view.setBigUint64(offset, BigInt(value), true),
  int32: (view, offset, value) => view.setInt32(offset, value, true),
  uint32: (view, offset, value) => view.setUint32(offset, value, true),
  int16: (view, offset, value) => view.setInt16(offset, value, true),
  uint16: (view, offset, value) => view.setUint16(offset, value, true),
  int8: (view, offset, value) => view.setInt8(offset, value),
  uint8: (view, offset, value) => view.setUint8(offset, value),
  bool: (view, offset, value) => view.setUint8(offset, value),
}

const scratch = new DataView(new ArrayBuffer(4))

function float32Bits(value: number): number {
  scratch.setFloat32(0, value)
  return scratch.getUint32(0)
}

/** IEEE binary16 of `value`, truncated towards zero; too small becomes zero, too large infinity. */
function float16Bits(value: number): number {
  const bits = float32Bits(value)
  const sign = (bits >>> 16) & 0x8000
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15
  if (exponent <= 0) return sign
  return exponent >= 31 ? sign | 0x7c00 : sign | (exponent << 10) | ((bits >>> 13) & 0x3ff)
}
