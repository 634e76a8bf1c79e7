import { describe, expect, test } from 'vitest'
import { buildPreset, type PresetOptions, presets } from '../../model-zoo/index.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { modelId } from '../../simulator/graph/model-id.ts'
import { summarize } from '../../simulator/graph/summarize.ts'

const idOf = (id: string, options: PresetOptions = {}) =>
  modelId(summarize(bindShapes(buildPreset(id, options), {}), ''))

describe('multipliers', () => {
  test.for([
    { of: 'mobilenet-v1-1.0', scaled: { width: 0.5 }, is: 'mobilenet-v1-0.5' },
    { of: 'mobilenet-v2-0.5', scaled: { width: 1.5 }, is: 'mobilenet-v2-0.75' },
    { of: 'mnasnet1-0', scaled: { width: 0.5 }, is: 'mnasnet0-5' },
    { of: 'yolov8n', scaled: { width: 2 }, is: 'yolov8s' },
    { of: 'yolov5s', scaled: { width: 0.5 }, is: 'yolov5n' },
    {
      of: 'efficientnet-b0',
      scaled: { width: 1.4, depth: 1.8, inputShape: [1, 3, 380, 380] },
      is: 'efficientnet-b4',
    },
  ])('$of scaled by $scaled is $is', async ({ of, scaled, is }) => {
    expect(await idOf(of, scaled)).toBe(await idOf(is))
  })

  test('a resolution multiplies the sides of an image or clip to multiples of 32, and no other axis', () => {
    expect(buildPreset('resnet18', { resolution: 0.5 }).values.get('input')?.shape).toEqual([1, 3, 128, 128])
    expect(buildPreset('resnet18', { resolution: 2 }).values.get('input')?.shape).toEqual([1, 3, 448, 448])
    expect(buildPreset('r3d-18', { resolution: 2 }).values.get('input')?.shape).toEqual([1, 3, 16, 224, 224])
    expect(buildPreset('inception-v3', { resolution: 1 }).values.get('input')?.shape).toEqual([1, 3, 299, 299])
  })

  test('a family without a multiplier refuses it and says what it has', () => {
    expect(() => buildPreset('resnet18', { width: 0.5 })).toThrow(/invalid-field/)
    expect(() => buildPreset('mobilenet-v1-1.0', { depth: 2 })).toThrow(/invalid-field/)
    expect(() => buildPreset('bert-base', { resolution: 2 })).toThrow(/invalid-field/)
    expect(() => buildPreset('resnet18', { resolution: 2, inputShape: [1, 3, 224, 224] })).toThrow(/invalid-field/)
  })

  test.for([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a factor of %d is refused', (width) => {
    expect(() => buildPreset('mobilenet-v1-1.0', { width })).toThrow(/invalid-field/)
  })

  test('every multiplier that a family declares changes its networks', async () => {
    const seen = new Set<string>()
    for (const [id, { family, scales = [] }] of presets) {
      for (const axis of scales) {
        if (seen.has(`${family} ${axis}`)) continue
        seen.add(`${family} ${axis}`)
        expect(await idOf(id, { [axis]: 2 }), `${id} ${axis}`).not.toBe(await idOf(id))
      }
    }
    expect(seen.size).toBeGreaterThan(5)
  })
})
