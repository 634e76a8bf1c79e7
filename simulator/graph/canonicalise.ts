/**
 * Canonical form: exporters differ, networks do not (docs/method/canonical-form.md). Each pass is one way in which files of
 * one network differ; all are linear in operators and edges.
 */
import type { BoundGraph } from './bound.ts'
import { recogniseActivations } from './canonicalise/activations.ts'
import { foldAffine } from './canonicalise/affine.ts'
import type { Draft } from './canonicalise/draft.ts'
import { draftOf } from './canonicalise/draft-of.ts'
import { dropIdentities } from './canonicalise/identities.ts'
import { recogniseNormalizations } from './canonicalise/normalizations.ts'
import { foldPadding } from './canonicalise/padding.ts'
import { recogniseGlobalPooling } from './canonicalise/pooling.ts'
import { reduceQuantization } from './canonicalise/quantization.ts'
import { normaliseLayout } from './canonicalise/transposes.ts'

type Pass = (draft: Draft) => void

/** In order: what a later pass looks for stands bare once the earlier ones are through. */
const passes: readonly Pass[] = [
  dropIdentities,
  reduceQuantization,
  normaliseLayout,
  foldPadding,
  recogniseActivations,
  recogniseNormalizations,
  recogniseGlobalPooling,
  foldAffine,
]

export function canonicalForm(bound: BoundGraph): Draft {
  const draft = draftOf(bound)
  for (const pass of passes) pass(draft)
  return draft
}
