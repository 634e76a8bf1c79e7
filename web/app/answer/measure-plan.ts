/** The command lines that measure one target, filled in. */
import type { MeasureTool } from '../../../device-catalog/runtimes/schema.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { ComputeUnit } from '../../../simulator/hardware/device.ts'
import type { TargetKey } from '../../../simulator/predict/prediction.ts'

export interface MeasurePlan {
  readonly tool: string
  readonly source: string
  readonly needs: string
  readonly commands: readonly string[]
  readonly reads: string
}

type Asked = Pick<TargetKey, 'runtimeId' | 'precision' | 'batch'>

/** `null` = no tool of the runtime is known. */
export function measurePlan(
  tools: Readonly<Record<string, readonly MeasureTool[]>>,
  unit: ComputeUnit,
  asked: Asked,
  summary: GraphSummary,
): MeasurePlan | null {
  const found = tools[asked.runtimeId]?.find(({ kinds }) => kinds === undefined || kinds.includes(unit.kind))
  if (found === undefined) return null
  const words = wordsFor(found, unit, asked, summary)
  const filled = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole)
  const { tool, source, needs, commands, reads } = found
  return {
    tool,
    source,
    needs: filled(needs),
    commands: commands.map((line) => oneSpaced(filled(line))),
    reads: filled(reads),
  }
}

function wordsFor(
  { precisionFlags, kindFlags }: MeasureTool,
  { kind, clusters }: ComputeUnit,
  { precision, batch }: Asked,
  summary: GraphSummary,
): Readonly<Record<string, string>> {
  const [, ...dims] = summary.tensors.find(({ role }) => role === 'input')?.shape ?? [1]
  const flags = [precisionFlags?.[precision] ?? '', kindFlags?.[kind] ?? ''].filter((flag) => flag !== '')
  return {
    model: fileStem(summary.name),
    batch: String(batch),
    threads: String(clusters[0]?.cores ?? usualThreads),
    dims: [batch, ...dims].join(', '),
    ncnnShape: dims.toReversed().join(','),
    tokens: String(dims.reduce((product, size) => product * size, 1)),
    flags: flags.length < 2 ? flags.join('') : flags.join(' '),
  }
}

/** Where the catalog counts no cores **(default)**. */
const usualThreads = 4

/** A name that a shell takes as one word, without the end of a model file. */
function fileStem(name: string): string {
  return (
    name.replace(/\.(onnx|tflite|mlmodel|mlpackage|gguf|safetensors|json)$/i, '').replaceAll(/[^\w.-]+/g, '-') ||
    'model'
  )
}

function oneSpaced(line: string): string {
  return line.replaceAll(/ {2,}/g, ' ').trim()
}
