/** EnCharge SDK. */
import { defineRuntimes } from './define.ts'

export const enchargeRuntimes = defineRuntimes({
  encharge: {
    name: 'EnCharge SDK',
    aliases: ['EnCharge SDK', 'EnCharge SDK (PyTorch)'],
    drives: { 'compute-in-memory': ['int8'] },
    fusion: 'compiler',
  },
})
