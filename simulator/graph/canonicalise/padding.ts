/** Zeros around an image that one window slides over are that window's padding. */
import { factsOf } from '../operators.ts'
import { type Draft, soleReader } from './draft.ts'

export function foldPadding(draft: Draft): void {
  for (const operator of draft.operators) {
    if (factsOf(operator.op).fusion !== 'pad' || isReflected(operator.attributes.mode)) continue
    const reader = soleReader(operator.outputs[0])
    if (reader === null || reader.window === null) continue
    reader.origins = [...operator.origins, ...reader.origins]
    draft.bypass(operator)
  }
}

function isReflected(mode: unknown): boolean {
  return typeof mode === 'string' && mode.toLowerCase() !== 'constant'
}
