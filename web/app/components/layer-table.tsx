import { useState } from 'react'
import type { Layer } from '../../../simulator/graph/diff.ts'
import { csvText } from '../../../simulator/report/csv.ts'
import { type LayerColumn, type LayerSort, layerColumns, sortLayers } from '../answer/layer-order.ts'
import { useText } from '../i18n/use-text.ts'
import { saveFile } from '../state/save-file.ts'

const shownAtFirst = 20

const figures: readonly LayerColumn[] = ['order', 'params', 'macs', 'weightBytes', 'activationBytes']

/** Every layer with its work and bytes; the twin of the charts above it. */
export function LayerTable({ layers, name }: { layers: readonly Layer[]; name: string }) {
  const text = useText().model.table
  const [sort, setSort] = useState<LayerSort>({ column: 'order', descending: false })
  const [all, setAll] = useState(false)
  const sorted = sortLayers(layers, sort)
  const shown = all ? sorted : sorted.slice(0, shownAtFirst)
  const turn = (column: LayerColumn) =>
    setSort({
      column,
      descending: sort.column === column ? !sort.descending : column !== 'order' && figures.includes(column),
    })
  return (
    <section className="section mt-8" aria-labelledby="layers">
      <div className="section-head">
        <h2 id="layers">{text.title}</h2>
        <span className="note">{text.note(shown.length, layers.length)}</span>
        <span className="flex gap-3 text-note">
          {layers.length > shownAtFirst && (
            <button type="button" className="link" onClick={() => setAll(!all)}>
              {all ? text.fewer : text.all}
            </button>
          )}
          <button
            type="button"
            className="link"
            onClick={() => saveFile(layersCsv(layers), `edgefit-${name}-layers.csv`, 'text/csv')}
          >
            {text.csv}
          </button>
        </span>
      </div>
      <table className="layers">
        <caption className="visually-hidden">{text.caption}</caption>
        <thead>
          <tr>
            {layerColumns.map((column) => {
              const active = sort.column === column
              return (
                <th
                  key={column}
                  scope="col"
                  className={`layers-${column} ${figures.includes(column) ? 'text-right' : ''}`}
                  aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : undefined}
                >
                  <button type="button" className="sort" onClick={() => turn(column)}>
                    {text[column]}
                    {active ? (sort.descending ? ' ↓' : ' ↑') : ''}
                  </button>
                </th>
              )
            })}
            <th scope="col" className="layers-output text-right">
              {text.output}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ index, layer }) => (
            <LayerRow key={index} index={index} layer={layer} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function LayerRow({ index, layer }: { index: number; layer: Layer }) {
  const { unknown } = useText()
  const amount = (value: number | null) => (value === null ? unknown : value.toLocaleString('en-US'))
  return (
    <tr>
      <td className="layers-order numeric">{index + 1}</td>
      <th scope="row">{layer.name}</th>
      <td className="layers-op">{layer.op}</td>
      <td className="numeric">{amount(layer.params)}</td>
      <td className="numeric">{amount(layer.macs)}</td>
      <td className="layers-weightBytes numeric">{amount(layer.weightBytes)}</td>
      <td className="layers-activationBytes numeric">{amount(layer.activationBytes)}</td>
      <td className="layers-output numeric">{layer.outputs.join(' ')}</td>
    </tr>
  )
}

function layersCsv(layers: readonly Layer[]): string {
  const header = ['layer', 'name', 'op', 'class', 'params', 'macs', 'weight_bytes', 'activation_bytes', 'outputs']
  return csvText([
    header,
    ...layers.map(({ name, op, class: operatorClass, params, macs, weightBytes, activationBytes, outputs }, index) => [
      `${index + 1}`,
      name,
      op,
      operatorClass,
      `${params}`,
      `${macs ?? ''}`,
      `${weightBytes}`,
      `${activationBytes ?? ''}`,
      outputs.join(' '),
    ]),
  ])
}
