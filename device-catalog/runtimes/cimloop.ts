/** CiMLoop. */
import { defineRuntimes } from './define.ts'

export const cimloopRuntimes = defineRuntimes({
  cimloop: {
    name: 'CiMLoop',
    aliases: ['cimloop model'],
    drives: { 'compute-in-memory': ['int8', 'int4'] },
    fusion: 'compiler',
  },
})
