/** One question, asked of the command line and of the portal's model service; the Worker is asked in `test/worker/`. */
import { catalogVersion, findDevice, publishedDevices, runtimes } from '../../device-catalog/index.ts'
import { networks } from '../../device-catalog/networks.ts'
import { publishRuntimes } from '../../device-catalog/published-form.ts'
import type { Budget } from '../../simulator/decide/budget.ts'
import { canonicalJson } from '../../simulator/json.ts'
import type { TargetChoice } from '../../web/app/state/portal-state.ts'
import { makeModelService } from '../../web/app/workers/make-model-service.ts'
import { runEdgefit } from '../cli/run-edgefit.ts'

export interface SameQuestion {
  readonly preset: string
  readonly device: string
  /** As the API takes it, beside model and device. */
  readonly options: Readonly<Record<string, string | number>>
  readonly argv: readonly string[]
  /** `null` = the portal has no field for one of the options. */
  readonly choice: TargetChoice | null
  readonly budget: Budget
  readonly limits: readonly string[]
}

const budget = { maxLatencyMs: 33, maxPowerW: 10 }
const limits = ['--max-latency-ms', '33', '--max-power-w', '10']

const sameQuestions: readonly SameQuestion[] = [
  { preset: 'resnet8-ic', device: 'jetson-nano', options: {}, argv: [], choice: {}, budget, limits },
  {
    preset: 'mobilenet-v2-1.0',
    device: 'jetson-orin-nano-8gb',
    options: { precision: 'fp16', batch: 4, powerMode: '15W' },
    argv: ['--precision', 'fp16', '--batch', '4', '--mode', '15W'],
    choice: { precision: 'fp16', batch: 4, powerMode: '15W' },
    budget,
    limits,
  },
  {
    preset: 'mobilenet-v1-0.25',
    device: 'coral-usb-accelerator',
    options: { link: 'USB 2' },
    argv: ['--link', 'USB 2'],
    choice: null,
    budget,
    limits,
  },
  {
    preset: 'ds-cnn-kws',
    device: 'raspberry-pi-4b',
    options: { unit: 'cpu', threads: 2 },
    argv: ['--unit', 'cpu', '--threads', '2'],
    choice: null,
    budget,
    limits,
  },
  {
    preset: 'tinyllama-1.1b',
    device: 'jetson-nano',
    options: { promptTokens: 64, contextTokens: 256, cacheFormat: 'int8' },
    argv: ['--prompt-tokens', '64', '--context', '256', '--kv-cache', 'int8'],
    choice: null,
    budget,
    limits,
  },
]

export interface SameAnswers {
  readonly question: SameQuestion
  /** Standard output of `sim --json` and `fit --json`. */
  readonly sim: string
  readonly fit: string
  /** Canonical JSON of `prediction` and `fit` in the portal; `null` where it was not asked. */
  readonly portal: { readonly prediction: string; readonly fit: string | null } | null
}

/** One after another: the machine may be small. */
export async function answerOutsideTheWorker(): Promise<readonly SameAnswers[]> {
  const answers: SameAnswers[] = []
  for (const question of sameQuestions) {
    const target = [`preset:${question.preset}`, '--device', question.device, ...question.argv, '--json']
    const [sim, fit] = await Promise.all([
      runEdgefit(['sim', ...target]),
      runEdgefit(['fit', ...target, ...question.limits]),
    ])
    answers.push({
      question,
      sim: sim.stdout.trimEnd(),
      fit: fit.stdout.trimEnd(),
      portal: await answerInPortal(question),
    })
  }
  return answers
}

async function answerInPortal({ preset, device, choice, budget }: SameQuestion): Promise<SameAnswers['portal']> {
  const segment = findDevice(device)?.segment
  if (choice === null || segment === undefined) return null
  const service = makeModelService(
    () => {},
    async () => ({ catalogVersion, ...publishRuntimes(runtimes), devices: publishedDevices, networks }),
  )
  const { summary, id } = await service.openPreset(preset)
  const question = { summary, modelId: id, preset, device, choice, whatIf: {}, ownResults: [] }
  const { prediction } = await service.workbench(question)
  // The list of devices asks each for its preferred target only.
  const isPreferred = Object.keys(choice).length === 0
  const { rows } = isPreferred ? await service.answer(summary, budget, [segment], []) : { rows: [] }
  const row = rows.find(({ prediction: { deviceId } }) => deviceId === device)
  return { prediction: canonicalJson(prediction), fit: row === undefined ? null : canonicalJson(row.fit) }
}
