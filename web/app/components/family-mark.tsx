import type { Family } from '../answer/family.ts'

/** Paths in a box of 12 × 12. */
export const familyShapes: Record<Family, { readonly path: string; readonly hollow?: true }> = {
  phone: { path: 'M6 1.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2z' },
  board: { path: 'M1.8 1.8h8.4v8.4H1.8z' },
  module: { path: 'M6 .8 11.2 6 6 11.2.8 6z' },
  mcu: { path: 'M6 1.2 11 10.4H1z' },
  automotive: { path: 'M6 10.8 1 1.6h10z' },
  cloud: { path: 'M6 .9l4.5 2.6v5L6 11.1 1.5 8.5v-5z' },
  browser: { path: 'M6 2.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6z', hollow: true },
  worker: { path: 'M4.4 1.2h3.2v3.2h3.2v3.2H7.6v3.2H4.4V7.6H1.2V4.4h3.2z' },
  other: { path: 'M1 4.2h10v3.6H1z' },
}

/** Colour and shape are one token. The name beside it is set in ink; `label` where there is none. */
export function FamilyMark({ family, size = 11, label }: { family: Family; size?: number; label?: string }) {
  const { path, hollow } = familyShapes[family]
  const colour = `var(--family-${family})`
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 12 12"
      className="flex-none"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={path} fill={hollow ? 'none' : colour} stroke={hollow ? colour : 'none'} strokeWidth="2.2" />
    </svg>
  )
}
