/** the maker's own. */
import { defineRuntimes } from './define.ts'

export const vendorRuntimes = defineRuntimes({
  vendor: {
    name: "the maker's own",
    aliases: ['in-house', 'in-house only', 'EyeQ Kit (closed)', 'R-Car SDK', 'R-Car SDK (HyCo/ TVM)', 'IBM internal'],
    drives: {
      systolic: ['int8'],
      gpu: ['fp16', 'fp32'],
      npu: ['int8', 'int4'],
      'mcu-cpu': ['int8'],
      'mcu-npu': ['int8'],
    },
    fusion: 'compiler',
  },
})
