/** Operator tables: operator, operands and options. Subgraphs are named by index until all have been read. */
import type { Attribute } from '../graph/graph.ts'
import { type FlatBuffer, malformed, Table } from './flatbuffer.ts'
import { visitsPerObject } from './limits.ts'
import { dtypeOfTensorType, operatorCodeSlots, operatorSlots } from './tflite-fields.ts'
import { builtinOperators } from './tflite-operators.ts'
import { activations, type OptionKind, optionsOf, paddings } from './tflite-options.ts'

/** Builtin operators have the schema's names; what a file calls a custom operator may not be mistaken for one. */
export const builtinDomain = 'tflite'
export const customDomain = 'tflite.custom'

export interface OperatorCode {
  readonly domain: string
  readonly op: string
  /** Options are in the second union. */
  readonly isNewer: boolean
}

export interface TfliteNode {
  readonly code: OperatorCode
  /** Tensors by index, -1 for an operand that is left out. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Subgraphs by attribute; one or several by index. */
  readonly graphs: Readonly<Record<string, number | readonly number[]>>
}

const customCode = builtinOperators.indexOf('CUSTOM')
const firstNewer = builtinOperators.indexOf('STABLEHLO_LOGISTIC')

/** Operators newer than the schema are named by number. Throws `malformed` for a custom operator without a name. */
export function readOperatorCode(file: FlatBuffer, at: number): OperatorCode {
  const table = new Table(file, at)
  const code = Math.max(table.i8(operatorCodeSlots.deprecatedBuiltinCode), table.i32(operatorCodeSlots.builtinCode))
  if (code === customCode) {
    const op = table.text(operatorCodeSlots.customCode)
    if (op === null || op === '') throw malformed(at, 'the name of a custom operator')
    return { domain: customDomain, op, isNewer: false }
  }
  if (code < 0) throw malformed(at, 'an operator by number', String(code))
  return { domain: builtinDomain, op: builtinOperators[code] ?? `BUILTIN_${code}`, isNewer: code >= firstNewer }
}

/** Throws `malformed` for an operator that the file does not list, or an unknown element type among the options. */
export function readNode(file: FlatBuffer, at: number, codes: readonly OperatorCode[]): TfliteNode {
  file.visit(visitsPerObject)
  const table = new Table(file, at)
  const index = table.u32(operatorSlots.opcodeIndex)
  const code = codes[index]
  if (code === undefined) throw malformed(at, `one of ${codes.length} operators`, `number ${index}`)
  const options = table.table(code.isNewer ? operatorSlots.options2 : operatorSlots.options)
  const attributes: Record<string, Attribute> = {}
  const graphs: Record<string, number | readonly number[]> = {}
  const fields = code.domain === builtinDomain ? optionsOf[code.op] : undefined
  for (const [name, [slot, kind, fallback = 0]] of Object.entries(fields ?? {})) {
    if (kind === 'graph') graphs[name] = options?.i32(slot, fallback) ?? fallback
    else if (kind === 'graphs') graphs[name] = options?.ints(slot) ?? []
    else attributes[name] = readOption(options, slot, kind, fallback)
  }
  return {
    code,
    inputs: table.ints(operatorSlots.inputs),
    outputs: table.ints(operatorSlots.outputs),
    attributes,
    graphs,
  }
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
