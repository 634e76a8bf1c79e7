/**
 * What an application does around the network (docs/method/placement.md, PLACE-9): on one core of the processor,
 * cycles per element **(defaults, orders of magnitude; put your own times in their place)**.
 */
import { elementCount } from '../cost/operand-bytes.ts'
import type { GraphSummary } from '../graph/summary.ts'
import { fail } from '../problem.ts'

interface StageKind {
  readonly when: 'before' | 'after'
  readonly cyclesPerElement: number
  readonly element: string
  readonly basis: string
}

export const stageKinds = {
  'decode-jpeg': {
    when: 'before',
    cyclesPerElement: 15,
    element: 'camera pixel',
    basis: 'libjpeg-turbo, about 200 million pixels per second on a 3 GHz core',
  },
  'convert-colour': { when: 'before', cyclesPerElement: 2, element: 'camera pixel', basis: 'YUV to RGB with SIMD' },
  resize: { when: 'before', cyclesPerElement: 8, element: 'input pixel', basis: 'bilinear, three channels' },
  normalise: { when: 'before', cyclesPerElement: 1, element: 'input element', basis: 'one multiply-add with SIMD' },
  'decode-boxes': {
    when: 'after',
    cyclesPerElement: 40,
    element: 'candidate',
    basis: 'two exponentials and four products',
  },
  nms: {
    when: 'after',
    cyclesPerElement: 300,
    element: 'candidate',
    basis: 'sorting, and overlap with some tens that are kept',
  },
  softmax: { when: 'after', cyclesPerElement: 10, element: 'class', basis: 'one exponential' },
  argmax: { when: 'after', cyclesPerElement: 1, element: 'output element', basis: 'one comparison' },
} as const satisfies Record<string, StageKind>

export type StageId = keyof typeof stageKinds
export const stageIds = Object.keys(stageKinds) as readonly StageId[] // keys of the table

export interface StageWish {
  readonly id: StageId
  /** Of one item; by default as many as the network's input or output has. */
  readonly elements?: number | undefined
  /** Of one item; 0 = the stage is left out. */
  readonly timeMs?: number | undefined
}

export interface StageWishes {
  /** Pixels of a frame of the camera; 1280×720 by default. */
  readonly cameraPixels?: number | undefined
  /** In place of, or beside, the stages that the shape of the input suggests. */
  readonly stages?: readonly StageWish[] | undefined
}

export interface Stage {
  readonly id: StageId
  readonly when: 'before' | 'after'
  /** Of one item; `null` = the time is given. */
  readonly elements: number | null
  readonly cyclesPerElement: number | null
  readonly basis: string
  /** Of one item. */
  readonly timeS: number
}

const usualCameraPixels = 1280 * 720

/** In the order of the table. Throws `invalid-field` for a stage without a size that the network does not tell. */
export function stagesOf(summary: GraphSummary, wishes: StageWishes, coreHz: number): readonly Stage[] {
  const { cameraPixels = usualCameraPixels, stages = [] } = wishes
  const sizes = sizesOf(summary, cameraPixels)
  const suggested = suggestedStages(summary)
  return stageIds.flatMap((id): Stage[] => {
    const wish = stages.find((each) => each.id === id)
    if (wish === undefined && !suggested.includes(id)) return []
    const { when, cyclesPerElement, basis, element } = stageKinds[id]
    if (wish?.timeMs !== undefined) {
      const timeS = wish.timeMs / 1000
      return timeS === 0 ? [] : [{ id, when, elements: null, cyclesPerElement: null, basis: 'given', timeS }]
    }
    const elements = wish?.elements ?? sizes[id] ?? null
    if (elements === null) {
      throw fail('invalid-field', `Say how many: ${id}:N, or how long: ${id}=MS.`, { where: id, expected: element })
    }
    return [{ id, when, elements, cyclesPerElement, basis, timeS: (elements * cyclesPerElement) / coreHz }]
  })
}

interface Image {
  readonly pixels: number
  readonly channels: number
}

const imageChannels: ReadonlySet<number> = new Set([1, 3, 4])

/** No image is narrower; features of speech are (49 windows of 10 coefficients). */
const leastSide = 16

/** Channels first or last; `null` = the input is no image. */
function imageOf({ tensors }: GraphSummary): Image | null {
  const [input] = tensors.filter(({ role }) => role === 'input')
  if (input === undefined || input.shape.length !== 4) return null
  const [, second = 0, third = 0, fourth = 0] = input.shape
  if (imageChannels.has(second)) return image(second, third, fourth)
  return imageChannels.has(fourth) ? image(fourth, second, third) : null
}

function image(channels: number, height: number, width: number): Image | null {
  return Math.min(height, width) < leastSide ? null : { channels, pixels: height * width }
}

/** Elements of the only output of shape [items, classes]; `null` = no such output. */
function classesOf({ tensors, batch }: GraphSummary): number | null {
  const outputs = tensors.filter(({ role }) => role === 'output')
  const [output] = outputs
  if (output === undefined || outputs.length > 1 || output.shape.length !== 2) return null
  return elementCount(output.shape) / batch
}

function sizesOf(summary: GraphSummary, cameraPixels: number): Partial<Readonly<Record<StageId, number | null>>> {
  const input = imageOf(summary)
  const classes = classesOf(summary)
  return {
    'decode-jpeg': cameraPixels,
    'convert-colour': cameraPixels,
    resize: input?.pixels ?? null,
    normalise: input === null ? null : input.pixels * input.channels,
    softmax: classes,
    argmax: classes,
  }
}

/** An image needs a camera's frame in its size and range, a grey one its brightness alone; classes need the largest. */
function suggestedStages(summary: GraphSummary): readonly StageId[] {
  const input = imageOf(summary)
  const colour = input === null || input.channels === 1 ? [] : (['convert-colour'] as const)
  return [
    ...(input === null ? [] : ([...colour, 'resize', 'normalise'] as const)),
    ...(classesOf(summary) === null ? [] : (['argmax'] as const)),
  ]
}
