/** Maps as the `flatbuffers` package writes them (25.9.23, `flexbuffers.encode`). */
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { flexNumbers } from '../../../simulator/import/flexbuffer.ts'

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

const detector = bytesOf(
  '6d61785f636c61737365735f7065725f646574656374696f6e006d61785f646574656374696f6e73006e6d735f696f755f7468726573686f6c6400' +
    '6e6d735f73636f72655f7468726573686f6c64006e756d5f636c6173736573007573655f726567756c61725f6e6d7300795f7363616c650007745b' +
    '4d3c291e0f00000000000c000000000000000100000000000000070000000000000001000000000000000a00000000000000333333333333e33f3a' +
    '8c30e28e79453e5a0000000000000000000000000000000a0000000000000004040f0f0468043f2701',
)
const narrow = bytesOf(
  '646574656374696f6e735f7065725f636c61737300666172006d61785f646574656374696f6e73007573655f726567756c61725f6e6d7300043925' +
    '22140000000700000001000000040000002c01000090eefeff640000000100000005060468142601',
)

describe('a map of numbers', () => {
  test('holds integers, fractions and truth values', () => {
    expect(flexNumbers(detector)).toEqual({
      max_classes_per_detection: 1,
      max_detections: 10,
      nms_iou_threshold: 0.6,
      nms_score_threshold: 1e-8,
      num_classes: 90,
      use_regular_nms: 0,
      y_scale: 10,
    })
  })

  test('in four bytes each, where they fit', () => {
    expect(flexNumbers(narrow)).toEqual({
      detections_per_class: 300,
      far: -70000,
      max_detections: 100,
      use_regular_nms: 1,
    })
  })

  property.prop([fc.constantFrom(detector, narrow), fc.nat(), fc.nat(255), fc.nat()])(
    'damaged, has what is left of it',
    (sample, position, byte, cut) => {
      const content = sample.slice(cut % sample.length)
      content[position % content.length] = byte
      for (const value of Object.values(flexNumbers(content))) expect(Number.isFinite(value)).toBe(true)
    },
  )

  property.prop([fc.uint8Array({ maxLength: 64 })])('is never looked for outside its bytes', (content) => {
    for (const value of Object.values(flexNumbers(content))) expect(Number.isFinite(value)).toBe(true)
  })
})
