/** The question of the whole portal (model, budget, places, target), kept across pages and mirrored in the URL fragment. */
import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Budget } from '../../../simulator/decide/budget.ts'
import type { Segment } from '../../../simulator/hardware/device.ts'
import type { Problem } from '../../../simulator/problem.ts'
import { modelService } from '../workers/model-client.ts'
import type { Bindings, Catalog, OpenDimension, OpenedModel } from '../workers/model-service.ts'
import { asProblem, Cancelled } from '../workers/rpc.ts'
import { type ModelSource, openSource, refOf, sourceKey, sourceOf } from './model-source.ts'
import {
  emptyState,
  type OwnResult,
  type Pinned,
  type PlaceChoice,
  type PortalState,
  type TargetChoice,
  type WhatIfChoice,
  type WorkbenchView,
} from './portal-state.ts'
import { type Controls, type Step, withStep } from './undo.ts'
import { decodeState, encodeState } from './url-state.ts'

/** Pages whose address carries the question. */
const statefulPaths = ['/', '/sim', '/edge-cloud']

export interface Workspace {
  readonly source: ModelSource | null
  readonly budget: Budget
  readonly segments: readonly Segment[]
  readonly target: TargetChoice
  readonly network: string | null
  readonly places: PlaceChoice
  readonly whatIf: WhatIfChoice
  readonly view: WorkbenchView | null
  readonly ownResults: readonly OwnResult[]
  readonly pinned: Pinned | null
  /** `null` until a model is read. */
  readonly model: OpenedModel | null
  readonly modelProblem: Problem | null
  /** Sizes that the file leaves open and that its user has to give. */
  readonly openDimensions: readonly OpenDimension[]
  /** `null` until the catalog is loaded. */
  readonly catalog: Catalog | null
  /** Id that a link asked for while its file was not here; `null` = none. */
  readonly expectedModelId: string | null
  /** Whether the visitor has asked for the verdicts; from then on they follow every change. */
  readonly asked: boolean
  ask(): void
  openFiles(files: readonly File[]): void
  openPreset(id: string): void
  bind(bindings: Bindings): void
  setBudget(budget: Budget): void
  setSegments(segments: readonly Segment[]): void
  setTarget(target: TargetChoice): void
  /** Both at once are one step for `undo`. */
  setControls(controls: Controls): void
  /** Takes back the last move of target or sliders; `null` = there was none. */
  readonly undo: (() => void) | null
  setNetwork(network: string): void
  setPlaces(places: PlaceChoice): void
  setWhatIf(whatIf: WhatIfChoice): void
  setView(view: WorkbenchView | null): void
  setOwnResults(ownResults: readonly OwnResult[]): void
  /** The question as it is, with the device that it is about. */
  pin(device: string): void
  unpin(): void
  load(state: PortalState): void
}

const WorkspaceContext = createContext<Workspace | null>(null)

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (workspace === null) throw new Error('useWorkspace outside WorkspaceProvider')
  return workspace
}

interface Question {
  readonly source: ModelSource | null
  readonly expectedModelId: string | null
  readonly asked: boolean
  readonly budget: Budget
  readonly segments: readonly Segment[]
  readonly target: TargetChoice
  readonly network: string | null
  readonly places: PlaceChoice
  readonly whatIf: WhatIfChoice
  readonly view: WorkbenchView | null
  readonly ownResults: readonly OwnResult[]
  readonly pinned: Pinned | null
  readonly past: readonly Step[]
}

function questionOf({ model, ...rest }: PortalState): Question {
  const source = model === null ? null : sourceOf(model)
  return {
    ...rest,
    past: [],
    source,
    expectedModelId: source?.kind === 'missing' ? source.modelId : null,
    asked: source !== null && source.kind !== 'missing',
  }
}

export function WorkspaceProvider({ initial, children }: { initial: PortalState; children: ReactNode }) {
  const [question, setQuestion] = useState(() => questionOf(initial))
  const { source } = question
  const path = useLocation({ select: ({ pathname }) => pathname })
  const reading = useQuery({
    queryKey: ['model', source === null ? '' : sourceKey(source)],
    queryFn: () => openSource(source),
    enabled: source !== null && source.kind !== 'missing',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const catalog = useQuery({
    queryKey: ['catalog'],
    queryFn: () => modelService.catalog(),
    // The first screen does without it, so that it shows sooner.
    enabled: source !== null || path !== '/',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const model = reading.data?.kind === 'opened' ? reading.data.model : null
  const load = useCallback((state: PortalState) => setQuestion(questionOf(state)), [])
  useFragment(question, model, path, load)

  const workspace = useMemo((): Workspace => {
    const change = (patch: Partial<Question>) => setQuestion((current) => ({ ...current, ...patch }))
    const setControls = (patch: Partial<Controls>) =>
      setQuestion((current) => {
        const next = { ...current, ...patch }
        return { ...next, past: withStep(current.past, current, next) }
      })
    return {
      ...question,
      model,
      modelProblem: reading.error === null || reading.error instanceof Cancelled ? null : asProblem(reading.error),
      openDimensions: reading.data?.kind === 'open-dimensions' ? reading.data.dimensions : [],
      catalog: catalog.data ?? null,
      ask: () => change({ asked: true }),
      openFiles: (files) => change({ source: { kind: 'file', files, bindings: {} } }),
      openPreset: (id) => change({ source: { kind: 'preset', id }, expectedModelId: null }),
      bind: (bindings) =>
        setQuestion((current) =>
          current.source?.kind === 'file' ? { ...current, source: { ...current.source, bindings } } : current,
        ),
      setBudget: (budget) => change({ budget }),
      setSegments: (segments) => change({ segments }),
      setTarget: (target) => setControls({ target }),
      setControls,
      undo: question.past.length === 0 ? null : () => setQuestion(undone),
      setNetwork: (network) => change({ network }),
      setPlaces: (places) => change({ places }),
      setWhatIf: (whatIf) => setControls({ whatIf }),
      setView: (view) => change({ view }),
      setOwnResults: (ownResults) => change({ ownResults }),
      pin: (device) =>
        setQuestion((current) => {
          const pinnedModel = current.source === null ? null : refOf(current.source, model)
          if (pinnedModel === null || model === null) return current
          const { target, whatIf } = current
          return {
            ...current,
            pinned: { modelId: model.id, model: pinnedModel, target: { ...target, device }, whatIf },
          }
        }),
      unpin: () => change({ pinned: null }),
      load,
    }
  }, [question, model, reading.data, reading.error, catalog.data, load])
  return <WorkspaceContext value={workspace}>{children}</WorkspaceContext>
}

function undone(question: Question): Question {
  const last = question.past.at(-1)
  return last === undefined ? question : { ...question, ...last.before, past: question.past.slice(0, -1) }
}

/** While a slider moves the address waits: browsers refuse to change it more than some times a second. */
const fragmentDelayMs = 150

/** Writes the question into the fragment after every change, and reads it when somebody pastes another link. */
function useFragment(
  question: Question,
  opened: OpenedModel | null,
  path: string,
  load: (state: PortalState) => void,
): void {
  useEffect(() => {
    if (!statefulPaths.includes(path)) return
    let current = true
    const { budget, segments, target, network, places, whatIf, view, ownResults, pinned, source } = question
    const model = source === null ? null : refOf(source, opened)
    const write = async () => {
      const choices = { budget, segments, target, network, places, whatIf, view, ownResults, pinned }
      const state = { ...emptyState, model, ...choices }
      const fragment = await encodeState(state, opened?.id ?? null)
      if (!current || window.location.hash.slice(1) === fragment) return
      const address = window.location.pathname + (fragment === '' ? '' : `#${fragment}`)
      window.history.replaceState(window.history.state, '', address)
    }
    const timer = setTimeout(() => void write(), fragmentDelayMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [question, opened, path])

  useEffect(() => {
    const onHashChange = () => {
      // A damaged link leaves the page as it is; opened in a tab of its own it is explained (main.tsx).
      void decodeState(window.location.hash).then(load, () => {})
    }
    window.addEventListener('hashchange', onHashChange)
    return () => window.removeEventListener('hashchange', onHashChange)
  }, [load])
}
