/** Operation of an ML Program as it stands in the file: arguments by name, each bound to values or constants. */
import { fieldsPerObject } from '../limits.ts'
import type { WireReader } from '../wire.ts'
import { argumentFields, bindingFields, entryFields, operationFields } from './mil-fields.ts'
import { type MilValue, type NamedType, readNamedType, readValue } from './mil-value.ts'

/** A value by name, or a constant in place; `value: null` is no tensor. */
export type Binding = { readonly name: string } | { readonly name: null; readonly value: MilValue | null }

export interface Operation<Block> {
  readonly type: string
  readonly arguments: ReadonlyMap<string, readonly Binding[]>
  readonly outputs: readonly NamedType[]
  readonly blocks: readonly Block[]
  /** The value of a `const`; for weights in a packed form the arguments, up to iOS 17. */
  readonly attributes: ReadonlyMap<string, MilValue | null>
}

/**
 * Reads the message that is the current value of `wire`; `readBlock` reads a block that is its current value.
 * Throws `malformed` and what reading values and blocks throws.
 */
export function readOperation<Block>(wire: WireReader, readBlock: () => Block): Operation<Block> {
  const start = wire.valueStart
  wire.spend(fieldsPerObject)
  const given = new Map<string, readonly Binding[]>()
  const attributes = new Map<string, MilValue | null>()
  const outputs: NamedType[] = []
  const blocks: Block[] = []
  let type = ''
  wire.message(() => {
    switch (wire.field) {
      case operationFields.type:
        type = wire.text()
        break
      case operationFields.inputs:
        readEntry(wire, () => readArgument(wire), given)
        break
      case operationFields.outputs:
        outputs.push(readNamedType(wire))
        break
      case operationFields.blocks:
        blocks.push(readBlock())
        break
      case operationFields.attributes:
        readEntry(wire, () => readValue(wire), attributes)
        break
    }
  })
  if (type === '') throw wire.malformed(start, 'an operation with a type')
  return { type, arguments: given, outputs, blocks, attributes }
}

/** An entry of a map into `entries`. */
export function readEntry<Value>(wire: WireReader, readValueOf: () => Value, entries: Map<string, Value>): void {
  const found: Value[] = []
  let key = ''
  wire.message(() => {
    if (wire.field === entryFields.key) key = wire.text()
    else if (wire.field === entryFields.value) found.push(readValueOf())
  })
  const value = found.at(-1)
  if (value !== undefined) entries.set(key, value)
}

function readArgument(wire: WireReader): readonly Binding[] {
  const bindings: Binding[] = []
  wire.message(() => {
    if (wire.field !== argumentFields.bindings) return
    wire.message(() => {
      if (wire.field === bindingFields.name) bindings.push({ name: wire.text() })
      else if (wire.field === bindingFields.value) bindings.push({ name: null, value: readValue(wire) })
    })
  })
  return bindings.slice()
}
