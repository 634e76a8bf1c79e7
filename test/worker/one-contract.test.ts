/** The same question asked of API, command line and portal has the same bytes as its answer. */
import { describe, expect, inject, test } from 'vitest'
import { canonicalJson } from '../../simulator/json.ts'
import { post } from './support/api.ts'

const answers = inject('sameAnswers')

describe.for(answers)('$question.preset on $question.device', ({ question, sim, fit, portal }) => {
  const { preset, device, options, budget } = question
  const body = { model: `preset:${preset}`, device, ...options }

  test('/v1/simulate answers as sim --json', async () => {
    const response = await post('/v1/simulate', { ...body, placement: {} })
    expect(await response.text()).toBe(sim)
  })

  test('/v1/fit answers as fit --json', async () => {
    const response = await post('/v1/fit', { ...body, budget })
    expect(await response.text()).toBe(fit)
  })

  test.skipIf(portal === null)('the portal answers as the API', async () => {
    const answer = await (await post('/v1/fit', { ...body, budget })).json<{ fit: unknown; prediction: unknown }>()
    expect(portal?.prediction).toBe(canonicalJson(answer.prediction))
    if (portal?.fit != null) expect(portal.fit).toBe(canonicalJson(answer.fit))
  })
})
