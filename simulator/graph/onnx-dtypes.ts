/** Element types by the codes that ONNX files and attributes carry. */
import type { DType } from './dtype.ts'

/** TensorProto.DataType from 1 on. */
const dtypeByCode: readonly DType[] = [
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
  'float8e8m0',
  'uint2',
  'int2',
]

export function dtypeOfCode(code: number): DType | null {
  return dtypeByCode[code - 1] ?? null
}

export function codeOfDtype(dtype: DType): number {
  return dtypeByCode.indexOf(dtype) + 1
}
