/** `edgefit inspect`: what a model file says about its network. */
import { recognisedPreset } from '../../model-zoo/recognise.ts'
import type { Shape } from '../../simulator/graph/graph.ts'
import { type Inspection, inspectModel } from '../../simulator/import/inspect.ts'
import { rowsOfNetwork } from '../../simulator/predict/measured.ts'
import { formatQuantity, formatShare } from '../../simulator/report/figures.ts'
import { en } from '../../simulator/report/text/en.ts'
import { loadCalibration } from '../catalog.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { modelName, parsedModel } from '../model.ts'
import { warningLines } from '../output/problem.ts'
import { tableLines } from '../output/table.ts'
import { printable, type Terminal } from '../output/terminal.ts'
import { parseBindings, shapeOptions, shapeUsage } from '../shape-options.ts'

export const inspect = defineCommand({
  name: 'inspect',
  usage: `MODEL ${shapeUsage} [--json]`,
  summary: 'Show nodes, parameters, MACs, memory and the shape of every tensor of a model.',
  options: { json: { type: 'boolean', default: false }, ...shapeOptions },
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const inspected = await inspectModel(await parsedModel(model), parseBindings(options))
    const inspection = { ...inspected, recognised: recognised(inspected.architectureId) }
    // Not canonical JSON: counts are exact, and tensors stay in the order of execution.
    terminal.write(
      options.json
        ? `${JSON.stringify(inspection)}\n`
        : `${inspectionLines(modelName(model), inspection, terminal).join('\n')}\n`,
    )
    return exitCodes.done
  },
})

/** The preset that a network is, and how many measured rows of it there are; `null` = none that is known. */
interface Recognised {
  readonly preset: string
  readonly rows: number
}

function recognised(architectureId: string | null): Recognised | null {
  const preset = architectureId === null ? null : recognisedPreset(architectureId)
  if (architectureId === null || preset === null) return null
  return { preset, rows: rowsOfNetwork(loadCalibration().measured, architectureId) }
}

function inspectionLines(
  name: string,
  inspection: Inspection & { readonly recognised: Recognised | null },
  terminal: Terminal,
): string[] {
  const { macsByOp, inputs, outputs, problems } = inspection
  const defaults = Object.entries(inspection.defaultSizes).map(([symbol, size]) => `${symbol}=${size}`)
  const count = (value: number | null) => (value === null ? en.unavailable : `${value}`)
  const facts = [
    ['format', `${inspection.format}${inspection.opset === null ? '' : `, opset ${inspection.opset}`}`],
    ['model id', inspection.modelId ?? en.unavailable],
    ['architecture id', inspection.architectureId ?? en.unavailable],
    ...(inspection.recognised === null ? [] : [['recognised as', recognisedText(inspection.recognised)]]),
    ['nodes', `${inspection.nodes}, ${inspection.nodesAllGraphs} in all graphs`],
    ['parameters', count(inspection.params)],
    ['MACs', macsText(inspection)],
    ['weights', weightsText(inspection)],
    ['peak activations', bytes(inspection.peakActivationBytes)],
    ['coverage', formatShare(inspection.coverage)],
    ...inputs.map((port) => ['input', portText(port)]),
    ...outputs.map((port) => ['output', portText(port)]),
    ...(defaults.length === 0
      ? []
      : [['open sizes', printable(`${defaults.join(', ')} by the file; --dims for others`)]]),
  ]
  const operators = Object.entries(macsByOp)
    .sort(([, a], [, b]) => (b ?? Infinity) - (a ?? Infinity))
    .map(([op, macs]) => [printable(op), count(macs)])
  const operatorColumns = [{ title: 'operator' }, { title: 'MACs', align: 'right' }] as const
  return [
    terminal.style('bold', printable(name)),
    ...tableLines([{ title: '' }, { title: '' }], facts),
    ...(operators.length === 0 ? [] : ['', ...tableLines(operatorColumns, operators)]),
    ...warningLines(problems).map((line) => terminal.style('yellow', line)),
  ]
}

function recognisedText({ preset, rows }: Recognised): string {
  return rows === 0 ? `${preset}, not measured` : `${preset}, measured ${rows} ${rows === 1 ? 'time' : 'times'}`
}

/** What is known is a lower bound where something is not. */
function macsText({ macs, macsByOp }: Inspection): string {
  if (macs !== null) return `${macs}`
  const known = Object.values(macsByOp).reduce((sum: number, each) => sum + (each ?? 0), 0)
  return known === 0 ? en.unavailable : `${en.unavailable}; at least ${known}`
}

/** By element type, most first, where there are several. */
function weightsText({ weightBytes, weightBytesByDtype }: Inspection): string {
  const types = Object.entries(weightBytesByDtype ?? {}).sort(([, a], [, b]) => b - a)
  const sum = formatQuantity(weightBytes, 'bytes')
  if (types.length < 2) return [sum, ...types.map(([dtype]) => dtype)].join('  ')
  return `${sum}  ${types.map(([dtype, each]) => `${dtype} ${formatQuantity(each, 'bytes')}`).join(', ')}`
}

function bytes(value: number | null): string {
  return value === null ? en.unavailable : formatQuantity(value, 'bytes')
}

function portText({ name, dtype, shape }: Inspection['inputs'][number]): string {
  return printable(`${name}  ${dtype ?? '?'}  ${shapeText(shape)}`)
}

/** As `--input-shapes` takes it, and apart where names could run together. */
function shapeText(shape: Shape): string {
  if (shape === null) return '?'
  if (shape.length === 0) return 'scalar'
  return shape.map((dim) => dim ?? '?').join(shape.every((dim) => typeof dim === 'number') ? 'x' : ' x ')
}
