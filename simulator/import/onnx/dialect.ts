/** ONNX's operators that stand in the registry under another name, by domain; those of ai.onnx are the vocabulary itself. */
import type { Dialect, LoweredOperator } from '../../graph/dialect.ts'
import { classicalOperators } from '../../graph/operators/classical.ts'
import { attentions } from './operators/attention.ts'
import { activations, normalizations, simplifiedNormalization } from './operators/elementwise.ts'
import { formerOperators } from './operators/former.ts'
import { type LoweredTable, same } from './operators/lowered.ts'
import { products } from './operators/product.ts'
import { contributedQuantized, standardQuantized } from './operators/quantized.ts'

const domains: Readonly<Record<string, LoweredTable>> = {
  '': { ...standardQuantized, ...formerOperators, SimplifiedLayerNormalization: simplifiedNormalization },
  'com.microsoft': {
    ...activations,
    ...attentions,
    ...contributedQuantized,
    ...normalizations,
    ...products,
    BeamSearch: same('BeamSearch'),
  },
  'ai.onnx.ml': renamed(...Object.keys(classicalOperators)),
  'ai.onnx.preview': { FlexAttention: same('Attention') },
  'ai.onnx.preview.training': renamed('Gradient', 'Adagrad', 'Adam', 'Momentum'),
}

function renamed(...names: readonly string[]): LoweredTable {
  return Object.fromEntries(names.map((name) => [name, same(name)]))
}

export const onnxDialect: Dialect = {
  operators: new Map<string, LoweredOperator>(
    Object.entries(domains).flatMap(([domain, table]) =>
      Object.entries(table).map(([op, operator]) => [domain === '' ? op : `${domain}.${op}`, operator] as const),
    ),
  ),
  control: new Map(),
  integerBiases: null,
}
