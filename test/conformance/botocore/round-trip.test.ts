import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {ServiceName, WireServer} from '../../../src/rehearsal/wire/index.js'
import {serviceEntries} from '../../../src/rehearsal/wire/services.js'
import {run} from '../clients.js'
import {serveCodecs} from './codec-server.js'
import {KNOWN_EXCEPTIONS, LEFT_OUT} from './known-exceptions.js'

const SEED = process.env.WIRE_SEED ?? '20260101'

/** The services that botocore calls by another name. */
const BOTOCORE_NAMES: Partial<Record<ServiceName, string>> = {
  applicationautoscaling: 'application-autoscaling',
  servicequotas: 'service-quotas',
  tagging: 'resourcegroupstaggingapi',
}

const script = fileURLToPath(new URL('./round_trip.py', import.meta.url))
const names = serviceEntries.map(([name]) => BOTOCORE_NAMES[name] ?? name)
const errors: unknown[] = []
let server: WireServer
let results: Record<string, {tried: number; failures: Record<string, string>}>

beforeAll(async () => {
  server = await serveCodecs(error => errors.push(error))
  const leftOut = Object.fromEntries(names.map(name => [name, Object.keys(LEFT_OUT[name] ?? {})]))
  const {code, stdout, stderr} = await run('python3', [script, server.url, SEED, JSON.stringify(leftOut)])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  results = JSON.parse(stdout)
})

afterAll(() => server?.close())

describe("botocore's models", () => {
  test.each(names)('agree with the codecs about every operation of %s', name => {
    const {tried, failures} = results[name]!
    expect(tried).toBeGreaterThanOrEqual(8)
    // An exception that no longer occurs has to go from the list.
    expect(Object.keys(failures).sort(), JSON.stringify(failures, null, 2)).toEqual(
      Object.keys(KNOWN_EXCEPTIONS[name] ?? {}).sort(),
    )
  })

  test('make the codecs fail only where that is listed', () => {
    expect(errors.map(String)).toEqual([])
  })
})
