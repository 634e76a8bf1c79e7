import { Link } from '@tanstack/react-router'
import { type PresetColumn, type PresetQuery, type PresetRow, presetColumns } from '../answer/model-list.ts'
import { siPrefix } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'

interface PresetTableProps {
  readonly presets: readonly PresetRow[]
  readonly query: PresetQuery
  readonly onSort: (column: PresetColumn) => void
  /** Ids chosen for comparison. */
  readonly chosen: readonly string[]
  readonly onChoose: (id: string) => void
}

const isFigure = (column: PresetColumn): boolean => column === 'parameters' || column === 'macs'

export function PresetTable({ presets, query, onSort, chosen, onChoose }: PresetTableProps) {
  const text = useText().models
  const names: Readonly<Record<PresetColumn, string>> = { id: text.model, ...text.facets }
  return (
    <table className="presets">
      <thead>
        <tr>
          {presetColumns.map((column) => {
            const active = query.sort === column
            return (
              <th
                key={column}
                scope="col"
                className={`presets-${column} ${isFigure(column) ? 'text-right' : ''}`}
                aria-sort={active ? (query.descending ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" className="sort" onClick={() => onSort(column)}>
                  {names[column]}
                  {active ? (query.descending ? ' ↓' : ' ↑') : ''}
                </button>
              </th>
            )
          })}
          <th scope="col" className="presets-input text-right">
            {text.input}
          </th>
          <th scope="col" className="text-right">
            {text.compare}
          </th>
        </tr>
      </thead>
      <tbody>
        {presets.map((preset) => (
          <tr key={preset.id}>
            <th scope="row">
              <Link to="/models/$id" params={{ id: preset.id }} className="text-ink">
                {preset.id}
              </Link>
            </th>
            <td className="presets-task">{preset.task}</td>
            <td className="presets-family text-note text-ink2">{preset.family}</td>
            <td className="numeric">{amount(preset.parameters)}</td>
            <td className="numeric">{preset.macs === null ? <Unknown /> : amount(preset.macs)}</td>
            <td className="presets-input numeric">{preset.inputShape.join('×')}</td>
            <td className="text-right">
              <input
                type="checkbox"
                className="accent-ink"
                aria-label={text.compareOne(preset.id)}
                checked={chosen.includes(preset.id)}
                onChange={() => onChoose(preset.id)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Unknown() {
  return <span className="unknown">{useText().unknown}</span>
}

function amount(value: number): string {
  const { text, prefix } = siPrefix(value)
  return `${text} ${prefix}`.trimEnd()
}
