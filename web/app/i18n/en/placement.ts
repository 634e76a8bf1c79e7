/** Placement of a network, and the pre- and post-processing of the application. */
import type { StageId } from '../../../../simulator/placement/stages.ts'
import { plural } from './words.ts'

export const placement = {
  placement: {
    title: 'Placement',
    link: 'Link',
    start: 'start',
    boundary: 'inputs and outputs',
    crossing: (from: number, to: number) => `partition ${from} → ${to}`,
    whole: (kernels: number, unit: string) => `All ${kernels} kernels run on the ${unit}.`,
    nowhere: (runtime: string) => `It does not run: ${runtime} has no fallback unit for unsupported operators.`,
    divided: (own: number, unit: string, others: number, other: string, runtime: string) =>
      `${own} kernels run on the ${unit}, ${others} on the ${other} (${runtime}).`,
    assumed: 'The catalog has no CPU for this device. A typical CPU of its segment is assumed.',
    crossings: (count: number, bytes: string, time: string) =>
      `${count} ${plural(count, 'crossing')}, ${bytes}, ${time}.`,
    noTable: 'No operator support table of this runtime is known. All operators are assumed to be supported.',
    listed: (title: string) => `Operator support: ${title}`,
    statuses: { documented: '', recalled: ', from memory, not verified' },
    source: 'source',
    unit: 'Unit',
    whyHere: 'Reason',
    overlapped: (time: string) => `With units working in parallel: ${time}.`,
    on: (unit: string, why: string) => `on ${unit}${why === '' ? '' : `: ${why}`}`,
    transfer: 'transfer',
    stage: 'before, after',
    why: {
      lacks: (op: string, reason: string) => `${op}: ${reason}`,
      unlisted: (op: string, reason: string) => `${op}: ${reason}, unsupported by default`,
      afterFirst: (op: string, reason: string) =>
        `follows ${op}: the compiler stops at the first unsupported operator (${reason})`,
      smallPart: (most: number) =>
        `the runtime delegates only the ${most === 1 ? 'largest partition' : `${most} largest partitions`}`,
    },
    stages: {
      'decode-jpeg': 'decode JPEG',
      'convert-colour': 'convert colour',
      resize: 'resize',
      normalise: 'normalise',
      'decode-boxes': 'decode boxes',
      nms: 'suppress overlaps (NMS)',
      softmax: 'softmax',
      argmax: 'largest score',
    } satisfies Record<StageId, string>,
  },
}
