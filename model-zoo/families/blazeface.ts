/**
 * BlazeFace for the front camera: residual depthwise-separable blocks, two anchor-based maps of 16 × 16 and 8 × 8.
 *
 * Outputs are the encoded boxes with six keypoints and the face logits of 896 anchors.
 * Figures: exactly those of the published file.
 * Sources: arXiv:1907.05047; hollance/BlazeFace-PyTorch blazeface.py; npm @mediapipe/face_detection
 * face_detection_short_range.tflite.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { anchorRows } from '../blocks/anchor-rows.ts'

/** [channels, stride] of the blocks up to each map that anchors sit on. */
const stages: readonly (readonly (readonly [number, number])[])[] = [
  [
    [24, 1],
    [28, 1],
    [32, 2],
    [36, 1],
    [42, 1],
    [48, 2],
    [56, 1],
    [64, 1],
    [72, 1],
    [80, 1],
    [88, 1],
  ],
  [
    [96, 2],
    [96, 1],
    [96, 1],
    [96, 1],
    [96, 1],
  ],
]
/** Per cell of each map. */
const anchors = [2, 6]
/** A box and six keypoints. */
const valuesPerAnchor = 16

export function blazeface(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  let x = g.conv(g.input('input', shape), { out: 24, kernel: 5, stride: 2, pad: 'same', activation: 'relu' })
  const maps = stages.map((blocks, stage) => {
    blocks.forEach(([out, stride], index) => {
      x = g.within(`stage${stage}.${index}`, () => block(g, x, out, stride))
    })
    return x
  })
  const predicted = (values: number) =>
    anchorRows(
      g,
      maps.map((map, level) => g.conv(map, { out: (anchors[level] ?? 0) * values, kernel: 1 })),
      values,
    )
  return g.finish({ logits: predicted(1), boxes: predicted(valuesPerAnchor) })
}

/** The shortcut is pooled to the new size and padded with empty channels to the new width. */
function block(g: GraphBuilder, x: Tensor, out: number, stride: number): Tensor {
  const filtered = g.depthwise(x, { kernel: 3, stride, pad: 'same' })
  const shortcut = stride === 1 ? x : g.maxPool(x, { kernel: stride, stride, pad: 0 })
  const added = out - g.channels(x)
  const padded = added === 0 ? shortcut : g.padZeros(shortcut, [0, 0, 0, 0], [0, added, 0, 0])
  return g.relu(g.add(g.conv(filtered, { out, kernel: 1 }), padded))
}

export const blazefacePresets: PresetTable = {
  'blazeface-128': {
    family: 'face_pose',
    task: 'face detection',
    inputShape: [1, 3, 128, 128],
    citation: 'arXiv:1907.05047; hollance/BlazeFace-PyTorch blazeface.py',
    build: blazeface,
  },
}
