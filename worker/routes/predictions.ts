import { OpenAPIHono } from '@hono/zod-openapi'
import { presetIdOf } from '../../model-zoo/preset-name.ts'
import { fitAtRate } from '../../simulator/decide/fit-at-rate.ts'
import { asPublished } from '../../simulator/json.ts'
import type { AppEnv } from '../bindings.ts'
import * as fit from '../contract/fit.ts'
import { listPredictions } from '../contract/prediction.ts'
import { simulate, simulateBatch } from '../contract/simulation.ts'
import { answerAll, answerOne } from '../models/answer.ts'
import { answerPlacement } from '../models/placement.ts'
import { presetModel } from '../models/presets.ts'
import { requireDevice } from '../models/require-device.ts'
import { openDatabase } from '../store/database.ts'
import * as store from '../store/predictions.ts'
import { rowOfCursor } from './page.ts'

export const predictionRoutes = new OpenAPIHono<AppEnv>()
  .openapi(simulate, async (c) => {
    const { placement: stages, ...request } = c.req.valid('json')
    const db = openDatabase(c.env.DB)
    const prediction = await answerOne(db, request)
    // The passes of a language model are many: none of them is the one to place.
    if (stages === undefined || 'step' in prediction) return c.json(prediction, 200)
    return c.json(asPublished({ ...prediction, placement: await answerPlacement(db, request, stages) }), 200)
  })
  .openapi(simulateBatch, async (c) => {
    const { points } = c.req.valid('json')
    return c.json({ results: await answerAll(openDatabase(c.env.DB), points) }, 200)
  })
  .openapi(fit.checkFit, async (c) => {
    const { budget, ratePerS = null, ...request } = c.req.valid('json')
    const prediction = await answerOne(openDatabase(c.env.DB), request)
    const priceUsd = requireDevice(request.device).priceUsd?.value ?? null
    return c.json({ fit: asPublished(fitAtRate(prediction, budget, ratePerS, priceUsd)), prediction }, 200)
  })
  .openapi(listPredictions, async (c) => {
    const { model, device, limit, cursor } = c.req.valid('query')
    const presetId = presetIdOf(model)
    const modelId = presetId === null ? model : (await presetModel(presetId)).modelId
    const filter = { modelId, deviceId: device, afterRow: rowOfCursor(cursor), limit }
    const { items, nextRow } = await store.listPredictions(openDatabase(c.env.DB), filter)
    return c.json({ items, nextCursor: nextRow === null ? null : String(nextRow) }, 200)
  })
