/** Protobuf messages by hand, right and wrong: fields are byte strings that tests put together as they like. */

const utf8 = new TextEncoder()

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return join(parts)
}

/** The same for lists too long to be arguments. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** 64-bit two's complement in groups of 7 bits, low first. */
export function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

export function key(field: number, type: number): Uint8Array {
  return varint((BigInt(field) << 3n) | BigInt(type))
}

export function varintField(field: number, value: number | bigint): Uint8Array {
  return concat(key(field, 0), varint(value))
}

/** A length-delimited field; `length` lies about its length. */
export function field(number: number, content: Uint8Array | string, length?: number | bigint): Uint8Array {
  const bytes = typeof content === 'string' ? utf8.encode(content) : content
  return concat(key(number, 2), varint(length ?? bytes.length), bytes)
}

export function float32Field(number: number, value: number): Uint8Array {
  return concat(key(number, 5), new Uint8Array(Float32Array.of(value).buffer))
}

/** The same field once for each value. */
export function repeated<T>(values: readonly T[] | undefined, encode: (value: T) => Uint8Array): Uint8Array {
  return join((values ?? []).map(encode))
}
