import { type ReactNode, useEffect, useRef, useState } from 'react'

/** Draws `children` with the width that is there, and again when it changes. */
export function Sized({ children }: { children: (width: number) => ReactNode }) {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={frame} className="w-full min-w-0">
      {width !== null && width > 0 ? children(width) : null}
    </div>
  )
}
