/** A drawn chart as an SVG file: theme colours resolved, fonts named, nothing referenced. */
import { saveFile } from '../state/save-file.ts'

const resolved = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-size',
  'font-weight',
  'font-family',
  'opacity',
  'paint-order',
  'text-anchor',
]

export function downloadChart(container: HTMLElement | null, fileName: string): void {
  const drawn = container?.querySelector('svg')
  if (!drawn) return
  const copy = drawn.cloneNode(true) as SVGSVGElement // cloneNode of an SVG element is one
  const { width, height } = drawn.getBoundingClientRect()
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  inlineStyles(drawn, copy)
  saveFile(new XMLSerializer().serializeToString(copy), fileName, 'image/svg+xml')
}

function inlineStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from)
  for (const property of resolved) to.setAttribute(property, style.getPropertyValue(property))
  to.removeAttribute('class')
  for (const [index, child] of [...from.children].entries()) {
    const twin = to.children[index]
    if (twin !== undefined) inlineStyles(child, twin)
  }
}
