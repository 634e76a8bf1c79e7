/** Names of runtimes, units, precisions and power modes as people write them. */
import type { TargetKey } from '../../../simulator/predict/prediction.ts'

/** `TensorRT · GPU · INT8 · 15W`. */
export function targetText({
  runtimeId,
  unitId,
  precision,
  powerMode,
  batch,
}: Omit<TargetKey, 'modelId' | 'deviceId'>): string {
  const mode = powerMode === 'default' ? [] : [powerMode]
  const items = batch === 1 ? [] : [`batch ${batch}`]
  return [runtimeId, unitText(unitId), precisionText(precision), ...mode, ...items].join(' · ')
}

/** Unit ids are acronyms. */
export function unitText(id: string): string {
  return id.toUpperCase()
}

/** `int8-w8a16` → `INT8 W8A16`. */
export function precisionText(id: string): string {
  return id.toUpperCase().replaceAll('-', ' ')
}
