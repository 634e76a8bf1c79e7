/** What a compiler for one accelerator left in place of the operators that run there: it tells nothing of its work. */
import { unknownWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { unknownTensor } from '../value-type.ts'

export const acceleratorOperators: OperatorFamily = {
  AcceleratorProgram: entry('accelerator-program', {
    class: 'unknown',
    infer: ({ node }) => node.outputs.map(() => unknownTensor),
    work: () => unknownWork,
  }),
}
