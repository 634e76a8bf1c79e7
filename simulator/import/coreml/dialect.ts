/** Core ML's operators in the one vocabulary: layers of networks under `coreml.`, operations of ML Programs under `mil.`. */
import type { Dialect } from '../../graph/dialect.ts'
import { layerConvolutions, programConvolutions } from './operators/convolution.ts'
import { layerElementwise, programElementwise } from './operators/elementwise.ts'
import { layerGathers, programGathers } from './operators/gather.ts'
import { layerGenerators, programGenerators } from './operators/generate.ts'
import { layerLayouts, programLayouts } from './operators/layout.ts'
import { programLists } from './operators/list.ts'
import { underPrefix } from './operators/lowered.ts'
import { layerProducts, programProducts } from './operators/matmul.ts'
import {
  layerNormalizations,
  layerReductions,
  programNormalizations,
  programReductions,
} from './operators/normalization.ts'
import { layerPoolings, programPoolings } from './operators/pooling.ts'
import { layerRecurrent, programRecurrent } from './operators/recurrent.ts'
import { layerResizes, programResizes } from './operators/resize.ts'
import { layerSlices, programSlices } from './operators/slice.ts'
import { layerViews, programViews } from './operators/view.ts'

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

export const coremlDialect: Dialect = {
  operators: new Map([...layers, ...programs]),
  control: new Map([
    ['coreml.branch', 'if'],
    ['coreml.loop', 'counted-loop'],
    ['mil.cond', 'if'],
    ['mil.while_loop', 'while'],
  ]),
  /** Programs add floats only, and networks keep no integers but packed weights of 8 bits and less. */
  integerBiases: new Set(),
}
