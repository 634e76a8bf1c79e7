/** A placed run as tasks on lanes: kernels, invocations, crossings, inputs and outputs over the link. */
import { traceDataflow } from '../cost/dataflow.ts'
import type { Crossing } from './crossing.ts'
import { partOfOperators, sourcesOf } from './crossing.ts'
import type { Task } from './schedule.ts'
import type { PlacedSimulation } from './simulate-placed.ts'

export const linkLane = 'link'

/** Their times add up to the latency. */
export function tasksOf(simulation: PlacedSimulation): readonly Task[] {
  const { workload, fallback, resolved, run, kernels } = simulation
  const unitLane = resolved.target.unit.id
  const isFree = fallback?.isFree ?? traceDataflow(workload.summary, workload.fusionProfile).free
  const sources = sourcesOf(workload.summary, isFree)
  const kernelOf = new Map(workload.kernels.flatMap(({ operators }, index) => operators.map((each) => [each, index])))
  const tasks: Task[] = []
  const add = (task: Task): number => tasks.push(task) - 1

  const boundary =
    run.linkS === 0
      ? []
      : [add({ name: 'inputs and outputs', kind: 'boundary', lane: linkLane, timeS: run.linkS, after: [] })]
  const interpreter =
    fallback === null || fallback.interpreterS === 0
      ? []
      : [start('interpreter', fallback.resolved.target.unit.id, fallback.interpreterS, [])]
  const parts = fallback?.partitions ?? [{ side: 'unit' as const, operators: [] }]
  const partOf = fallback === null ? null : partOfOperators(workload.summary, fallback.partitions)
  const taskOfKernel = new Map<number, number>()
  /** By the tensor and the side that it has been brought to. */
  const broughtBy = new Map<string, number>()

  parts.forEach(({ side }, part) => {
    const lane = side === 'unit' ? unitLane : (fallback?.resolved.target.unit.id ?? unitLane)
    for (const [index, crossing] of (fallback?.crossings ?? []).entries()) {
      if (crossing.to !== part) continue
      const arrived = cross(crossing, index)
      for (const tensor of crossing.tensors) broughtBy.set(`${tensor} ${side}`, arrived)
    }
    const begins =
      side === 'fallback'
        ? interpreter
        : [start(`part ${part + 1}`, lane, fallback?.invokeS ?? run.overheadS, [...boundary, ...interpreter])]
    workload.kernels.forEach((kernel, index) => {
      if (fallback !== null && fallback.partOfKernel[index] !== part) return
      const after = new Set(begins)
      for (const operator of kernel.operators) {
        for (const { tensor, operator: from } of sources(operator)) {
          const producer = kernelOf.get(from)
          if (producer === index || producer === undefined) continue
          const isElsewhere = partOf !== null && parts[partOf[from] ?? -1]?.side !== side
          const needed = isElsewhere ? broughtBy.get(`${tensor} ${side}`) : taskOfKernel.get(producer)
          if (needed !== undefined) after.add(needed)
        }
      }
      const timeS = kernels.totalS[index] ?? 0
      taskOfKernel.set(index, add({ name: kernel.name, kind: 'kernel', lane, of: index, timeS, after: [...after] }))
    })
  })
  return tasks

  function start(name: string, lane: string, timeS: number, after: readonly number[]): number {
    return add({ name, kind: 'invocation', lane, timeS, after })
  }

  function cross({ from, to, tensors, linkS, copyS }: Crossing, of: number): number {
    const made = new Set<number>()
    for (const kernel of taskOfKernel.keys()) {
      const writes = workload.kernels[kernel]?.operators.flatMap(
        (operator) => workload.summary.operators[operator]?.outputs ?? [],
      )
      const task = taskOfKernel.get(kernel)
      if (task !== undefined && writes?.some((tensor) => tensors.includes(tensor))) made.add(task)
    }
    const name = `part ${from + 1} to ${to + 1}`
    const processor = fallback?.resolved.target.unit.id ?? unitLane
    const copy = { name, kind: 'crossing', lane: processor, of, timeS: copyS } as const
    if (linkS === 0) return add({ ...copy, after: [...made] })
    const overLink = { name, kind: 'crossing', lane: linkLane, of, timeS: linkS } as const
    // The processor copies on its own side of the link.
    if (parts[to]?.side === 'unit') return add({ ...overLink, after: [add({ ...copy, after: [...made] })] })
    return add({ ...copy, after: [add({ ...overLink, after: [...made] })] })
  }
}
