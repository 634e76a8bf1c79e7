/** `--camera WxH` and `--stage NAME[:COUNT]` or `--stage NAME=MS`: what an application does around the network. */
import { type StageWish, type StageWishes, stageIds } from '../simulator/placement/stages.ts'
import { fail } from '../simulator/problem.ts'
import { elementsSchema, pixelsSchema, stageTimeMsSchema } from '../worker/contract/stages.ts'
import { numberOption } from './number-options.ts'

export const stageOptions = {
  camera: { type: 'string' },
  stage: { type: 'string', multiple: true },
} as const

export const stageUsage = '[--camera WxH] [--stage NAME[:COUNT] | NAME=MS]…'

interface StageOptionValues {
  readonly camera?: string | undefined
  readonly stage?: readonly string[] | undefined
}

/** Throws `ProblemError` `invalid-usage`. */
export function readStages({ camera, stage = [] }: StageOptionValues): StageWishes {
  return { cameraPixels: camera === undefined ? undefined : pixelsOf(camera), stages: stage.map(readStage) }
}

function pixelsOf(text: string): number {
  const [width = '', height = '', ...more] = text.split('x')
  if (more.length > 0 || height === '') {
    throw fail('invalid-usage', 'Give the size of a frame: --camera 1280x720.', { where: '--camera', received: text })
  }
  const side = (pixels: string) => numberOption(pixels, '--camera', pixelsSchema)
  return numberOption(`${side(width) * side(height)}`, '--camera', pixelsSchema)
}

function readStage(text: string): StageWish {
  const [, name = '', mark, value = ''] = /^([a-z-]+)(?:([:=])(.+))?$/.exec(text) ?? []
  const id = stageIds.find((each) => each === name)
  if (id === undefined) throw unknownStage(text)
  if (mark === undefined) return { id }
  if (mark === ':') return { id, elements: numberOption(value, '--stage', elementsSchema) }
  return { id, timeMs: numberOption(value, '--stage', stageTimeMsSchema) }
}

function unknownStage(received: string) {
  const expected = stageIds.join(', ')
  return fail('invalid-usage', `Choose a stage: ${expected}; NAME:COUNT or NAME=MS, 0 leaves it out.`, {
    where: '--stage',
    expected,
    received,
  })
}
