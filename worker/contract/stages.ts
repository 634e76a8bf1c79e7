/** What an application does around the network, as it is asked for. Plain zod, as in `question.ts`. */
import { z } from 'zod'
import { stageIds } from '../../simulator/placement/stages.ts'

export const stageIdSchema = z.enum(stageIds)
export const pixelsSchema = z.number().int().min(1).max(1e9)
export const elementsSchema = z.number().int().min(1).max(1e9)
export const stageTimeMsSchema = z.number().min(0).max(1e6)

export const stageWishesSchema = z
  .strictObject({
    cameraPixels: pixelsSchema.optional().meta({ description: 'Of one frame; 1280×720 by default.' }),
    stages: z
      .array(
        z.strictObject({
          id: stageIdSchema,
          elements: elementsSchema.optional(),
          timeMs: stageTimeMsSchema.optional().meta({ description: '0 leaves the stage out.' }),
        }),
      )
      .max(stageIds.length)
      .readonly()
      .optional()
      .meta({ description: 'In place of, or beside, the stages that the shape of the input suggests; of one item.' }),
  })
  .meta({ id: 'StageWishes' })
