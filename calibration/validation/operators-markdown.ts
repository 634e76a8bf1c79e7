/** The section Operators of docs/accuracy.md. */
import { msFromS } from '../../simulator/quantities.ts'
import type { OperatorEvidence } from '../evidence/load-operators.ts'
import {
  allProducts,
  fullEffort,
  type LayerRow,
  layerFromSingle,
  leaveCardOut,
  leaveOneOut,
  type UnseenCardScore,
} from './operators.ts'

export function operatorsMarkdown({ origins, sources }: OperatorEvidence): string {
  const single = leaveOneOut(originOf('llmcompass'))
  const layer = layerFromSingle(originOf('llmcompass-layer'), originOf('llmcompass'))
  const cards = leaveCardOut(originOf('neusight'))
  const layers = leaveCardOut(originOf('vidur'), { ...fullEffort, unseenKernels: false })
  const isProduct = ({ operator }: UnseenCardScore) => ['linear', 'bmm', allProducts].includes(operator)
  return [
    '### Operators',
    `The laws of one operator on a GPU ([GPU-4, GPU-5](method/gpu.md)) on ${sources.map(({ title, publisher, licence }) => `${title} (${publisher}, ${licence})`).join(', ')}. MAPE = mean of \\|predicted − measured\\| / measured.`,
    `**One card, each row left out** (fp16). All: ${percent(pooled(single.map(({ rows, mape }) => ({ rows, mape }))))}. LLMCompass, which published these rows, states 10.9 % as the mean over operators of its own simulator; that one works from a description of the hardware and is not fitted to the other rows, so the tasks are alike but not the same.`,
    table(
      ['operator', 'card', '>rows', '>MAPE', '>≤ 10 %'],
      single.map(({ operator, device, rows, mape, within10Share }) => [
        operator,
        device,
        String(rows),
        percent(mape),
        percent(within10Share),
      ]),
    ),
    `**The same card, another program**: one layer of GPT-3 175B over four cards, first 8 × 2,048 tokens, then one more each, from fits to the single operators above. All operators: ${percent(pooled(layer.map((row) => ({ rows: 1, mape: errorOf(row) }))))}; their sum: ${percent(Math.abs(sumOf(layer, 'predictedS') / sumOf(layer, 'measuredS') - 1))}. Products in a batch were not among the single operators, and are the ones far off.`,
    layerTable(layer),
    '**The card left out** (fp32 products), then one scale from ten of its rows, the clock that it sustains: mean and worst of 20 draws. *Kernels unseen*: cards whose library runs the same generation of kernels are left out too. *GPU-1*: the law that networks are timed by, nothing fitted, then with the same scale. *Roofline*: max(MACs/peak, bytes/bandwidth) with the same scale. NeuSight, which published these rows, states 2.3 to 3.8 % for whole GPT-3 networks on an unseen H100; its figure per operator is not at hand. *Neighbours*: a measured row against the same product with fewer and with more repeats on the same card, which is the noise in the rows.',
    productTable(cards.filter(isProduct)),
    '**The card left out** (fp16 products of language-model layers, on matrix units), the same way.',
    productTable(layers.filter(({ operator }) => operator !== allProducts)),
    '**The card left out**, operators that move data; one scale from ten rows, the bandwidth reached.',
    streamTable(cards.filter((score) => !isProduct(score))),
  ].join('\n\n')

  function originOf(name: string) {
    const operators = origins.get(name)
    if (operators === undefined) throw new Error(`no table of operators ${name}`)
    return operators
  }
}

function layerTable(rows: readonly LayerRow[]): string {
  return table(
    ['operator', 'shape', '>measured', '>predicted', '>off by'],
    rows.map((row) => [
      row.operator,
      row.shape,
      `${milliseconds(row.measuredS)} ms`,
      `${milliseconds(row.predictedS)} ms`,
      percent(errorOf(row)),
    ]),
  )
}

function errorOf({ predictedS, measuredS }: LayerRow): number {
  return Math.abs(predictedS / measuredS - 1)
}

function sumOf(rows: readonly LayerRow[], figure: 'measuredS' | 'predictedS'): number {
  return rows.reduce((sum, row) => sum + row[figure], 0)
}

function milliseconds(seconds: number): string {
  return String(Number(msFromS(seconds).toPrecision(3)))
}

function productTable(scores: readonly UnseenCardScore[]): string {
  return table(
    [
      'operator',
      'card',
      '>rows',
      '>data sheet alone',
      '>one scale',
      '>worst draw',
      '>kernels unseen',
      '>GPU-1 defaults',
      '>GPU-1, one scale',
      '>roofline',
      '>neighbours',
    ],
    [...scores]
      .sort((a, b) => b.operator.localeCompare(a.operator))
      .map((score) => [
        score.operator,
        score.device,
        score.rows.toLocaleString('en'),
        percent(score.mape),
        percent(score.scaledMape),
        percent(score.worstScaledMape),
        percent(score.kernelsUnseenMape),
        percent(score.networkLaw?.mape ?? null),
        percent(score.networkLaw?.scaledMape ?? null),
        percent(score.rooflineMape),
        percent(score.neighbourMape),
      ]),
  )
}

/** One line per operator: the cards side by side. */
function streamTable(scores: readonly UnseenCardScore[]): string {
  const devices = [...new Set(scores.map(({ device }) => device))]
  const operators = [...new Set(scores.map(({ operator }) => operator))]
  return table(
    ['operator', '>rows', ...devices.map((device) => `>${device}`), '>all', '>roofline, all'],
    operators.map((operator) => {
      const of = scores.filter((score) => score.operator === operator)
      return [
        operator,
        of.reduce((sum, { rows }) => sum + rows, 0).toLocaleString('en'),
        ...devices.map((device) => percent(of.find((score) => score.device === device)?.scaledMape ?? null)),
        percent(pooled(of.map(({ rows, scaledMape }) => ({ rows, mape: scaledMape })))),
        percent(pooled(of.map(({ rows, rooflineMape }) => ({ rows, mape: rooflineMape })))),
      ]
    }),
  )
}

function pooled(scores: readonly { readonly rows: number; readonly mape: number }[]): number {
  const rows = scores.reduce((sum, score) => sum + score.rows, 0)
  return scores.reduce((sum, score) => sum + score.rows * score.mape, 0) / rows
}

function percent(share: number | null): string {
  return share === null ? '' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
}

/** Headings that begin with `>` are of columns of numbers. */
function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(headings.map((heading) => heading.replace(/^>/, ''))),
    `|${headings.map((heading) => (heading.startsWith('>') ? '--:' : '---')).join('|')}|`,
    ...rows.map(line),
  ].join('\n')
}
