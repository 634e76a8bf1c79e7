/**
 * Times edge runs, one after the other: a queue in its own storage, worked off by an alarm.
 *
 * An alarm runs at least once and survives restarts, so a run that was accepted is finished even when the process that
 * accepted it is gone (docs/adr/0002-edge-timing.md). State that people read lives in D1.
 */
import { DurableObject } from 'cloudflare:workers'
import { type Problem, problem } from '../../simulator/problem.ts'
import { makeRandom } from '../../simulator/random.ts'
import { engineVersion } from '../../simulator/version.gen.ts'
import type { Bindings } from '../bindings.ts'
import { openDatabase } from '../store/database.ts'
import {
  type EdgeRunOrder,
  type EdgeRunResult,
  finishEdgeRun,
  insertEdgeRun,
  startEdgeRun,
} from '../store/edge-runs.ts'
import { measure, method } from './protocol.ts'
import type { InferenceRunner } from './runner.ts'

/** About two minutes of work in front of whoever asks last. */
const maxQueued = 10
/** The answer to the request that started a run goes out before the run takes the thread. */
const startDelayMs = 50
/** Deliveries of one alarm before its run is given up: the process died, or storage failed, every time. */
const maxDeliveries = 3
const queuePrefix = 'queue:'
const orderSeed = 1

export class EdgeRunCoordinator extends DurableObject<Bindings> {
  /** `false` when the queue is full; nothing is stored then. */
  async enqueue(order: EdgeRunOrder): Promise<boolean> {
    if ((await this.#queue()).length >= maxQueued) return false
    await insertEdgeRun(openDatabase(this.env.DB), order)
    await this.ctx.storage.put(`${queuePrefix}${Date.now().toString().padStart(15, '0')}:${order.id}`, order)
    await this.#wake()
    return true
  }

  override async alarm(delivery?: AlarmInvocationInfo): Promise<void> {
    const [next] = await this.#queue()
    if (next === undefined) return
    const [key, order] = next
    const db = openDatabase(this.env.DB)
    if ((delivery?.retryCount ?? 0) >= maxDeliveries) {
      await finishEdgeRun(db, order.id, 'failed', { problem: runnerFailed('the run was interrupted every time') })
    } else if (await startEdgeRun(db, order.id)) {
      const { status, result } = await run(this.env.RUNNER.getByName(order.colo ?? 'local'), order)
      await finishEdgeRun(db, order.id, status, result)
    }
    await this.ctx.storage.delete(key)
    await this.#wake()
  }

  async #queue(): Promise<[key: string, order: EdgeRunOrder][]> {
    return [...(await this.ctx.storage.list<EdgeRunOrder>({ prefix: queuePrefix }))]
  }

  async #wake(): Promise<void> {
    if ((await this.#queue()).length === 0) return
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + startDelayMs)
  }
}

interface Outcome {
  readonly status: 'done' | 'failed'
  readonly result: Partial<EdgeRunResult>
}

/** A runner that breaks is bad news about this run, so it becomes a value. */
async function run(runner: DurableObjectStub<InferenceRunner>, order: EdgeRunOrder): Promise<Outcome> {
  try {
    const { outputs, versions } = await runner.load(order.presetId)
    const stopwatch = {
      call: (k: number) => runner.run(k),
      rest: (ms: number) => scheduler.wait(ms),
      now: () => performance.now(),
    }
    const options = { repeats: order.repeats, random: makeRandom(orderSeed) }
    const { problem: refusal, ...figures } = await measure(stopwatch, options)
    await runner.release()
    const result: EdgeRunResult = {
      ...figures,
      valid: refusal === null,
      problem: refusal,
      method,
      outputs: [...outputs],
      versions: { ...versions, engine: engineVersion },
    }
    return { status: 'done', result }
  } catch (error) {
    return { status: 'failed', result: { problem: runnerFailed(String(error)) } }
  }
}

function runnerFailed(reason: string): Problem {
  return problem('runner-failed', 'Try again; if it keeps failing, report the model and the versions.', {
    where: 'runner',
    received: reason.slice(0, 300),
  })
}
