/** TI Deep Learning. */

import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import { dataDependent, lacking, ortOnProcessor, set, tfliteOnProcessor } from './support.ts'

const tidlSupport: SupportTable = {
  id: 'tidl',
  title: 'TI Deep Learning under an open-source runtime',
  unitKinds: ['dsp', 'npu'],
  arithmetic: null,
  version: null,
  status: 'recalled',
  source: 'https://github.com/TexasInstruments/edgeai-tidl-tools/blob/master/docs/supported_ops_rts_versions.md',
  supported: set(),
  unsupported: lacking(
    'executed on the Arm cores',
    ...dataDependent,
    'lstm',
    'gru',
    'rnn',
    'roi-pooling',
    'random',
    'fourier',
    'classical-model',
    'custom',
  ),
  unlisted: 'supported',
  limits: [],
  partitions: { kind: 'every' },
  fallbackRuntimes: [...ortOnProcessor, ...tfliteOnProcessor],
  fallbackPrecision: null,
}

export const tidlRuntimes = defineRuntimes({
  tidl: {
    name: 'TI Deep Learning',
    aliases: ['TIDL (OSRT: onnxruntime-tidl, tflite-tidl, TVM)', 'TIDL-RT', 'TIDL'],
    drives: { dsp: ['int8', 'int8-w8a16'] },
    fusion: 'compiler',
    support: [tidlSupport],
  },
})
