/** Typed calls into a Web Worker: plain data in, plain data or a problem out, progress in between. */
import { type Problem, ProblemError, problem } from '../../../simulator/problem.ts'

export interface Progress {
  readonly stage: 'opening' | 'reading' | 'shapes' | 'counting' | 'devices'
  /** Done share of the stage; `null` = not known. */
  readonly share: number | null
}

export type ReportProgress = (progress: Progress) => void

/** Arguments are typed by each service; here they are only carried. */
type Service = Record<string, (...args: readonly unknown[]) => unknown>

type Remote<Methods extends object> = {
  readonly [Name in keyof Methods]: Methods[Name] extends (...args: infer Arguments) => infer Result
    ? (...args: Arguments) => Promise<Awaited<Result>>
    : never
}

interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

type Reply =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'problem'; readonly id: number; readonly problem: Problem }
  | { readonly kind: 'progress'; readonly progress: Progress }

interface Port {
  onmessage: ((event: MessageEvent) => void) | null
  postMessage(message: unknown): void
}

/** Inside the worker: answers calls with the methods of the service. */
export function serve(port: Port, makeService: (report: ReportProgress) => object): void {
  const reply = (message: Reply) => port.postMessage(message)
  // The caller's `Remote` type is made from the same service, so every method it can name exists.
  const service = makeService((progress) => reply({ kind: 'progress', progress })) as Service
  port.onmessage = (event: MessageEvent<Call>) => {
    const { id, method, args } = event.data
    void answer(service, method, args).then(
      (value) => reply({ kind: 'result', id, value }),
      (error: unknown) => reply({ kind: 'problem', id, problem: asProblem(error) }),
    )
  }
}

async function answer(service: Service, method: string, args: readonly unknown[]): Promise<unknown> {
  const call = service[method]
  if (call === undefined) throw new Error(`the worker has no method ${method}`)
  return await call(...args)
}

export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  return problem('internal', 'Report this with the model, if you can. Other models still work.', {
    received: error instanceof Error ? error.message : String(error),
  })
}

export interface Connection<Methods extends object> {
  readonly remote: Remote<Methods>
  /** Ends what is running; its callers get `cancelled`. The next call starts a fresh worker. */
  cancel(): void
}

/** A call that its caller ended; not a problem to show. */
export class Cancelled extends Error {}

/** Outside: starts the worker on the first call, and again after a crash or `cancel`. */
export function connect<Methods extends object>(
  spawn: () => Worker,
  onProgress: (progress: Progress | null) => void,
): Connection<Methods> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let worker: Worker | null = null
  let lastId = 0

  function stop(error: Error) {
    worker?.terminate()
    worker = null
    onProgress(null)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  function start(): Worker {
    const started = spawn()
    started.onmessage = (event: MessageEvent<Reply>) => {
      const message = event.data
      if (message.kind === 'progress') return onProgress(message.progress)
      const caller = waiting.get(message.id)
      waiting.delete(message.id)
      if (waiting.size === 0) onProgress(null)
      if (message.kind === 'result') caller?.resolve(message.value)
      else caller?.reject(new ProblemError(message.problem))
    }
    started.onerror = (event) => {
      event.preventDefault()
      stop(
        new ProblemError(
          problem('internal', 'The part that reads models stopped. It starts again with your next step.', {
            received: event.message,
          }),
        ),
      )
    }
    return started
  }

  const remote = new Proxy(
    {},
    {
      get:
        (_, method: string) =>
        (...args: readonly unknown[]) =>
          new Promise((resolve, reject) => {
            worker ??= start()
            lastId += 1
            waiting.set(lastId, { resolve, reject })
            worker.postMessage({ id: lastId, method, args } satisfies Call)
          }),
    },
  ) as Remote<Methods> // every property is a call of the method it names
  return { remote, cancel: () => stop(new Cancelled('cancelled')) }
}
