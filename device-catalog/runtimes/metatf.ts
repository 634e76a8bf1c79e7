/** MetaTF. */
import { defineRuntimes } from './define.ts'

export const metatfRuntimes = defineRuntimes({
  metatf: {
    name: 'MetaTF',
    aliases: ['MetaTF', 'MetaTF (Keras->akida)'],
    drives: { dataflow: ['int4'] },
    fusion: 'compiler',
  },
})
