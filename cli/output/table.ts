/** Text tables: columns as wide as their widest cell, aware of styles and of characters two columns wide. */
import { stripVTControlCharacters } from 'node:util'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** Lines of the table, title line first, two blanks between columns, no blanks at line ends. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const hasTitles = columns.some(({ title }) => title !== '')
  const lines = [...(hasTitles ? [columns.map(({ title }) => title)] : []), ...rows]
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => displayWidth(cells[index] ?? ''))))
  return lines.map((cells) =>
    columns
      .map(({ align }, index) => pad(cells[index] ?? '', widths[index] ?? 0, align ?? 'left'))
      .join('  ')
      .trimEnd(),
  )
}

function pad(cell: string, width: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(width - displayWidth(cell))
  return align === 'left' ? cell + blanks : blanks + cell
}

/** East Asian wide and full-width blocks (Unicode Annex 11). */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

function displayWidth(cell: string): number {
  let width = 0
  for (const character of stripVTControlCharacters(cell)) width += wide.test(character) ? 2 : 1
  return width
}
