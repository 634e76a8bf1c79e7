/** Spellings of `compute_unit`: evidence tables say `npu` for every accelerator that is neither CPU nor GPU. */

const alternatives: ReadonlyMap<string, readonly string[]> = new Map([
  ['npu', ['npu', 'imc', 'tpu', 'dsp', 'dla']],
  ['tpu', ['tpu', 'npu']],
  ['dsp', ['dsp', 'npu']],
  ['gpu+dla', ['gpu']],
])

/** The id of the unit that a row means; `null` when the device has none of them. */
export function unitOf(units: readonly { readonly id: string }[], text: string): string | null {
  const candidates = alternatives.get(text) ?? [text]
  return candidates.find((candidate) => units.some(({ id }) => id === candidate)) ?? null
}
