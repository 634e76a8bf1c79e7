/**
 * `npm run conformance -- FOLDER`: shape inference against a folder of ONNX backend tests. Names every model whose outputs are
 * not reproduced; ends with 1 when they are more than one in a hundred.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runConformance } from './conformance/run.ts'

const leastShare = 0.99

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: npm run conformance -- FOLDER')
const results = await runConformance(pathToFileURL(`${resolve(folder)}/`))
const others = results.filter(({ reason }) => reason !== null)
for (const { model, reason } of others) console.log(`${model}: ${reason}`)
const reproduced = results.length - others.length
console.log(`${reproduced} of ${results.length} models give the outputs of their runs`)
process.exitCode = reproduced >= leastShare * results.length ? 0 : 1
