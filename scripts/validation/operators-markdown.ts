/** The section Operators of docs/accuracy.md. */
import type { OperatorEvidence } from '../evidence/load-operators.ts'
import { allProducts, fullEffort, leaveCardOut, leaveOneOut, type UnseenCardScore } from './operators.ts'

export function operatorsMarkdown({ origins, sources }: OperatorEvidence): string {
  const single = leaveOneOut(originOf('llmcompass'))
  const cards = leaveCardOut(originOf('neusight'))
  const layers = leaveCardOut(originOf('vidur'), { ...fullEffort, unseenKernels: false })
  const isProduct = ({ operator }: UnseenCardScore) => ['linear', 'bmm', allProducts].includes(operator)
  return [
    '### Operators',
    `The laws of one operator on a GPU ([GPU-4, GPU-5](method/gpu.md)) on ${sources.map(({ title, publisher, licence }) => `${title} (${publisher}, ${licence})`).join(', ')}. MAPE = mean of \\|predicted − measured\\| / measured.`,
    `**One card, each row left out** (fp16). All: ${percent(pooled(single.map(({ rows, mape }) => ({ rows, mape }))))}. The simulator that published these rows states 10.9 % as its own mean over operators, without leaving any out.`,
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
    '**The card left out** (fp32 products), then one scale from ten of its rows, the clock that it sustains: mean and worst of 20 draws. *Kernels unseen*: cards whose library runs the same generation of kernels are left out too. *GPU-1*: the law that networks are timed by, nothing fitted, then with the same scale. *Roofline*: max(MACs/peak, bytes/bandwidth) with the same scale. *Neighbours*: a measured row against the same product with fewer and with more repeats on the same card, which is the noise in the rows.',
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
