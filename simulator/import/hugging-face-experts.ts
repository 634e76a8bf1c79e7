/** Mixtures of experts in a `config.json`: sizes, and which layers have them. */
import type { ExpertFeedForward, TransformerActivation } from '../build/transformer/config.ts'
import { dense } from './hugging-face-fields.ts'
import type { JsonFields } from './json-fields.ts'

/** Experts of a layer, `null` for a dense one; `null` for a model without experts. */
export function expertsOf(
  config: JsonFields,
  activation: TransformerActivation,
): ((layer: number) => ExpertFeedForward | null) | null {
  const name = ['num_local_experts', 'n_routed_experts', 'num_experts', 'moe_num_experts'].find((each) =>
    config.has(each),
  )
  if (name === undefined || config.number(name) === 0) return null
  const hidden = config.countOrNull('moe_intermediate_size') ?? config.count('intermediate_size')
  const sharedHidden =
    config.countOrNull('shared_expert_intermediate_size') ??
    (config.countOrZero('n_shared_experts', 0) * hidden || null)
  const network: ExpertFeedForward = {
    kind: 'experts',
    experts: config.count(name),
    chosen: config.has('num_experts_per_tok') ? config.count('num_experts_per_tok') : config.count('moe_k', 1),
    hidden,
    gated: true,
    bias: config.text('model_type', '') === 'gpt_oss',
    // Choices that are balanced by a bias, and those of gpt-oss.
    routerBias: config.text('topk_method', '') === 'noaux_tc' || config.text('model_type', '') === 'gpt_oss',
    shared: sharedHidden === null ? null : dense(sharedHidden, activation, true, false),
    sharedGate: config.has('shared_expert_intermediate_size'),
  }
  const firstDense = config.countOrZero('first_k_dense_replace', 0)
  const step = config.count('decoder_sparse_step', config.count('moe_layer_freq', 1))
  const onlyDense = new Set(config.listOrNull('mlp_only_layers') ?? [])
  return (layer) => {
    const isDense = layer < firstDense || (layer + 1) % step !== 0 || onlyDense.has(layer)
    return isDense ? null : network
  }
}
