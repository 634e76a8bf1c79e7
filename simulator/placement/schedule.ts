/** Work on several lanes that wait for each other (docs/method/placement.md, PLACE-6, PLACE-7). */

export interface Task {
  readonly name: string
  readonly kind: 'kernel' | 'invocation' | 'crossing' | 'boundary'
  readonly lane: string
  /** Index of the kernel or of the crossing that it is; left out = neither. */
  readonly of?: number
  readonly timeS: number
  /** Indices of earlier tasks whose results it needs. */
  readonly after: readonly number[]
}

interface Span {
  readonly startS: number
  readonly endS: number
}

export interface Schedule {
  /** In the order of the tasks. */
  readonly spans: readonly Span[]
  readonly makespanS: number
  /** The longest chain of tasks that wait for each other, as if every lane were free. */
  readonly criticalPathS: number
  /** One after the other. */
  readonly sumS: number
  readonly busyS: ReadonlyMap<string, number>
}

/** In list order, each as soon as its inputs are there and its lane is free. */
export function schedule(tasks: readonly Task[]): Schedule {
  const spans: Span[] = []
  const pathS: number[] = []
  const laneFreeS = new Map<string, number>()
  const busyS = new Map<string, number>()
  let sumS = 0
  tasks.forEach(({ lane, timeS, after }, index) => {
    let readyS = 0
    let longestS = 0
    for (const before of after) {
      if (before >= index) throw new Error('a task comes after what it needs')
      readyS = Math.max(readyS, spans[before]?.endS ?? 0)
      longestS = Math.max(longestS, pathS[before] ?? 0)
    }
    const startS = Math.max(readyS, laneFreeS.get(lane) ?? 0)
    const endS = startS + timeS
    spans.push({ startS, endS })
    pathS.push(longestS + timeS)
    laneFreeS.set(lane, endS)
    busyS.set(lane, (busyS.get(lane) ?? 0) + timeS)
    sumS += timeS
  })
  const makespanS = spans.reduce((latest, { endS }) => Math.max(latest, endS), 0)
  const criticalPathS = pathS.reduce((longest, each) => Math.max(longest, each), 0)
  return { spans, makespanS, criticalPathS, sumS, busyS }
}
