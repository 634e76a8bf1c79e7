/**
 * Residual networks with post-activation blocks: ResNet v1 and v1.5, ResNeXt, Wide ResNet.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.2 % more).
 * Sources: arXiv:1512.03385, 1611.05431 (ResNeXt), 1605.07146 (wide); pytorch/vision torchvision/models/resnet.py;
 * tensorflow/models research/slim/nets/resnet_v1.py for the last-unit stride.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

export interface ResnetConfig {
  readonly block: 'basic' | 'bottleneck'
  readonly depths: readonly number[]
  /** Groups of the 3×3 convolution and its channels per group at stage 1 (ResNeXt); 1 × 64 otherwise. */
  readonly groups?: number
  readonly widthPerGroup?: number
  /** Where a stage is strided; default `'3x3'` of its first block (v1.5). */
  readonly stride?: 'first 1x1' | '3x3' | '3x3 of the last unit'
  /** Stages that keep the resolution although they usually halve it (detectors on larger maps). */
  readonly keep?: readonly boolean[]
  /** Dilation instead of stride in the last stages, for dense prediction: false, false, true, true keeps stride 8. */
  readonly dilate?: readonly boolean[]
  /** Whether the first block of a dilated stage has its dilation already; default: still that of the stage before (torchvision). */
  readonly dilateFirstBlock?: boolean
  /** Three 3×3 convolutions to 64, 64 and 128 channels in place of the 7×7. */
  readonly deepStem?: boolean
}

const stageWidths = [64, 128, 256, 512]

/** Outputs of the four stages. */
export function resnetFeatures(g: GraphBuilder, image: Tensor, config: ResnetConfig): Tensor[] {
  let x = g.maxPool(stem(g, image, config), { kernel: 3, stride: 2 })
  let dilation = 1
  return config.depths.map((depth, stage) => {
    const lastUnit = config.stride === '3x3 of the last unit'
    // The first stage follows a pooling that already halved the map; slim strides the last unit of the stage before.
    const halves = lastUnit ? stage < config.depths.length - 1 : stage > 0
    const strided = halves && config.keep?.[stage] !== true
    const stridedBlock = lastUnit ? depth - 1 : 0
    const dilated = config.dilate?.[stage] === true
    const firstDilation = config.dilateFirstBlock === true && dilated ? 2 * dilation : dilation
    if (dilated) dilation *= 2
    for (let block = 0; block < depth; block++) {
      const stride = strided && !dilated && block === stridedBlock ? 2 : 1
      const options = {
        width: stageWidths[stage] ?? 512,
        stride,
        dilation: block === 0 ? firstDilation : dilation,
        config,
      }
      x = g.within(`stage${stage + 1}.${block}`, () => residualBlock(g, x, options))
    }
    return x
  })
}

function stem(g: GraphBuilder, image: Tensor, { deepStem = false }: ResnetConfig): Tensor {
  if (!deepStem) return g.conv(image, { out: 64, kernel: 7, stride: 2, activation: 'relu' })
  const early = g.conv(image, { out: 64, kernel: 3, stride: 2, activation: 'relu' })
  const middle = g.conv(early, { out: 64, kernel: 3, activation: 'relu' })
  return g.conv(middle, { out: 128, kernel: 3, activation: 'relu' })
}

interface BlockOptions {
  readonly width: number
  readonly stride: number
  readonly dilation: number
  readonly config: ResnetConfig
}

function residualBlock(g: GraphBuilder, x: Tensor, options: BlockOptions): Tensor {
  const { width, stride, config } = options
  const out = config.block === 'basic' ? width : 4 * width
  const residual = config.block === 'basic' ? basic(g, x, options) : bottleneck(g, x, options)
  return g.relu(g.add(residual, shortcut(g, x, out, stride)))
}

function shortcut(g: GraphBuilder, x: Tensor, out: number, stride: number): Tensor {
  if (g.channels(x) !== out) return g.conv(x, { out, kernel: 1, stride })
  return stride === 1 ? x : g.maxPool(x, { kernel: 1, stride })
}

function basic(g: GraphBuilder, x: Tensor, { width, stride, dilation }: BlockOptions): Tensor {
  const inner = g.conv(x, { out: width, kernel: 3, stride, dilation, activation: 'relu' })
  return g.conv(inner, { out: width, kernel: 3, dilation })
}

function bottleneck(g: GraphBuilder, x: Tensor, { width, stride, dilation, config }: BlockOptions): Tensor {
  const groups = config.groups ?? 1
  const inner = ((width * (config.widthPerGroup ?? 64)) / 64) * groups
  const early = config.stride === 'first 1x1'
  const reduced = g.conv(x, { out: inner, kernel: 1, stride: early ? stride : 1, activation: 'relu' })
  const filtered = g.conv(reduced, {
    out: inner,
    kernel: 3,
    stride: early ? 1 : stride,
    dilation,
    groups,
    activation: 'relu',
  })
  return g.conv(filtered, { out: 4 * width, kernel: 1 })
}

export function resnet(name: string, shape: readonly number[], config: ResnetConfig, classes = 1000): Graph {
  const g = new GraphBuilder(name)
  const last = resnetFeatures(g, g.input('input', shape), config).at(-1)
  if (last === undefined) throw new Error('no stages')
  return g.finish({ logits: g.gemm(g.flatten(g.globalAveragePool(last)), { out: classes }) })
}

const preset = (family: string, config: ResnetConfig): Preset => ({
  family,
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:1512.03385, 1611.05431, 1605.07146; pytorch/vision torchvision/models/resnet.py',
  build: (name, shape) => resnet(name, shape, config),
})

const bottleneck50 = { block: 'bottleneck', depths: [3, 4, 6, 3] } as const
const bottleneck101 = { block: 'bottleneck', depths: [3, 4, 23, 3] } as const

export const resnet18: ResnetConfig = { block: 'basic', depths: [2, 2, 2, 2] }
export const resnet34: ResnetConfig = { block: 'basic', depths: [3, 4, 6, 3] }
export const resnet50: ResnetConfig = bottleneck50
export const resnet101: ResnetConfig = bottleneck101

export const resnetPresets: PresetTable = {
  resnet18: preset('resnet', resnet18),
  resnet34: preset('resnet', resnet34),
  resnet50: preset('resnet', resnet50),
  'resnet50-v1': preset('resnet', { ...bottleneck50, stride: 'first 1x1' }),
  'resnet50-v1-slim': preset('resnet', { ...bottleneck50, stride: '3x3 of the last unit' }),
  resnet101: preset('resnet', resnet101),
  resnet152: preset('resnet', { block: 'bottleneck', depths: [3, 8, 36, 3] }),
  'wide-resnet50-2': preset('resnext', { ...bottleneck50, widthPerGroup: 128 }),
  'resnext50-32x4d': preset('resnext', { ...bottleneck50, groups: 32, widthPerGroup: 4 }),
  'resnext101-32x8d': preset('resnext', { ...bottleneck101, groups: 32, widthPerGroup: 8 }),
  'resnext101-64x4d': preset('resnext', { ...bottleneck101, groups: 64, widthPerGroup: 4 }),
}
