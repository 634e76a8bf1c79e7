/** JSON that stands for a model: hyper-parameters, a description by hand, lists of tensors. */
import { concat } from '../support/build-protobuf.ts'

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

const llama = {
  model_type: 'llama',
  architectures: ['LlamaForCausalLM'],
  vocab_size: 100,
  hidden_size: 32,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  intermediate_size: 64,
  hidden_act: 'silu',
  rms_norm_eps: 1e-5,
  max_position_embeddings: 64,
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
}

export const documentSamples: Readonly<Record<string, Uint8Array>> = {
  llama: encode(llama),
  mixtral: encode({
    ...llama,
    model_type: 'mixtral',
    num_local_experts: 4,
    num_experts_per_tok: 2,
    sliding_window: 16,
  }),
  jamba: encode({
    ...llama,
    model_type: 'jamba',
    ...{ num_experts: 4, num_experts_per_tok: 2, expert_layer_period: 2, expert_layer_offset: 1 },
    ...{ attn_layer_period: 2, attn_layer_offset: 1, mamba_d_state: 4, mamba_d_conv: 4, mamba_dt_rank: 'auto' },
  }),
  falconH1: encode({
    ...llama,
    model_type: 'falcon_h1',
    ...{ mamba_d_ssm: 64, mamba_n_heads: 4, mamba_d_head: 16, mamba_d_state: 8, mamba_n_groups: 2 },
  }),
  nemotronH: encode({
    ...llama,
    model_type: 'nemotron_h',
    ...{ hybrid_override_pattern: 'M*-', num_hidden_layers: 3, mamba_num_heads: 4, mamba_head_dim: 16, n_groups: 2 },
  }),
  qwenNext: encode({
    ...llama,
    model_type: 'qwen3_next',
    ...{ full_attention_interval: 2, linear_num_key_heads: 2, linear_num_value_heads: 4 },
    ...{ linear_key_head_dim: 8, linear_value_head_dim: 8, linear_conv_kernel_dim: 4 },
  }),
  bert: encode({
    model_type: 'bert',
    vocab_size: 100,
    hidden_size: 32,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    intermediate_size: 64,
    max_position_embeddings: 64,
    type_vocab_size: 2,
  }),
  whisper: encode({
    model_type: 'whisper',
    vocab_size: 100,
    d_model: 32,
    encoder_layers: 2,
    decoder_layers: 2,
    encoder_attention_heads: 4,
    decoder_attention_heads: 4,
    encoder_ffn_dim: 64,
    decoder_ffn_dim: 64,
    num_mel_bins: 8,
    max_source_positions: 20,
    max_target_positions: 10,
  }),
  described: encode({
    edgefitDescription: 1,
    name: 'net',
    inputs: { image: [1, 3, 32, 32] },
    layers: [
      { op: 'conv', out: 8, kernel: 3, stride: 2, activation: 'relu6' },
      {
        name: 'block',
        repeat: 2,
        residual: true,
        layers: [
          { op: 'depthwise', kernel: 3 },
          { op: 'conv', out: 8, kernel: 1 },
        ],
      },
      { name: 'up', op: 'upsample', factor: 2 },
      { op: 'global-average-pool', of: 'up' },
      { op: 'flatten' },
      { name: 'logits', op: 'linear', out: 5 },
    ],
    outputs: ['logits'],
  }),
  index: encode({ metadata: { total_size: 4096 }, weight_map: { a: 'model-1.safetensors', b: 'model-2.safetensors' } }),
}

const header = encode({
  __metadata__: { format: 'pt' },
  a: { dtype: 'F32', shape: [4, 8], data_offsets: [0, 128] },
  b: { dtype: 'BF16', shape: [16], data_offsets: [128, 160] },
})
const length = new Uint8Array(8)
length[0] = header.length & 0xff
length[1] = header.length >> 8

export const safetensorsSamples: Readonly<Record<string, Uint8Array>> = {
  tensors: concat(length, header, new Uint8Array(160)),
}
