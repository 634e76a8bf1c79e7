/** Every sentence of the portal in English. Other languages satisfy `Messages`; a missing key is a type error. */
import { accuracy } from './en/accuracy.ts'
import { answer } from './en/answer.ts'
import { baseline } from './en/baseline.ts'
import { documents } from './en/documents.ts'
import { edgeCloud } from './en/edge-cloud.ts'
import { graph } from './en/graph.ts'
import { models } from './en/models.ts'
import { ownResults } from './en/own-results.ts'
import { placement } from './en/placement.ts'
import { question } from './en/question.ts'
import { shell } from './en/shell.ts'
import { stages } from './en/stages.ts'
import { verify } from './en/verify.ts'
import { vocabulary } from './en/vocabulary.ts'
import { whatIf } from './en/what-if.ts'
import { workbench } from './en/workbench.ts'

export const en = {
  ...shell,
  ...vocabulary,
  ...question,
  ...answer,
  ...workbench,
  ...placement,
  ...stages,
  ...graph,
  ...verify,
  ...baseline,
  ...ownResults,
  ...whatIf,
  ...edgeCloud,
  ...accuracy,
  ...documents,
  ...models,
}

export type Messages = typeof en
