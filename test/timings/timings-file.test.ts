import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {McpgwError} from '../../src/errors.js'
import {type MeasuredTimings, noTimings, withMeasurements} from '../../src/timings/measured.js'
import {
  forgetTimings,
  knownTimings,
  timingsFile,
  timingsIn,
  writeTimings,
} from '../../src/timings/timings-file.js'

const fresh = () => timingsFile(join(mkdtempSync(join(tmpdir(), 'mcpgw-timings-')), 'runs'))
const some: MeasuredTimings = withMeasurements(noTimings, '123456789012/us-west-2', [
  {action: 'CREATE', label: 'network', logicalId: 'VPC', type: 'AWS::EC2::VPC', seconds: 13.2},
])

describe('the file of the timings', () => {
  test('is read as it was written, and is for the user alone', () => {
    const file = fresh()
    writeTimings(file, some)
    expect(timingsIn(file)).toEqual(some)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(file, '..'))).toEqual(['timings.json'])
  })

  test('teaches nothing where there is none, or none that can be read', () => {
    const file = fresh()
    expect(knownTimings(file)).toEqual(noTimings)
    writeTimings(file, some)
    writeFileSync(file, '{"version":1,"places":{"demo":{}}}')
    expect(knownTimings(file)).toEqual(noTimings)
  })

  test('is forgotten, and says whether there was one', () => {
    const file = fresh()
    writeTimings(file, some)
    expect(forgetTimings(file)).toBe(true)
    expect(forgetTimings(file)).toBe(false)
  })

  test('is not written through a link, nor into a folder that others may write to', () => {
    const file = fresh()
    writeTimings(file, some)
    const elsewhere = join(file, '..', 'mine')
    writeFileSync(elsewhere, 'mine')
    forgetTimings(file)
    symlinkSync(elsewhere, file)
    expect(() => writeTimings(file, some)).toThrow('is a symbolic link')
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine')
    forgetTimings(file)
    chmodSync(join(file, '..'), 0o777)
    expect(() => writeTimings(file, some)).toThrow('everybody may write')
  })
})

describe('a file of timings that is wrong is refused by the place of the fault', () => {
  const entry = (change: object) =>
    JSON.stringify({
      version: 1,
      places: {rehearsal: {CREATE: {'network/VPC': {type: 'AWS::EC2::VPC', seconds: [1], ...change}}}},
    })
  test.each([
    ['', 'it is not JSON'],
    ['[]', 'it must be an object'],
    ['{"version":2,"places":{}}', 'version must be 1'],
    ['{"version":1}', 'places must be an object'],
    ['{"version":1,"places":{"demo":{}}}', 'places.demo must be named ACCOUNT/REGION'],
    ['{"version":1,"places":{"__proto__":{}}}', 'places.__proto__ must be named'],
    ['{"version":1,"places":{"rehearsal":{"READ":{}}}}', 'places.rehearsal.READ must be one of CREATE'],
    ['{"version":1,"places":{"rehearsal":[]}}', 'places.rehearsal. must be one of'],
    [
      '{"version":1,"places":{"rehearsal":{"CREATE":{"VPC":{}}}}}',
      'CREATE.VPC must be named STACK/LOGICAL-ID',
    ],
    [entry({type: 'vpc'}), 'network/VPC must have the type'],
    [entry({seconds: []}), 'must have a list of seconds'],
    [entry({seconds: [-1]}), 'must have a list of seconds'],
    [entry({seconds: ['1']}), 'must have a list of seconds'],
    [entry({seconds: [1e9]}), 'each from 0 to 604800'],
  ])('%s', (text, said) => {
    const file = fresh()
    writeTimings(file, some)
    writeFileSync(file, text)
    expect(() => timingsIn(file)).toThrow(McpgwError)
    expect(() => timingsIn(file)).toThrow(said)
  })
})
