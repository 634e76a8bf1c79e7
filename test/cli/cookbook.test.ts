/** The commands of docs/cookbook.md run, and say what an engineer of the field would want to know. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runEdgefit } from './run-edgefit.ts'

const page = readFileSync(fileURLToPath(new URL('../../docs/cookbook.md', import.meta.url)), 'utf8')
const recipes = [...page.matchAll(/```sh\nedgefit (.+)\n```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, command, answer]) => ({
    command: command ?? '',
    answer: answer ?? '',
  }),
)

/** By the words of the command: what has to be in the answer, whatever the figures. */
const expected: readonly (readonly [RegExp, readonly RegExp[]])[] = [
  [
    /^fit .*jetson.* --fps 30 --max-power-w 10$/,
    [
      /throughput at least 30 \/s/,
      /power at most 10 W/,
      /at 30 \/s it is busy .*: idling .* W .*, inferring/,
      /bound by/,
    ],
  ],
  [
    /^modes .*jetson/,
    [/^\* +\S+W /m, /power at 30 \/s/, /can be sustained/, /°C inside/, /thermal\.bodyResistanceCPerW .* derived/],
  ],
  [
    /^modes preset:ds-cnn-kws/,
    [/CR2032 .* 2 years wanted/, /\/s lasts 2 years/, /the cell shows [\d.]+ V/, /busy .* of the time/],
  ],
  [/^whatif .*"link=USB 2"$/, [/^link=USB 2 +slower/m, /link [\d.]+ [µm]s → [\d.]+ ms/]],
  [
    /^whatif .*device=iphone-15-pro$/,
    [/^device=iphone-15-pro/m, /on iphone-15-pro: npu, coreml/, /Google Pixel 8 .*: tpu/],
  ],
  [
    /^fit .*tesla-fsd-hw3/,
    [
      /latency at most 33 ms/,
      /LAT-5 latency/,
      /binds$/m,
      /of the hardware idle/,
      /FACT-1 peak .*vendor/,
      /docs\/method\/latency\.md/,
    ],
  ],
  [/^whatif preset:mobilenet-v2-1.0 --device jetson-orin-nano-8gb$/, [/^precision=fp16/m, /would not help/, /2:4/]],
  [/--try precision=fp16,prune/, [/All together/, /as it is/, /together/, /channels left/]],
]

test('the cookbook has a command for every expectation, and an expectation for every command', () => {
  for (const { command } of recipes) {
    expect(
      expected.filter(([words]) => words.test(command)),
      command,
    ).toHaveLength(1)
  }
  expect(recipes).toHaveLength(expected.length)
})

describe('the cookbook', { timeout: 60_000 }, () => {
  test.concurrent.each(recipes)('$command', async ({ command, answer }) => {
    const argv = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
    const { code, stdout, stderr } = await runEdgefit(argv)
    expect(stderr).toBe('')
    expect([0, 1, 2]).toContain(code)
    const wanted = expected.find(([words]) => words.test(command))?.[1] ?? []
    for (const pattern of wanted) expect(stdout).toMatch(pattern)
    // The page shows the same kind of answer; its figures are those of the day it was written.
    for (const pattern of wanted) expect(answer).toMatch(pattern)
  })
})
