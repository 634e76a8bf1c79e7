/**
 * Which tensors of a GGUF file hold a parameter of the transformer builders (gguf-py constants.py, TENSOR_NAMES).
 * Several candidates: files of different converters, or one tensor in place of several parameters.
 */

const whole: Readonly<Record<string, readonly string[]>> = {
  embedding: ['token_embd.weight'],
  positions: ['position_embd.weight'],
  segments: ['token_types.weight'],
  'embedding-norm/weight': ['token_embd_norm.weight'],
  'embedding-norm/bias': ['token_embd_norm.bias'],
  'output-norm/weight': ['output_norm.weight'],
  'output-norm/bias': ['output_norm.bias'],
  'output/weight': ['output.weight'],
  'output/bias': ['output.bias'],
}

/** By the part of a label behind `layerN/`; names without `.weight` or `.bias` take the label's. */
const inLayer: Readonly<Record<string, readonly string[]>> = {
  'attention-norm': ['attn_norm', 'attn_output_norm'],
  'attention-post-norm': ['post_attention_norm', 'attn_post_norm'],
  'feed-forward-norm': ['ffn_norm', 'attn_norm_2', 'layer_output_norm', 'post_attention_norm'],
  'feed-forward-post-norm': ['post_ffw_norm', 'ffn_post_norm'],
  query: ['attn_q', 'attn_q_b', 'attn_qkv'],
  key: ['attn_k', 'attn_qkv'],
  value: ['attn_v', 'attn_qkv'],
  output: ['attn_output'],
  'query-norm': ['attn_q_norm', 'attn_q_a_norm'],
  'key-norm': ['attn_k_norm', 'attn_kv_a_norm'],
  'query-down': ['attn_q_a'],
  'key-down': ['attn_kv_a_mqa'],
  'key-up': ['attn_k_b', 'attn_kv_b'],
  'value-up': ['attn_v_b', 'attn_kv_b'],
  gate: ['ffn_gate', 'ffn_up'],
  up: ['ffn_up'],
  down: ['ffn_down'],
  router: ['ffn_gate_inp'],
  'shared/gate': ['ffn_gate_shexp'],
  'shared/up': ['ffn_up_shexp'],
  'shared/down': ['ffn_down_shexp'],
  'shared-gate': ['ffn_gate_inp_shexp'],
}

/** By the whole part of a label behind `layerN/`. */
const experts: Readonly<Record<string, readonly string[]>> = {
  'experts/first': ['ffn_gate_exps.weight', 'ffn_up_exps.weight', 'ffn_gate_up_exps.weight'],
  'experts/first/bias': ['ffn_gate_exps.bias', 'ffn_up_exps.bias'],
  'experts/second': ['ffn_down_exps.weight'],
  'experts/second/bias': ['ffn_down_exps.bias'],
  'router/bias': ['ffn_gate_inp.bias', 'exp_probs_b.bias'],
}

/** Names of the tensors that hold the parameter `label`, of those that are in the file (`has`); none = not there. */
export function tensorsOf(label: string, has: (name: string) => boolean): readonly string[] {
  const alone = whole[label]
  if (alone !== undefined) return alone.filter(has)
  const [, layer, rest = ''] = /^layer(\d+)\/(.*)$/.exec(label) ?? []
  if (layer === undefined) return []
  const inBlock = (name: string) => `blk.${layer}.${name}`
  const several = experts[rest]
  if (several !== undefined) return several.map(inBlock).filter(has)
  const [, part = '', suffix = ''] = /^(.*)\/(weight|bias)$/.exec(rest) ?? []
  const first = (inLayer[part] ?? []).map((name) => inBlock(`${name}.${suffix}`)).find(has)
  return first === undefined ? [] : [first]
}
