/** Element types of GGUF files by their code (ggml/include/ggml.h, enum ggml_type). */
import type { DType } from '../graph/dtype.ts'

const types: readonly (DType | null)[] = [
  'float32',
  'float16',
  'q4_0',
  'q4_1',
  null, // Q4_2, removed
  null, // Q4_3, removed
  'q5_0',
  'q5_1',
  'q8_0',
  'q8_1',
  'q2_k',
  'q3_k',
  'q4_k',
  'q5_k',
  'q6_k',
  'q8_k',
  'iq2_xxs',
  'iq2_xs',
  'iq3_xxs',
  'iq1_s',
  'iq4_nl',
  'iq3_s',
  'iq2_s',
  'iq4_xs',
  'int8',
  'int16',
  'int32',
  'int64',
  'float64',
  'iq1_m',
  'bfloat16',
  // Q4_0 and IQ4_NL in the order of rows that some CPUs read; removed, same size.
  'q4_0',
  'q4_0',
  'q4_0',
  'tq1_0',
  'tq2_0',
  'iq4_nl',
  'iq4_nl',
  'iq4_nl',
  'mxfp4',
  'nvfp4',
  'q1_0',
]

/** `null` = not a type of any released version. */
export function ggmlType(code: number): DType | null {
  return types[code] ?? null
}
