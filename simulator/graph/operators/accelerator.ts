/** What a compiler for one accelerator left in place of the operators that run there: it tells nothing of its work. */
import { type OperatorTable, unknownWork } from '../operator.ts'
import { unknownTensor } from '../value-type.ts'

export const acceleratorOperators: OperatorTable = {
  AcceleratorProgram: {
    class: 'unknown',
    infer: ({ node }) => node.outputs.map(() => unknownTensor),
    work: () => unknownWork,
  },
}
