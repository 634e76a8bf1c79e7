/**
 * Which named arguments of an ML Program operation are its operands, in the order in which the operator rules find them.
 *
 * `name?`: an operand only where its value is computed; a constant is an attribute. `name*`: any number of operands. What is
 * not listed is an attribute where it is constant, else an operand after the others.
 * Source: coremltools/converters/mil/mil/ops/defs, operator sets iOS 15 to 18.
 */

const oneOperand = ['x'] as const
const twoOperands = ['x', 'y'] as const
const lists = ['ls', 'indices', 'value'] as const

export const knownOperands: Readonly<Record<string, readonly string[]>> = {
  argsort: oneOperand,
  batch_norm: ['x', 'mean', 'variance', 'gamma', 'beta'],
  classify: ['probabilities'],
  concat: ['values*'],
  cond: ['pred'],
  constexpr_affine_dequantize: ['quantized_data', 'scale', 'zero_point'],
  constexpr_blockwise_shift_scale: ['data', 'scale', 'offset'],
  constexpr_cast: ['source_val'],
  constexpr_lut_to_dense: ['indices', 'lut'],
  conv: ['x', 'weight', 'bias'],
  conv_quantized: ['x', 'weight', 'bias', 'quant_scale', 'quant_bias'],
  conv_transpose: ['x', 'weight', 'bias', 'output_shape?'],
  coreml_update_state: ['state', 'value'],
  crop_resize: ['x', 'roi', 'boxes', 'box_indices'],
  dequantize: ['input', 'scale', 'zero_point'],
  einsum: ['values*'],
  expand_dims: oneOperand,
  fill: ['shape?'],
  fill_like: ['ref_tensor'],
  gather: ['x', 'indices'],
  gather_along_axis: ['x', 'indices'],
  gather_nd: ['x', 'indices'],
  gru: ['x', 'initial_h', 'weight_ih', 'weight_hh', 'bias', 'input_bias'],
  instance_norm: ['x', 'gamma', 'beta'],
  layer_norm: ['x', 'gamma', 'beta'],
  linear: ['x', 'weight', 'bias'],
  list_gather: ['ls', 'indices'],
  list_length: ['ls'],
  list_read: ['ls', 'index'],
  list_scatter: lists,
  list_write: ['ls', 'index', 'value'],
  lstm: [
    'x',
    'initial_h',
    'initial_c',
    'weight_ih',
    'weight_hh',
    'bias',
    'peephole',
    'weight_ih_back',
    'weight_hh_back',
    'bias_back',
    'peephole_back',
  ],
  make_list: ['init_length?'],
  non_maximum_suppression: ['boxes', 'scores'],
  one_hot: ['indices', 'one_hot_vector_size?'],
  pad: ['x', 'pad?'],
  prelu: ['x', 'alpha'],
  quantize: ['input', 'scale', 'zero_point'],
  random_bernoulli: ['shape?'],
  random_normal: ['shape?'],
  random_uniform: ['shape?'],
  range_1d: ['end?', 'start?', 'step?'],
  read_state: ['input'],
  resample: ['x', 'coordinates'],
  reshape: ['x', 'shape?'],
  reshape_like: ['x', 'ref_tensors*'],
  resize: ['x', 'shape?'],
  resize_bilinear: ['x', 'target_size_height?', 'target_size_width?'],
  resize_nearest_neighbor: ['x', 'target_size_height?', 'target_size_width?'],
  reverse_sequence: ['x', 'lengths'],
  rnn: ['x', 'initial_h', 'weight_ih', 'weight_hh', 'bias'],
  scaled_dot_product_attention: ['query', 'key', 'value', 'attn_mask'],
  scatter: ['data', 'indices', 'updates'],
  scatter_along_axis: ['data', 'indices', 'updates'],
  scatter_nd: ['data', 'indices', 'updates'],
  select: ['cond', 'a', 'b'],
  slice_by_index: ['x', 'begin?', 'end?', 'stride?'],
  slice_by_size: ['x', 'begin?', 'size?'],
  slice_update: ['x', 'update', 'begin?', 'end?', 'stride?'],
  softplus_parametric: ['x', 'alpha', 'beta'],
  split: ['x', 'split_sizes?', 'num_splits?'],
  stack: ['values*'],
  tile: ['x', 'reps?'],
  topk: ['x', 'k?'],
  upsample_bilinear: ['x', 'scale_factor_height?', 'scale_factor_width?'],
  upsample_nearest_neighbor: ['x', 'scale_factor_height?', 'scale_factor_width?'],
  while_loop: ['loop_vars*'],
}

/** Of an operation that is not listed: one operand `x`, or two. */
export function operandsOf(operation: string): readonly string[] {
  return Object.hasOwn(knownOperands, operation) ? (knownOperands[operation] ?? twoOperands) : twoOperands
}
