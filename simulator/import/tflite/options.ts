/**
 * Options of the builtin operators, by operator: name, slot and kind of every field that decides shapes or work.
 * Source: tensorflow/compiler/mlir/lite/schema/schema.fbs. Operators that are not listed have no such options.
 */

/**
 * Scalars are 0 or false where the file leaves them out, unless a default follows. `graph` is the index of a subgraph;
 * `byte` an enumeration, `type` a TensorType; plurals are lists.
 */
export type OptionKind =
  | 'int'
  | 'long'
  | 'float'
  | 'bool'
  | 'byte'
  | 'type'
  | 'text'
  | 'ints'
  | 'longs'
  | 'padding'
  | 'activation'
  | 'graph'
  | 'graphs'

export type OptionFields = Readonly<Record<string, readonly [slot: number, kind: OptionKind, fallback?: number]>>

/** enum Padding and enum ActivationFunctionType. */
export const paddings = ['SAME', 'VALID'] as const
export const activations = ['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6', 'TANH', 'SIGN_BIT'] as const

const activationFirst: OptionFields = { fused_activation_function: [0, 'activation'] }

const strides: OptionFields = { padding: [0, 'padding'], stride_w: [1, 'int'], stride_h: [2, 'int'] }

const volumes: OptionFields = {
  padding: [0, 'padding'],
  stride_d: [1, 'int'],
  stride_w: [2, 'int'],
  stride_h: [3, 'int'],
  fused_activation_function: [4, 'activation'],
  dilation_d_factor: [5, 'int', 1],
  dilation_w_factor: [6, 'int', 1],
  dilation_h_factor: [7, 'int', 1],
}

const pool: OptionFields = {
  ...strides,
  filter_width: [3, 'int'],
  filter_height: [4, 'int'],
  fused_activation_function: [5, 'activation'],
}

const reducer: OptionFields = { keep_dims: [0, 'bool'] }
const blockSize: OptionFields = { block_size: [0, 'int'] }
const axisFirst: OptionFields = { axis: [0, 'int'] }
const splits: OptionFields = { num_splits: [0, 'int'] }
const outputType: OptionFields = { output_type: [0, 'type'] }
const whileGraphs: OptionFields = { cond: [0, 'graph'], body: [1, 'graph'] }

/** Custom operators that keep their options as a map in a FlexBuffer: those whose work depends on them. */
export const withFlexOptions: ReadonlySet<string> = new Set(['TFLite_Detection_PostProcess'])

export const optionsOf: Readonly<Record<string, OptionFields>> = {
  CONV_2D: {
    ...strides,
    fused_activation_function: [3, 'activation'],
    dilation_w_factor: [4, 'int', 1],
    dilation_h_factor: [5, 'int', 1],
  },
  DEPTHWISE_CONV_2D: {
    ...strides,
    depth_multiplier: [3, 'int'],
    fused_activation_function: [4, 'activation'],
    dilation_w_factor: [5, 'int', 1],
    dilation_h_factor: [6, 'int', 1],
  },
  TRANSPOSE_CONV: { ...strides, fused_activation_function: [3, 'activation'] },
  CONV_3D: volumes,
  CONV_3D_TRANSPOSE: volumes,
  AVERAGE_POOL_2D: pool,
  MAX_POOL_2D: pool,
  L2_POOL_2D: pool,
  FULLY_CONNECTED: {
    fused_activation_function: [0, 'activation'],
    weights_format: [1, 'byte'],
    keep_num_dims: [2, 'bool'],
  },
  BATCH_MATMUL: { adj_x: [0, 'bool'], adj_y: [1, 'bool'] },
  SVDF: { rank: [0, 'int'], fused_activation_function: [1, 'activation'] },
  RNN: activationFirst,
  LSTM: { fused_activation_function: [0, 'activation'], kernel_type: [3, 'byte'] },
  UNIDIRECTIONAL_SEQUENCE_RNN: { time_major: [0, 'bool'], fused_activation_function: [1, 'activation'] },
  BIDIRECTIONAL_SEQUENCE_RNN: {
    time_major: [0, 'bool'],
    fused_activation_function: [1, 'activation'],
    merge_outputs: [2, 'bool'],
  },
  UNIDIRECTIONAL_SEQUENCE_LSTM: {
    fused_activation_function: [0, 'activation'],
    time_major: [3, 'bool'],
    diagonal_recurrent_tensors: [5, 'bool'],
  },
  BIDIRECTIONAL_SEQUENCE_LSTM: {
    fused_activation_function: [0, 'activation'],
    merge_outputs: [3, 'bool'],
    time_major: [4, 'bool', 1],
  },
  ADD: activationFirst,
  SUB: activationFirst,
  MUL: activationFirst,
  DIV: activationFirst,
  L2_NORMALIZATION: activationFirst,
  LOCAL_RESPONSE_NORMALIZATION: { radius: [0, 'int'] },
  CONCATENATION: { axis: [0, 'int'], fused_activation_function: [1, 'activation'] },
  RESHAPE: { new_shape: [0, 'ints'] },
  SQUEEZE: { squeeze_dims: [0, 'ints'] },
  STRIDED_SLICE: {
    begin_mask: [0, 'int'],
    end_mask: [1, 'int'],
    ellipsis_mask: [2, 'int'],
    new_axis_mask: [3, 'int'],
    shrink_axis_mask: [4, 'int'],
    offset: [5, 'bool'],
  },
  SPLIT: splits,
  SPLIT_V: splits,
  PACK: { values_count: [0, 'int'], axis: [1, 'int'] },
  UNPACK: { num: [0, 'int'], axis: [1, 'int'] },
  GATHER: { axis: [0, 'int'], batch_dims: [1, 'int'] },
  ONE_HOT: axisFirst,
  MIRROR_PAD: { mode: [0, 'byte'] },
  SPACE_TO_DEPTH: blockSize,
  DEPTH_TO_SPACE: blockSize,
  RESIZE_BILINEAR: { align_corners: [2, 'bool'], half_pixel_centers: [3, 'bool'] },
  RESIZE_NEAREST_NEIGHBOR: { align_corners: [0, 'bool'], half_pixel_centers: [1, 'bool'] },
  SUM: reducer,
  MEAN: reducer,
  REDUCE_PROD: reducer,
  REDUCE_MAX: reducer,
  REDUCE_MIN: reducer,
  REDUCE_ANY: reducer,
  REDUCE_ALL: reducer,
  ARG_MAX: outputType,
  ARG_MIN: outputType,
  CUMSUM: { exclusive: [0, 'bool'], reverse: [1, 'bool'] },
  CAST: { in_data_type: [0, 'type'], out_data_type: [1, 'type'] },
  SHAPE: { out_type: [0, 'type'] },
  UNIQUE: { idx_out_type: [0, 'type', 2] },
  LEAKY_RELU: { alpha: [0, 'float'] },
  GELU: { approximate: [0, 'bool'] },
  EMBEDDING_LOOKUP_SPARSE: { combiner: [0, 'byte'] },
  CALL: { body: [0, 'graph'] },
  IF: { then_branch: [0, 'graph'], else_branch: [1, 'graph'] },
  WHILE: whileGraphs,
  CALL_ONCE: { body: [0, 'graph'] },
  VAR_HANDLE: { container: [0, 'text'], shared_name: [1, 'text'] },
  HASHTABLE: { table_id: [0, 'int'] },
  REDUCE_WINDOW: { reduce_function: [0, 'int'] },
  STABLEHLO_CONCATENATE: { dimension: [0, 'long'] },
  STABLEHLO_BROADCAST_IN_DIM: { broadcast_dimensions: [0, 'longs'] },
  STABLEHLO_SLICE: { start_indices: [0, 'longs'], limit_indices: [1, 'longs'], strides: [2, 'longs'] },
  STABLEHLO_CONVOLUTION: {
    window_strides: [0, 'longs'],
    padding: [1, 'longs'],
    lhs_dilation: [2, 'longs'],
    rhs_dilation: [3, 'longs'],
    input_batch_dimension: [5, 'long'],
    input_feature_dimension: [6, 'long'],
    input_spatial_dimensions: [7, 'longs'],
    kernel_input_feature_dimension: [8, 'long'],
    kernel_output_feature_dimension: [9, 'long'],
    kernel_spatial_dimensions: [10, 'longs'],
    output_batch_dimension: [11, 'long'],
    output_feature_dimension: [12, 'long'],
    output_spatial_dimensions: [13, 'longs'],
    feature_group_count: [14, 'long'],
    batch_group_count: [15, 'long'],
  },
  STABLEHLO_CUSTOM_CALL: { call_target_name: [0, 'text'] },
  STABLEHLO_REDUCE: { dimensions: [0, 'longs'], body: [1, 'graph'] },
  STABLEHLO_SCATTER: { update_computation: [6, 'graph'] },
  STABLEHLO_COMPARE: { comparison_direction: [0, 'int'] },
  STABLEHLO_DYNAMIC_SLICE: { slice_sizes: [0, 'longs'] },
  STABLEHLO_PAD: { edge_padding_low: [0, 'longs'], edge_padding_high: [1, 'longs'], interior_padding: [2, 'longs'] },
  STABLEHLO_IOTA: { iota_dimension: [0, 'long'] },
  STABLEHLO_DOT_GENERAL: {
    lhs_batching_dimensions: [0, 'longs'],
    rhs_batching_dimensions: [1, 'longs'],
    lhs_contracting_dimensions: [2, 'longs'],
    rhs_contracting_dimensions: [3, 'longs'],
  },
  STABLEHLO_REDUCE_WINDOW: {
    window_dimensions: [0, 'longs'],
    window_strides: [1, 'longs'],
    base_dilations: [2, 'longs'],
    window_dilations: [3, 'longs'],
    padding: [4, 'longs'],
    body: [5, 'graph'],
  },
  STABLEHLO_SORT: { dimension: [0, 'long'], comparator: [2, 'graph'] },
  STABLEHLO_WHILE: whileGraphs,
  STABLEHLO_GATHER: {
    offset_dims: [0, 'longs'],
    collapsed_slice_dims: [1, 'longs'],
    start_index_map: [2, 'longs'],
    index_vector_dim: [3, 'long'],
    slice_sizes: [4, 'longs'],
  },
  STABLEHLO_TRANSPOSE: { permutation: [0, 'longs'] },
  STABLEHLO_COMPOSITE: { name: [0, 'text'], body: [1, 'graph'] },
  STABLEHLO_CASE: { branches: [0, 'graphs'] },
}
