/** Operator tables: operator, operands and options. Subgraphs are named by index until all have been read. */
import type { Attribute } from '../../graph/graph.ts'
import { type FlatBuffer, malformed, Table } from '../flatbuffer.ts'
import { flexNumbers } from '../flexbuffer.ts'
import { visitsPerObject } from '../limits.ts'
import { builtinOperators } from './builtin-operators.ts'
import { builtinDomain, customDomain } from './dialect.ts'
import { dtypeOfTensorType, operatorCodeSlots, operatorSlots } from './fields.ts'
import { activations, type OptionKind, optionsOf, paddings, withFlexOptions } from './options.ts'

export interface OperatorCode {
  readonly domain: string
  readonly op: string
  /** Slot of the union that has the options. */
  readonly optionsSlot: number
  readonly options: readonly Option[]
}

interface Option {
  readonly name: string
  readonly slot: number
  readonly kind: OptionKind
  readonly fallback: number
}

export interface TfliteNode {
  readonly code: OperatorCode
  /** Tensors by index, -1 for an operand that is left out. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Subgraphs by attribute, one or several by index; `null` for the nodes that have none. */
  readonly graphs: Readonly<Record<string, number | readonly number[]>> | null
}

const noAttributes = Object.freeze({})

const customCode = builtinOperators.indexOf('CUSTOM')
const firstNewer = builtinOperators.indexOf('STABLEHLO_LOGISTIC')

/** Operators newer than the schema are named by number. Throws `malformed` for a custom operator without a name. */
export function readOperatorCode(file: FlatBuffer, at: number): OperatorCode {
  const table = new Table(file, at)
  const code = Math.max(table.i8(operatorCodeSlots.deprecatedBuiltinCode), table.i32(operatorCodeSlots.builtinCode))
  if (code === customCode) {
    const op = table.text(operatorCodeSlots.customCode)
    if (op === null || op === '') throw malformed(at, 'the name of a custom operator')
    return { domain: customDomain, op, optionsSlot: operatorSlots.options, options: [] }
  }
  if (code < 0) throw malformed(at, 'an operator by number', String(code))
  const op = builtinOperators[code] ?? `BUILTIN_${code}`
  return {
    domain: builtinDomain,
    op,
    optionsSlot: code >= firstNewer ? operatorSlots.options2 : operatorSlots.options,
    options: Object.entries(optionsOf[op] ?? {}).map(([name, [slot, kind, fallback = 0]]) => {
      return { name, slot, kind, fallback }
    }),
  }
}

/** Throws `malformed` for an operator that the file does not list, or an unknown element type among the options. */
export function readNode(file: FlatBuffer, at: number, codes: readonly OperatorCode[]): TfliteNode {
  file.visit(visitsPerObject)
  const table = new Table(file, at)
  const index = table.u32(operatorSlots.opcodeIndex)
  const code = codes[index]
  if (code === undefined) throw malformed(at, `one of ${codes.length} operators`, `number ${index}`)
  const inputs = table.ints(operatorSlots.inputs)
  const outputs = table.ints(operatorSlots.outputs)
  if (code.domain === customDomain && withFlexOptions.has(code.op)) {
    return { code, inputs, outputs, attributes: readFlexOptions(file, table), graphs: null }
  }
  if (code.options.length === 0) return { code, inputs, outputs, attributes: noAttributes, graphs: null }
  const options = table.table(code.optionsSlot)
  const attributes: Record<string, Attribute> = {}
  let graphs: Record<string, number | readonly number[]> | null = null
  for (const { name, slot, kind, fallback } of code.options) {
    if (kind === 'graph' || kind === 'graphs') {
      graphs ??= {}
      graphs[name] = kind === 'graph' ? (options?.i32(slot, fallback) ?? fallback) : (options?.ints(slot) ?? [])
    } else attributes[name] = readOption(options, slot, kind, fallback)
  }
  return { code, inputs, outputs, attributes, graphs }
}

const maxFlexBytes = 4096

function readFlexOptions(file: FlatBuffer, table: Table): Readonly<Record<string, Attribute>> {
  const { start, length } = table.list(operatorSlots.customOptions, 1)
  if (length === 0 || length > maxFlexBytes) return noAttributes
  file.visit(length)
  return flexNumbers(file.bytes(start, length))
}

/** `options: null`: the file leaves all at their defaults. */
function readOption(
  options: Table | null,
  slot: number,
  kind: Exclude<OptionKind, 'graph' | 'graphs'>,
  fallback: number,
): Attribute {
  switch (kind) {
    case 'int':
      return options?.i32(slot, fallback) ?? fallback
    case 'long':
      return options?.i64(slot, fallback) ?? fallback
    case 'float':
      return options?.f32(slot, fallback) ?? fallback
    case 'byte':
      return options?.i8(slot, fallback) ?? fallback
    case 'bool':
      return (options?.u8(slot, fallback) ?? fallback) === 0 ? 0 : 1
    case 'text':
      return options?.text(slot) ?? ''
    case 'ints':
      return options?.ints(slot) ?? []
    case 'longs':
      return options?.longs(slot) ?? []
    case 'padding':
      return paddings[options?.i8(slot) ?? 0] ?? paddings[0]
    case 'activation':
      return activations[options?.i8(slot) ?? 0] ?? activations[0]
    case 'type':
      return dtypeOfTensorType(options?.i8(slot, fallback) ?? fallback) ?? ''
  }
}
