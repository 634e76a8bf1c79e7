import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { presets } from '../../model-zoo/index.ts'
import { countPreset, figuresTable, published, readmeUrl, tolerance } from './figures.ts'

const built = published.filter(({ presetId }) => presets.has(presetId))

describe('published figures', () => {
  test('every preset has a row of published figures with its family, task and input', () => {
    const rows = new Map(published.map((row) => [row.presetId, row]))
    for (const [id, { family, task, inputShape }] of presets) {
      expect(rows.get(id), id).toMatchObject({ family, task })
      expect(
        inputShape.every((size) => Number.isSafeInteger(size) && size > 0),
        id,
      ).toBe(true)
    }
  })

  test('a figure is called not comparable only with a reason, and a reason only with a figure', () => {
    for (const { presetId, exception, params, gmacs, comparableParams, comparableGmacs } of published) {
      expect(exception !== '', presetId).toBe(params !== comparableParams || gmacs !== comparableGmacs)
    }
  })

  test.for(built)('$presetId has its cited parameters and MACs', (row) => {
    const { params, gmacs } = countPreset(row.presetId)
    expect(Math.abs(params - Number(row.comparableParams))).toBeLessThanOrEqual(tolerance(row.params, 0.02))
    expect(gmacs).not.toBeNull()
    if (row.gmacs === '') return
    expect(Math.abs((gmacs ?? Number.NaN) - Number(row.comparableGmacs))).toBeLessThanOrEqual(
      tolerance(row.gmacs, 0.05),
    )
  })

  test('the README shows ours beside the cited figures', { timeout: 60_000 }, async () => {
    const readme = readFileSync(readmeUrl, 'utf8')
    const withTable = readme.replace(
      /(<!-- figures -->\n)[\s\S]*(<!-- \/figures -->)/,
      (_, start: string, end: string) => `${start}\n${figuresTable()}\n\n${end}`,
    )
    await expect(withTable).toMatchFileSnapshot(fileURLToPath(readmeUrl))
  })
})

/** Exact counts of published files: the builders reproduce them to the last weight and multiply-accumulate. */
describe('published files', () => {
  test.for([
    // github:KULeuven-MICAS/zigzag@3d12a96 zigzag/inputs/workload: torchvision exports, batch norm folded.
    { presetId: 'mobilenet-v2-1.0', params: 3_487_816, macs: 300_774_272 },
    { presetId: 'resnet18', params: 11_684_712, macs: 1_814_073_344 },
    // mlcommons/tiny@1afd2c9 benchmark/training/*/trained_models.
    { presetId: 'ds-cnn-kws', params: 22_604, macs: 2_656_768 },
    { presetId: 'resnet8-ic', params: 77_706, macs: 12_501_632 },
    { presetId: 'vww-mobilenet-v1-0.25-96', params: 210_850, macs: 7_489_664 },
    { presetId: 'ad-autoencoder', params: 265_864, macs: 264_192 },
    // npm @mediapipe/face_detection@0.4.1657300184 face_detection_short_range.tflite.
    { presetId: 'blazeface-128', params: 101_390, macs: 30_760_960 },
  ])('$presetId counts exactly as its published file', ({ presetId, params, macs }) => {
    const ours = countPreset(presetId)
    expect(Math.round(ours.params * 1e6)).toBe(params)
    expect(Math.round((ours.gmacs ?? 0) * 1e9)).toBe(macs)
  })
})
