/** Numeric formats a model can be executed in: bits of weights and activations, and the arithmetic that multiplies them. */

/** What the multipliers work in; keys of every peak-rate table. */
export const arithmetics = ['fp32', 'tf32', 'fp16', 'bf16', 'fp8', 'int8', 'int4', 'analog'] as const
export type Arithmetic = (typeof arithmetics)[number]

export interface PrecisionTraits {
  readonly weightBits: number
  readonly activationBits: number
  readonly arithmetic: Arithmetic
  /** Weights are multiplied in floating point even where integers would be faster. */
  readonly floatOnly?: true
  /**
   * Element operations that turn one stored weight into a number of the multipliers: shift, mask, convert, scale; none where
   * multipliers take weights as they are stored **(default)**.
   */
  readonly unpackOps?: number
}

/** Ids follow the measurement tables; group-quantized language-model formats include their scales in `weightBits`. */
export const precisions = {
  fp32: { weightBits: 32, activationBits: 32, arithmetic: 'fp32' },
  fp16: { weightBits: 16, activationBits: 16, arithmetic: 'fp16' },
  bf16: { weightBits: 16, activationBits: 16, arithmetic: 'bf16' },
  fp8: { weightBits: 8, activationBits: 8, arithmetic: 'fp8' },
  int8: { weightBits: 8, activationBits: 8, arithmetic: 'int8' },
  'int8-w8a16': { weightBits: 8, activationBits: 16, arithmetic: 'int8' },
  'int8-mixed-int16': { weightBits: 8, activationBits: 8, arithmetic: 'int8' },
  'int8-w8a16-mixed-int16': { weightBits: 8, activationBits: 16, arithmetic: 'int8' },
  int4: { weightBits: 4, activationBits: 8, arithmetic: 'int8' },
  'int4-w4a8': { weightBits: 4.5, activationBits: 8, arithmetic: 'int8' },
  'int4-w4a16': { weightBits: 4.5, activationBits: 16, arithmetic: 'fp16', unpackOps: 2 },
  'int4-w4f16': { weightBits: 4.5, activationBits: 16, arithmetic: 'fp16', floatOnly: true, unpackOps: 2 },
  // Scales and minima of blocks are themselves packed, in blocks of blocks.
  'int4-q4_k_m': { weightBits: 4.85, activationBits: 16, arithmetic: 'fp16', unpackOps: 8 },
  // Other widths are unpacked as four bits are: shift, mask, and the scale of their group.
  'int6-w6a16': { weightBits: 6.56, activationBits: 16, arithmetic: 'fp16', unpackOps: 2 },
  'int2-w2a16': { weightBits: 2.63, activationBits: 16, arithmetic: 'fp16', unpackOps: 2 },
} as const satisfies Record<string, PrecisionTraits>

export type PrecisionId = keyof typeof precisions

export function isPrecisionId(text: string): text is PrecisionId {
  return Object.hasOwn(precisions, text)
}
