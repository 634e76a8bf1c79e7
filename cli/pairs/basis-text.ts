/** The `basis` column: from whose facts, which of them are missing, and what the row says that is left out. */
import type { Prediction } from '../../simulator/predict/prediction.ts'
import { en } from '../../simulator/report/text/en.ts'

/** `family; device.dramBytesPerS from family; runtime_version "8.5" not modelled`. */
export function basisText(
  { evidence, basis, coverage, unknownOperators }: Prediction,
  remarks: readonly string[],
): string {
  const taken = basis
    .filter(({ field, from }) => from !== 'device' && !/^(law|runtime)\./.test(field))
    .map(({ field, from }) => `${field} from ${from}`)
  return [
    ...(evidence.anchored ? [en.anchored.label] : []),
    en.basis[evidence.basis].label,
    ...(coverage < 1 ? [`work of ${unknownOperators.join(', ')} not known`] : []),
    ...taken,
    ...remarks,
  ].join('; ')
}
