/** Operators of Core ML: layers of networks under `coreml.`, operations of ML Programs under `mil.`. */
import type { OperatorTable } from '../operator.ts'
import { layerConvolutions, programConvolutions } from './coreml-convolution.ts'
import { layerElementwise, programElementwise } from './coreml-elementwise.ts'
import { layerGathers, programGathers } from './coreml-gather.ts'
import { layerGenerators, programGenerators } from './coreml-generate.ts'
import { layerLayouts, programLayouts } from './coreml-layout.ts'
import { programLists } from './coreml-list.ts'
import { layerProducts, programProducts } from './coreml-matmul.ts'
import {
  layerNormalizations,
  layerReductions,
  programNormalizations,
  programReductions,
} from './coreml-normalization.ts'
import { layerPoolings, programPoolings } from './coreml-pooling.ts'
import { layerRecurrent, programRecurrent } from './coreml-recurrent.ts'
import { layerResizes, programResizes } from './coreml-resize.ts'
import { layerSlices, programSlices } from './coreml-slice.ts'
import { layerViews, programViews } from './coreml-view.ts'
import { underPrefix } from './standard.ts'

/** Networks compute in 32-bit floats, whatever they are given. */
const layers = underPrefix('coreml', 'float32', {
  ...layerConvolutions,
  ...layerElementwise,
  ...layerGathers,
  ...layerGenerators,
  ...layerLayouts,
  ...layerNormalizations,
  ...layerPoolings,
  ...layerProducts,
  ...layerRecurrent,
  ...layerReductions,
  ...layerResizes,
  ...layerSlices,
  ...layerViews,
})

/** Programs declare the type of every value. */
const programs = underPrefix('mil', null, {
  ...programConvolutions,
  ...programElementwise,
  ...programGathers,
  ...programGenerators,
  ...programLayouts,
  ...programLists,
  ...programNormalizations,
  ...programPoolings,
  ...programProducts,
  ...programRecurrent,
  ...programReductions,
  ...programResizes,
  ...programSlices,
  ...programViews,
})

export const coremlOperators: OperatorTable = { ...layers, ...programs }
