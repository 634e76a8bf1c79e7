/** Where a network runs, and what the application does around it. */
import type { StageId } from '../../../../simulator/placement/stages.ts'
import { plural } from './words.ts'

export const placement = {
  placement: {
    title: 'Placement',
    link: 'Link',
    start: 'start',
    boundary: 'inputs and outputs',
    crossing: (from: number, to: number) => `part ${from} → ${to}`,
    whole: (kernels: number, unit: string) => `All ${kernels} kernels run on the ${unit}.`,
    nowhere: (runtime: string) => `It does not run: ${runtime} has nothing to run on another unit what it lacks.`,
    divided: (own: number, unit: string, others: number, other: string, runtime: string) =>
      `${own} kernels run on the ${unit}, ${others} on the ${other} (${runtime}).`,
    assumed: 'The catalog names no processor beside it: one that is typical of such devices stands in.',
    crossings: (count: number, bytes: string, time: string) =>
      `${count} ${plural(count, 'crossing')}, ${bytes}, ${time}.`,
    noTable: 'No list of operators of this runtime is known: everything is taken to run.',
    listed: (title: string) => `By the operators of ${title}`,
    statuses: { documented: '', recalled: ', recalled and not read again' },
    source: 'source',
    unit: 'Unit',
    whyHere: 'Why there',
    overlapped: (time: string) => `If units worked at once: ${time}.`,
    on: (unit: string, why: string) => `on ${unit}${why === '' ? '' : `: ${why}`}`,
    transfer: 'transfer',
    stage: 'before, after',
    why: {
      lacks: (op: string, reason: string) => `${op}: ${reason}`,
      unlisted: (op: string, reason: string) => `${op}: ${reason}, which the runtime leaves by default`,
      afterFirst: (op: string, reason: string) =>
        `what comes after ${op} stays with it: the compiler stops at the first operator it lacks (${reason})`,
      smallPart: (most: number) =>
        `the runtime hands over the ${most === 1 ? 'largest part' : `${most} largest parts`} only`,
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
