/** HailoRT. */

import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import { dataDependent, lacking, ortOnProcessor, set, tfliteOnProcessor } from './support.ts'

const hailo: SupportTable = {
  id: 'hailo-dfc',
  title: 'Hailo Dataflow Compiler',
  unitKinds: ['dataflow'],
  arithmetic: null,
  version: '3',
  status: 'recalled',
  source: 'https://hailo.ai/developer-zone/documentation/ (Dataflow Compiler user guide, "Supported layers")',
  supported: set(),
  unsupported: lacking(
    'cut off by end nodes and run on the host',
    ...dataDependent,
    'top-k',
    'roi-pooling',
    'scatter',
    'gather-nd',
    'random',
    'fourier',
    'classical-model',
    'custom',
  ),
  unlisted: 'supported',
  limits: [],
  // One network between its start and end nodes.
  partitions: { kind: 'largest', most: 1 },
  fallbackRuntimes: [...ortOnProcessor, ...tfliteOnProcessor],
  fallbackPrecision: null,
}

export const hailortRuntimes = defineRuntimes({
  hailort: {
    name: 'HailoRT',
    aliases: ['HailoRT + Hailo Dataflow Compiler (HEF)', 'HailoRT + DFC'],
    drives: { dataflow: ['int8', 'int8-w8a16', 'int4'] },
    fusion: 'compiler',
    support: [hailo],
    preparation: 'ahead-of-time',
    measure: [
      {
        tool: 'hailortcli',
        source: 'https://github.com/hailo-ai/hailort/tree/master/hailort/hailortcli',
        needs: 'HailoRT, and {model}.hef of the Dataflow Compiler',
        commands: ['hailortcli benchmark {model}.hef --time-to-run 30'],
        reads: '“HW latency” for one picture; “FPS (hw_only)” is the throughput',
      },
    ],
  },
})
