/** DeepSeek V2, V3 and their kin: latent attention, experts behind a few dense layers. */
import type { DecoderConfig, LatentAttention } from '../build/transformer/config.ts'
import { plainDecoder } from '../build/transformer/dense-decoder.ts'
import { expertsOf } from './hugging-face-experts.ts'
import { activationOf, dense, depthOf, normOf, rotaryOf } from './hugging-face-fields.ts'
import type { JsonFields } from './json-fields.ts'

export const latentTypes = ['deepseek_v2', 'deepseek_v3', 'kimi_k2', 'minicpm3', 'glm4_moe_lite'] as const

export function latentDecoder(config: JsonFields): DecoderConfig {
  const rotated = config.count('qk_rope_head_dim')
  const attention: LatentAttention = {
    kind: 'latent',
    heads: config.count('num_attention_heads'),
    queryRank: config.countOrNull('q_lora_rank'),
    keyRank: config.count('kv_lora_rank'),
    plainSize: config.count('qk_nope_head_dim'),
    rotary: { size: rotated, theta: rotaryOf(config, rotated).theta },
    valueSize: config.has('v_head_dim')
      ? config.count('v_head_dim')
      : config.count('hidden_size') / config.count('num_attention_heads'),
  }
  const activation = activationOf(config, 'silu', 'hidden_act')
  const experts = expertsOf(config, activation)
  const network = dense(config.count('intermediate_size'), activation, true, false)
  return {
    ...plainDecoder(config.count('vocab_size'), config.count('hidden_size'), normOf(config, 'rms', false)),
    layers: Array.from({ length: depthOf(config, 'num_hidden_layers') }, (_, layer) => ({
      attention,
      feedForward: experts?.(layer) ?? network,
      parallel: null,
    })),
    tied: config.flag('tie_word_embeddings', false),
    contextLength: config.countOrNull('max_position_embeddings'),
  }
}
