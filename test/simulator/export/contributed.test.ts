import { describe, expect, test } from 'vitest'
import { asContributed, opsetsOf } from '../../../simulator/export/contributed.ts'
import { operatorKey } from '../../../simulator/graph/graph.ts'
import { onnxDialect } from '../../../simulator/import/onnx/dialect.ts'
import { GraphBuilder } from '../graph/build-graph.ts'

const nodeOf = (op: string) => ({ name: op, domain: '', op, inputs: [], outputs: [], attributes: {} })

describe('operators that ONNX Runtime contributes', () => {
  test.each(['GroupQueryAttention', 'MixtureOfExperts', 'LinearAttention', 'CausalConvWithState'])(
    '%s is written in its domain, and read back as itself',
    (op) => {
      const written = asContributed(nodeOf(op))
      expect(written.domain).toBe('com.microsoft')
      expect(onnxDialect.operators.get(operatorKey(written))?.op).toBe(op)
      const graph = new GraphBuilder(24).build()
      expect(opsetsOf(graph, [written])).toEqual({ '': 24, 'com.microsoft': 1 })
    },
  )

  test('others keep their names, and need no other operator set', () => {
    const node = nodeOf('Conv')
    expect(asContributed(node)).toBe(node)
    expect(opsetsOf(new GraphBuilder(21).build(), [node])).toEqual({ '': 21 })
  })
})
