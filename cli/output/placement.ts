/** Where a network runs, as text: parts, crossings, lanes, cold start, and frames per second with what is around it. */
import type { Pace } from '../../simulator/placement/end-to-end.ts'
import type { Placement } from '../../simulator/predict/placement.ts'
import { formatQuantity, formatShare } from '../../simulator/report/figures.ts'
import { en } from '../../simulator/report/text/en.ts'
import { tableLines } from './table.ts'
import { printable } from './terminal.ts'

/** Parts and lanes are worth words where there is more than one unit. */
export function placementLines(placement: Placement): string[] {
  return [
    '',
    ...(placement.fallback === null ? [] : partLines(placement)),
    ...startLines(placement),
    ...paceLines(placement),
  ]
}

const right = { align: 'right' } as const

function partLines(placement: Placement): string[] {
  const { partitions, crossings, lanes, support, fallback, unitMacShare } = placement
  const host = fallback?.isAssumed === true ? ', a host that is not stated: typical of the segment' : ''
  const parts = tableLines(
    [
      { title: 'part' },
      { title: 'unit' },
      { title: 'kernels', ...right },
      { title: 'time', ...right },
      { title: 'start', ...right },
    ],
    partitions.map(({ unitId, kernels, timeMs, invokeMs }, index) => [
      `${index + 1}`,
      unitId,
      `${kernels}`,
      formatQuantity(timeMs, 'ms'),
      formatQuantity(invokeMs, 'ms'),
    ]),
  )
  const moved = tableLines(
    [
      { title: 'crossing' },
      { title: 'bytes', ...right },
      { title: 'link', ...right },
      { title: 'copy', ...right },
      { title: '' },
    ],
    crossings.map(({ from, to, bytes, linkMs, copyMs, reason }) => [
      `${from + 1} → ${to + 1}`,
      formatQuantity(bytes, 'bytes'),
      formatQuantity(linkMs, 'ms'),
      formatQuantity(copyMs, 'ms'),
      printable(reason),
    ]),
  )
  const busy = tableLines(
    [{ title: 'lane' }, { title: 'busy', ...right }, { title: '' }],
    lanes.map(({ id, busyMs, spans }) => [id, formatQuantity(busyMs, 'ms'), timeline(spans, placement.makespanMs)]),
  )
  const { table } = support
  return [
    `${formatShare(unitMacShare)} of the MACs on ${placement.unit.unitId}, the rest on ${fallback?.unitId} (${fallback?.runtimeId}, ${fallback?.precision}${host})`,
    ...(table === null ? [] : [`by the operators of ${table.title}, ${table.status}: ${table.source}`]),
    '',
    ...parts,
    '',
    ...moved,
    '',
    ...busy,
    '',
  ]
}

const timelineWidth = 48

/** A character is as long as a share of the makespan; one in which the lane works at all is filled. */
function timeline(spans: Placement['lanes'][number]['spans'], makespanMs: number): string {
  const cells = new Array<string>(timelineWidth).fill('·')
  for (const { startMs, endMs } of spans) {
    const from = Math.floor((startMs / makespanMs) * timelineWidth)
    const to = Math.min(timelineWidth, Math.ceil((endMs / makespanMs) * timelineWidth))
    for (let cell = from; cell < to; cell++) cells[cell] = '█'
  }
  return cells.join('')
}

function startLines({ coldStart: { terms, knownMs, isLowerBound } }: Placement): string[] {
  const rows = terms.map(({ id, timeMs, basis, reason }) => [
    `  ${id}`,
    timeMs === null ? en.unavailable : formatQuantity(timeMs, 'ms'),
    basis,
    printable(reason),
  ])
  const sum = ['first answer', `${isLowerBound ? '> ' : ''}${formatQuantity(knownMs, 'ms')}`, '', 'after a cold start']
  return [...tableLines([{ title: '' }, { title: '', ...right }, { title: '' }, { title: '' }], [sum, ...rows]), '']
}

function paceLines({ endToEnd: { stages, modelOnly, endToEnd } }: Placement): string[] {
  const stageRows = stages.map(({ id, timeMs, elements, cyclesPerElement, basis }) => [
    `  ${id}`,
    formatQuantity(timeMs, 'ms'),
    '',
    elements === null ? basis : `${elements} × ${cyclesPerElement} cycles (default: ${basis})`,
  ])
  return [
    ...tableLines(
      [
        { title: '' },
        { title: 'latency', ...right },
        { title: 'one at a time', ...right },
        { title: 'several in flight' },
      ],
      [paceRow('model alone', modelOnly), paceRow('end to end', endToEnd), ...stageRows],
    ),
    '',
  ]
}

function paceRow(name: string, { latencyMs, oneAtATimePerS, inFlightPerS }: Pace): string[] {
  return [
    name,
    formatQuantity(latencyMs, 'ms'),
    formatQuantity(oneAtATimePerS, 'perS'),
    formatQuantity(inFlightPerS, 'perS'),
  ]
}
