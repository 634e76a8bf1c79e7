import { useMemo } from 'react'
import { type Device, segments } from '../../../simulator/hardware/device.ts'
import { familyOf } from '../answer/family.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { CopyButton } from './copy-button.tsx'
import { FamilyMark } from './family-mark.tsx'
import { ModelPicker } from './model-picker.tsx'
import { SelectField } from './select-field.tsx'

/** Model × device, in the place of a page title. */
export function TargetBar({ device }: { device: Device }) {
  const text = useText()
  const { catalog, model, target, setTarget, undo, pin } = useWorkspace()
  const options = useMemo(
    () =>
      segments.flatMap((segment) =>
        (catalog?.devices ?? [])
          .filter((candidate) => candidate.segment === segment)
          .map(({ id, name }) => ({ value: id, label: name, group: text.segments[segment] })),
      ),
    [catalog, text],
  )
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3 border-b border-ink pt-5 pb-4">
      <ModelPicker />
      <span className="pb-1.5 text-ink3 max-sm:hidden" aria-hidden="true">
        ×
      </span>
      <div className="flex min-w-0 items-end gap-2">
        <span className="pb-2">
          <FamilyMark family={familyOf(device)} label={text.families[familyOf(device)]} />
        </span>
        <div className="w-64 min-w-0">
          <SelectField
            label={text.workbench.device}
            options={options}
            value={device.id}
            onChange={(id) =>
              setTarget(target.batch === undefined ? { device: id } : { device: id, batch: target.batch })
            }
          />
        </div>
      </div>
      <span className="flex-1" />
      <button type="button" className="button" disabled={undo === null} onClick={() => undo?.()}>
        {text.workbench.undo} <kbd className="key">Ctrl Z</kbd>
      </button>
      <button type="button" className="button" disabled={model === null} onClick={() => pin(device.id)}>
        {text.baseline.pin}
      </button>
      <CopyButton className="button" label={text.workbench.copyLink} content={async () => window.location.href} />
    </div>
  )
}
