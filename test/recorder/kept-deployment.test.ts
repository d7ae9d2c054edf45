import {chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {
  type KeptDeployment,
  keptFile,
  readKept,
  removeKept,
  writeKept,
} from '../../src/recorder/kept-deployment.js'
import {freshFolder} from './recorded.js'

const kept: KeptDeployment = {
  begunAt: '2026-01-02T03:04:05.000Z',
  stackIds: ['arn:aws:cloudformation:us-west-2:123456789012:stack/demo/1'],
  layout: 'individual',
  parameters: {TargetCpuUtilization: '60'},
  secretsGiven: ['KeycloakAdminPassword'],
  students: ['ada'],
}

function freshPlace() {
  const folder = join(freshFolder(), 'runs')
  return {folder, environment: 'demo', account: '123456789012', region: 'us-west-2'}
}

describe('what a reset keeps', () => {
  it('is read as it was written, and over what was written before', () => {
    const place = freshPlace()
    expect(readKept(place)).toBeUndefined()
    writeKept(place, {...kept, parameters: {}})
    writeKept(place, kept)
    expect(readKept(place)).toEqual(kept)
    expect(readdirSync(place.folder)).toEqual(['reset-demo-123456789012-us-west-2.json'])
    removeKept(place)
    expect(readKept(place)).toBeUndefined()
    removeKept(place)
  })

  it.skipIf(process.platform === 'win32')('is for its owner alone, and so is a folder made for it', () => {
    const place = freshPlace()
    writeKept(place, kept)
    expect(statSync(keptFile(place)).mode & 0o777).toBe(0o600)
    expect(statSync(place.folder).mode & 0o777).toBe(0o700)
  })

  it('is of one environment, account and region', () => {
    const place = freshPlace()
    writeKept(place, kept)
    for (const other of [{environment: 'demo-2'}, {account: '210987654321'}, {region: 'eu-west-1'}]) {
      expect(readKept({...place, ...other})).toBeUndefined()
      writeFileSync(keptFile({...place, ...other}), readFileSync(keptFile(place)))
      expect(() => readKept({...place, ...other})).toThrow('it is about another environment')
    }
  })

  it.each([
    ['what is cut off', (text: string) => text.slice(0, -10)],
    ['another version', (text: string) => text.replace('"version": 1', '"version": 2')],
    ['a layout that is none', (text: string) => text.replace('individual', 'round')],
    ['a parameter that is no text', (text: string) => text.replace('"60"', '60')],
    ['a list in the place of all', () => '[]'],
  ])('is not believed: %s', (_, damage) => {
    const place = freshPlace()
    writeKept(place, kept)
    const file = keptFile(place)
    writeFileSync(file, damage(readFileSync(file, 'utf8')))
    expect(() => readKept(place)).toThrow()
  })

  it.skipIf(process.platform === 'win32')(
    'is neither read nor written through a link, or where everybody may write',
    () => {
      const place = freshPlace()
      writeKept({...place, environment: 'other'}, kept)
      symlinkSync(keptFile({...place, environment: 'other'}), keptFile(place))
      expect(() => readKept(place)).toThrow('symbolic link')
      expect(() => writeKept(place, kept)).toThrow('symbolic link')
      const open = freshPlace()
      writeKept(open, kept)
      chmodSync(open.folder, 0o777)
      expect(() => readKept(open)).toThrow('everybody may write')
      expect(() => writeKept(open, kept)).toThrow('everybody may write')
    },
  )
})
