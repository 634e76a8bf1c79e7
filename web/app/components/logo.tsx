/** The interval mark before its budget line. */
export function Logo() {
  return (
    <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true">
      <path d="M1 8h13" stroke="currentColor" strokeWidth="1" />
      <path d="M3 8h9" stroke="currentColor" strokeWidth="4" />
      <circle cx="7.5" cy="8" r="3.6" fill="currentColor" />
      <circle cx="7.5" cy="8" r="1.3" fill="var(--bg)" />
      <path d="M18 0v16" stroke="currentColor" strokeWidth="2" />
    </svg>
  )
}
