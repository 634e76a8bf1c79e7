/** `edgefit predict` on 1,000 pairs: the command as a person runs it, start-up included, and the work alone. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { catalog } from '../../cli/catalog.ts'
import { answerTable } from '../../cli/commands/predict.ts'
import { presets } from '../../model-zoo/index.ts'
import { csvText } from '../../simulator/report/csv.ts'
import { median } from '../../simulator/statistics.ts'

const pairCount = 1000
const repeats = 3

export async function benchPredict(): Promise<{ name: string; value: number; unit: string }[]> {
  const csv = csvText(makePairs())
  const folder = await mkdtemp(join(tmpdir(), 'edgefit-bench-'))
  try {
    const input = join(folder, 'pairs.csv')
    await writeFile(input, csv)
    const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))
    const argv = [main, 'predict', '--pairs', input, '--out', join(folder, 'answers.csv')]
    const command = await medianMs(() => execFileSync(process.execPath, argv, { stdio: 'ignore' }))
    const work = await medianMs(() => answerTable(csv))
    const { answered } = await answerTable(csv)
    return [
      { name: 'predict 1,000 pairs, the whole command', value: command, unit: 'ms' },
      { name: 'predict 1,000 pairs, warm process', value: work, unit: 'ms' },
      { name: 'predict 1,000 pairs, answered', value: answered, unit: 'rows' },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Every device in turn with presets in steps that meet each of them; batches as published results use them. */
function makePairs(): string[][] {
  const ids = [...presets.keys()]
  const batches = ['', '1', '8', '32']
  const rows = Array.from({ length: pairCount }, (_, index) => [
    ids[(index * 7) % ids.length] ?? '',
    catalog[index % catalog.length]?.id ?? '',
    batches[index % batches.length] ?? '',
  ])
  return [['preset_id', 'device_id', 'batch'], ...rows]
}

async function medianMs(run: () => unknown): Promise<number> {
  const times: number[] = []
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return median(times)
}
