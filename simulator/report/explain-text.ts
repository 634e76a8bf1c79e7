/** A prediction explained as a tree of lines: formula, value, what binds, what is lost, and how sure every constant is. */
import type { Explanation, FactUse, KernelResult, Prediction } from '../predict/prediction.ts'
import { formatNumber, formatQuantity, formatShare } from './figures.ts'
import { counted } from './text/en.ts'

/** Page of `docs/method/` that defines a formula, by the letters of its id. */
export const formulaPages: Readonly<Record<string, string>> = {
  WORK: 'work',
  LAT: 'latency',
  MEM: 'memory',
  ALN: 'alignment',
  FACT: 'facts',
  CPU: 'cpu',
  GPU: 'gpu',
  NPU: 'npu',
  TPU: 'edge-tpu',
  DF: 'dataflow',
  EU: 'ethos-u',
  MCU: 'mcu',
  SYS: 'systolic',
  CIM: 'compute-in-memory',
  EN: 'energy',
  UNC: 'uncertainty',
  CAL: 'calibration',
  LM: 'language-model',
  PLACE: 'placement',
}

/** Fields of the basis that a node rests on, by what the node is called. */
const restsOn: readonly (readonly [quantity: RegExp, fields: readonly RegExp[]])[] = [
  [/^peak$/, [/^unit\.peakMacsPerS/]],
  [/^efficiency of/, [/^law\.efficiency/]],
  [/^DRAM bandwidth reached$/, [/BytesPerS$/, /^law\.bandwidthEfficiency$/]],
  [/^(link|inputs and outputs over the link)$/, [/^device\.link/]],
  [/^overhead$/, [/^runtime\.perKernelS$/]],
  [/^per inference$/, [/^runtime\.perInferenceS$/]],
]

/** The tree, then the pages that its formulas are on. */
export function explanationLines(prediction: Prediction): string[] {
  const root = withKernelWords(prediction.explanation, prediction)
  const parts = [root, ...energyTree(prediction), memoryTree(prediction)]
  const formulas = new Set(parts.flatMap(formulasIn))
  return [...parts.flatMap((tree) => treeLines(tree)), '', ...pageLines([...formulas])]
}

interface Tree {
  readonly line: string
  readonly formula: string | null
  readonly branches: readonly Tree[]
}

function withKernelWords(node: Explanation, prediction: Prediction): Tree {
  const { kernels, basis } = prediction
  const kernel = node.formula === 'LAT-1' ? kernels.find(({ name }) => name === node.quantity) : undefined
  const words = kernel === undefined ? sureness(node, basis) : `: ${kernel.bound} binds`
  return {
    line: `${node.formula} ${node.quantity} ${valueText(node)}${operationText(node)}${behindText(node)}${words}`,
    formula: node.formula,
    branches: [...node.inputs.map((input) => withKernelWords(input, prediction)), ...lossLines(kernel)],
  }
}

const operations = { sum: ' = sum', product: ' = product', leaf: '' } as const

function operationText({ operation, exponent }: Explanation): string {
  if (operation !== 'norm') return operations[operation]
  return exponent == null ? ' = the largest' : ` = norm, p ${formatNumber(exponent)}`
}

/** `(34 rows, 3 devices)` behind a calibrated factor. */
function behindText({ rows, devices }: Explanation): string {
  return rows === undefined || devices === undefined ? '' : ` (${counted(rows, 'row')}, ${counted(devices, 'device')})`
}

function lossLines(kernel: KernelResult | undefined): Tree[] {
  return (kernel?.losses ?? []).map(({ dimension, size, alignedTo, idleShare }) => ({
    line: `${dimension} ${size} → ${alignedTo}: ${formatShare(idleShare)} of the hardware idle`,
    formula: null,
    branches: [],
  }))
}

/** `(derived, from the device: source)` for every fact or constant behind the node. */
function sureness({ quantity }: Explanation, basis: readonly FactUse[]): string {
  const fields = restsOn.find(([name]) => name.test(quantity))?.[1] ?? []
  const facts = fields.flatMap((field) => basis.find((use) => field.test(use.field)) ?? [])
  return facts.length === 0 ? '' : ` (${facts.map(factText).join('; ')})`
}

function factText({ field, status, from, sourceIds }: FactUse): string {
  if (from === 'default') return `${field} ${status}`
  const source = sourceIds.length === 0 ? '' : `: ${sourceIds.join(', ')}`
  return `${field} ${status}, from the ${from}${source}`
}

function energyTree({ energyParts, energyMj, basis }: Prediction): Tree[] {
  if (energyParts === null || energyMj.availability === 'unavailable') {
    const missing = energyMj.availability === 'unavailable' ? energyMj.missing : 'device.tdpW'
    return [{ line: `EN-1 energy: not known, needs ${missing}`, formula: 'EN-1', branches: [] }]
  }
  const facts = basis.filter(({ field }) => /idleW$|budgetW$|tdpW$|processNm$/.test(field))
  const part = (formula: string, name: string, valueMj: number): Tree => ({
    line: `${formula} ${name} ${formatQuantity(valueMj, 'mj')}`,
    formula,
    branches: [],
  })
  return [
    {
      line: `EN-1 energy ${formatQuantity(energyMj.p50, 'mj')} = the sum of its parts`,
      formula: 'EN-1',
      branches: [
        part('EN-2', 'computing', energyParts.computeMj),
        part('EN-3', 'bytes on chip', energyParts.onchipMj),
        part('EN-3', 'bytes over DRAM', energyParts.dramMj),
        part('EN-3', 'bytes over the link', energyParts.linkMj),
        part('EN-4', 'idle power × time', energyParts.staticMj),
        ...facts.map(
          (use): Tree => ({
            line: `${factText(use)}: ${formatNumber(use.value)} ${use.unit}`,
            formula: null,
            branches: [],
          }),
        ),
      ],
    },
  ]
}

function memoryTree({ memory }: Prediction): Tree {
  const { totalBytes, weightBytes, peakActivationBytes, peakOperator, runtimeBytes, capacityBytes } = memory
  const total = totalBytes.availability === 'available' ? formatQuantity(totalBytes.p50, 'bytes') : 'not known'
  const capacity = capacityBytes === null ? '' : ` of ${formatQuantity(capacityBytes, 'bytes')}`
  const leaf = (line: string): Tree => ({ line, formula: null, branches: [] })
  return {
    line: `MEM-4 memory ${total}${capacity}`,
    formula: 'MEM-4',
    branches: [
      leaf(`weights ${formatQuantity(weightBytes, 'bytes')} (counted)`),
      leaf(
        `activations ${formatQuantity(peakActivationBytes, 'bytes')} (counted${peakOperator === null ? '' : `, most while ${peakOperator} runs`})`,
      ),
      leaf(runtimeBytes === null ? 'runtime not known' : `runtime ${formatQuantity(runtimeBytes, 'bytes')} (default)`),
    ],
  }
}

function valueText({ value, unit }: Explanation): string {
  if (unit === 'ms') return formatQuantity(value, 'ms')
  if (unit === 'B') return formatQuantity(value, 'bytes')
  if (unit === 'MAC') return formatQuantity(value, 'macs')
  if (unit === 'MAC/s') return `${formatNumber(value / 1e9)} GMAC/s`
  if (unit === 'B/s') return `${formatNumber(value / 1e9)} GB/s`
  return `${formatNumber(value)}${unit === '1' ? '' : ` ${unit}`}`
}

function treeLines({ line, branches }: Tree, indent = '', isLast: boolean | null = null): string[] {
  const own = isLast === null ? '' : isLast ? '└ ' : '├ '
  const below = isLast === null ? '' : isLast ? '  ' : '│ '
  return [
    `${indent}${own}${line}`,
    ...branches.flatMap((branch, index) => treeLines(branch, `${indent}${below}`, index === branches.length - 1)),
  ]
}

function formulasIn({ formula, branches }: Tree): string[] {
  return [...(formula === null ? [] : [formula]), ...branches.flatMap(formulasIn)]
}

/** `docs/method/latency.md: LAT-1, LAT-3`. */
function pageLines(formulas: readonly string[]): string[] {
  const byPage = new Map<string, string[]>()
  for (const formula of formulas.toSorted()) {
    const page = formulaPages[formula.slice(0, formula.indexOf('-'))]
    if (page !== undefined) byPage.set(page, [...(byPage.get(page) ?? []), formula])
  }
  return [...byPage].map(([page, ids]) => `docs/method/${page}.md: ${ids.join(', ')}`)
}
