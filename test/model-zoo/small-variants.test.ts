/** Families whose presets are too large to run here are run at a fraction of their width: same code, same layers. */
import { describe, expect, test } from 'vitest'
import { bisenet } from '../../model-zoo/families/bisenet.ts'
import { depthAnything } from '../../model-zoo/families/depth-anything.ts'
import { efficientnetLite0 } from '../../model-zoo/families/efficientnet.ts'
import { fcn, pspnet } from '../../model-zoo/families/fcn-pspnet.ts'
import { ffnet } from '../../model-zoo/families/ffnet.ts'
import { midas } from '../../model-zoo/families/midas.ts'
import { pidnet } from '../../model-zoo/families/pidnet.ts'
import { resnet18 } from '../../model-zoo/families/resnet.ts'
import { sdUnet } from '../../model-zoo/families/sd-unet.ts'
import { sdVaeDecoder } from '../../model-zoo/families/sd-vae.ts'
import { unet } from '../../model-zoo/families/unet.ts'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import { runOnnx } from './run-onnx.ts'

const shallow = { ...resnet18, depths: [1, 1, 1, 1] }
const image = (size: number) => [1, 3, size, size]

const variants = {
  unet: unet('unet', image(64), { width: 8, levels: 4, classes: 2 }),
  fcn: fcn('fcn', image(64), { backbone: shallow, classes: 3 }),
  pspnet: pspnet('pspnet', image(96), { backbone: shallow, classes: 3 }),
  bisenet: bisenet('bisenet', image(64), { backbone: shallow, classes: 3 }),
  ffnet: ffnet('ffnet', image(128), { depths: [1, 1, 1, 1], classes: 3 }),
  pidnet: pidnet('pidnet', image(256), { width: 8, poolWidth: 8, headWidth: 8, classes: 3 }),
  midas: midas('midas', image(64), { backbone: { ...efficientnetLite0, pad: 'same', width: 0.5 }, width: 16 }),
  depthAnything: depthAnything('depthAnything', image(56), {
    width: 24,
    depth: 4,
    heads: 2,
    patch: 14,
    tapped: [0, 1, 2, 3],
    pyramid: [8, 8, 16, 16],
    decoderWidth: 16,
  }),
  sdUnet: sdUnet('sdUnet', [1, 4, 16, 16], {
    widths: [32, 64, 64],
    blocksPerLevel: 1,
    heads: 2,
    text: { tokens: 7, width: 24 },
  }),
  sdVaeDecoder: sdVaeDecoder('sdVaeDecoder', [1, 4, 8, 8], { widths: [64, 32], blocksPerLevel: 2 }),
}

describe('narrow variants of large families are real networks', { timeout: 60_000 }, () => {
  test.for(Object.entries(variants))('%s runs with finite outputs of its shape', async ([, graph]) => {
    const { shapes, values } = await runOnnx(writeOnnx(graph, { seed: 1 }), graph)
    for (const name of graph.outputs) {
      const found = values[name] ?? []
      expect(shapes[name]).toEqual(graph.values.get(name)?.shape)
      expect(found.every(Number.isFinite)).toBe(true)
      expect(found.some((value) => value !== found[0])).toBe(true)
    }
  })
})
