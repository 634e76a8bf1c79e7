/** Tables of generated Markdown, and figures as they stand in them; what is not known is an empty cell. */

export function percent(share: number | undefined): string {
  return share === undefined ? '' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
}

export function factor(value: number | undefined): string {
  return value === undefined ? '' : `×${value.toFixed(2)}`
}

export function figure(value: number): string {
  return String(Number(value.toPrecision(3)))
}

export function count(value: number): string {
  return value.toLocaleString('en')
}

/** Headings that begin with `>` are of columns of numbers. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(headings.map((heading) => heading.replace(/^>/, ''))),
    `|${headings.map((heading) => (heading.startsWith('>') ? '--:' : '---')).join('|')}|`,
    ...rows.map(line),
  ].join('\n')
}
