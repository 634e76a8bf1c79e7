/** The contract of readers, for GGUF. */
import { ggufReader } from '../../../simulator/import/gguf.ts'
import { describeReader } from '../../contracts/reader-contract.ts'
import { buildGguf, f32, llamaEntries, llamaTensors, text, u32 } from '../../support/build-gguf.ts'

const sizes = { vocabulary: 40, width: 32, depth: 2, heads: 4, keyHeads: 2, keyWidth: 16, hidden: 64 }
const q8 = 8
const f16 = 1

describeReader(ggufReader, {
  small: {
    'a quantized llama': buildGguf({
      entries: { ...llamaEntries(sizes), 'tokenizer.ggml.tokens': { type: 'texts', value: ['a', 'bc', ''] } },
      tensors: llamaTensors(sizes, () => q8),
    }),
    'tensors without an architecture': buildGguf({
      alignment: 64,
      entries: { 'general.alignment': u32(64), 'general.description': text('d'.repeat(3000)) },
      tensors: [
        { name: 'a', code: f16, dims: [3, 5, 2] },
        { name: 'b', code: 39, dims: [64] },
      ],
    }),
    'a big-endian file of version 2': buildGguf({
      version: 2,
      bigEndian: true,
      entries: { 'x.y': f32(1.5), 'x.list': { type: 'i32s', value: [1, 2, 3] } },
      tensors: [{ name: 't', code: 0, dims: [16, 4] }],
    }),
    'a file of version 1': buildGguf({
      version: 1,
      entries: { 'x.flag': { type: 'bool', value: 1 } },
      tensors: [{ name: 't', code: 2, dims: [32, 16] }],
    }),
  },
  heavy: buildGguf({
    entries: { 'general.architecture': text('none') },
    tensors: Array.from({ length: 8 }, (_, index) => ({ name: `w${index}`, code: f16, dims: [512, 512] })),
  }),
})
