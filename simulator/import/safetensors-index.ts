/**
 * `model.safetensors.index.json`: which file of a sharded model holds which tensor, and the bytes of all of them. There are
 * no shapes in it; a `config.json` beside it gives the graph (`beside.ts`).
 */
import type { ByteSource } from './byte-source.ts'
import { looksLike, readDocument } from './document.ts'
import type { ModelReader, ParsedModel } from './reader.ts'
import { noGraph, tableGraph } from './tensor-table.ts'

export const safetensorsIndexReader: ModelReader = {
  format: 'safetensors-index',
  match: (head) => looksLike(head, 'weight_map', 'total_size'),
  open: openIndex,
}

/** Throws `invalid-json` and `invalid-field`. */
async function openIndex(source: ByteSource, name: string | null): Promise<ParsedModel> {
  const fields = await readDocument(source)
  const map = fields.object('weight_map')
  const files = new Set(map.names.map((tensor) => map.text(tensor)))
  return {
    format: 'safetensors-index',
    graph: tableGraph(name ?? 'safetensors', []),
    fileBytes: source.size,
    weightBytes: fields.object('metadata').count('total_size'),
    weightBytesByDtype: null,
    producer: null,
    nodes: 0,
    nodesAllGraphs: 0,
    problems: [
      noGraph(
        `the names of ${map.names.length} tensors in ${files.size} files`,
        'Give the config.json of the model too.',
      ),
    ],
  }
}
