/** `edgefit export preset:ID out.onnx`: a preset as a model file with seeded weights. */

import { buildPreset } from '../../model-zoo/index.ts'
import { presetIdOf } from '../../model-zoo/preset-name.ts'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import { fail } from '../../simulator/problem.ts'
import { formatQuantity } from '../../simulator/report/figures.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { wholeNumber } from '../number-options.ts'
import { writeFileWhole } from '../write-file.ts'

export const exportPreset = defineCommand({
  name: 'export',
  usage: 'preset:ID OUT.onnx [--seed N]',
  summary: 'Write a preset as ONNX with seeded random weights; the same seed gives the same bytes.',
  options: { seed: { type: 'string', default: '0' } },
  positionals: ['preset:ID', 'OUT.onnx'],
  async run({ seed }, [model = '', path = ''], terminal) {
    const id = presetIdOf(model)
    if (id === null) {
      throw fail('invalid-usage', 'Only presets can be exported: edgefit zoo lists them.', {
        where: 'preset:ID',
        expected: 'preset:ID',
        received: model,
      })
    }
    const content = writeOnnx(buildPreset(id), { seed: wholeNumber(seed, '--seed') })
    await writeFileWhole(path, content)
    terminal.write(`${path}: ${formatQuantity(content.byteLength, 'bytes')}\n`)
    return exitCodes.done
  },
})
