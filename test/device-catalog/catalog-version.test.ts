import { expect, test } from 'vitest'
import { catalogVersions, engineVersion as hashOfSimulator } from '../../calibration/catalog-version.ts'
import { loadCalibration } from '../../device-catalog/calibration.ts'
import { catalogVersion, factsVersion } from '../../device-catalog/index.ts'
import { matching } from '../../simulator/predict/calibration.ts'
import { engineVersion } from '../../simulator/version.gen.ts'

test('the committed catalog versions are the hashes of the catalog (else run node scripts/catalog-version.ts)', () => {
  expect({ factsVersion, catalogVersion }).toEqual(catalogVersions())
})

test('the committed engine version is the hash of the simulator (else run node scripts/catalog-version.ts)', () => {
  expect(engineVersion).toBe(hashOfSimulator())
})

test('the calibration that ships is of this catalog and this simulator (else run npm run calibrate)', () => {
  expect(loadCalibration()).toMatchObject({ factsVersion, engineVersion })
})

test('a calibration of another simulator is refused, both versions named', () => {
  const calibration = loadCalibration()
  expect(() => matching(calibration, { factsVersion, engineVersion: 'another' })).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({
        code: 'calibration-mismatch',
        expected: `facts ${factsVersion}, engine another`,
        received: `facts ${factsVersion}, engine ${engineVersion}`,
      }),
    }),
  )
})
