/** The network as a drawing. */
import { plural } from './words.ts'

export const graph = {
  graph: {
    title: 'Graph',
    summary: (kernels: number, operators: number, layers: number, elsewhere: number) =>
      `${kernels} ${plural(kernels, 'kernel')} of ${operators} ${plural(operators, 'operator')} in ${layers} ${plural(layers, 'layer')}${elsewhere === 0 ? '.' : `, ${elsewhere} on another unit.`}`,
    keys: 'Up and down follow the execution order. Left and right move within a layer; Home and End go to its ends.',
    operators: 'Operators',
    fused: (first: string, count: number) => `${first} + ${count - 1}`,
    reads: 'Reads from',
    moved: 'Moved',
    losses: 'Idle lanes',
  },
}
