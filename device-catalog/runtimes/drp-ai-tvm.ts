/**
 * DRP-AI TVM.
 *
 * Its model lists say how long networks take with DRP-AI and without, not which layers it takes; what is lacking was inferred
 * from the networks that take many times as long as others of their size.
 */

import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import { lacking, set } from './support.ts'

const shared = {
  unitKinds: ['npu'],
  version: null,
  status: 'recalled',
  source:
    'https://github.com/renesas-rz/rzv_drp-ai_tvm/tree/main/docs/model_list (inferred from the times; no list of operators there)',
  supported: set(),
  unlisted: 'supported',
  partitions: { kind: 'every' },
  arithmetic: null,
  fallbackRuntimes: ['tvm-cpu'],
  fallbackPrecision: null,
} as const satisfies Partial<SupportTable>

const onProcessor = 'networks with it take as long as the processor needs for it'

const productOfActivations = { operation: 'matmul', of: 'activations', most: 1, reason: onProcessor } as const

/** ViT, Swin, ConvNeXt, YOLO11 beside YOLOv8; MobileNetV3 and GhostNet beside MobileNetV2. */
const lackingOnAll = [
  'attention',
  'softmax',
  'layer-normalization',
  'gelu',
  'erf',
  'hard-swish',
  'hard-sigmoid',
] as const

const drpAi: SupportTable = {
  ...shared,
  id: 'drp-ai',
  title: 'DRP-AI TVM on DRP-AI',
  families: ['drp-ai'],
  // YOLOv6, which enlarges by transposed convolutions, beside YOLOv8.
  unsupported: lacking(onProcessor, ...lackingOnAll, 'transposed-convolution'),
  // Grouped convolutions and depthwise ones of 5 are slow here too, but a third of what the processor takes for them alone.
  limits: [productOfActivations],
}

const drpAi3: SupportTable = {
  ...shared,
  id: 'drp-ai3',
  title: 'DRP-AI TVM on DRP-AI3',
  families: ['drp-ai3'],
  unsupported: lacking(onProcessor, ...lackingOnAll),
  // RegNet and ResNeXt beside ResNet.
  limits: [productOfActivations, { operation: 'convolution', of: 'groups', most: 1, reason: onProcessor }],
}

export const drpAiTvmRuntimes = defineRuntimes({
  'drpai-tvm': {
    name: 'DRP-AI TVM',
    aliases: ['DRP-AI TVM (MERA)', 'DRP-AI Translator'],
    drives: { npu: ['fp16', 'int8'] },
    fusion: 'compiler',
    support: [drpAi, drpAi3],
  },
})
