import {isDeepStrictEqual} from 'node:util'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {createWireServer, type ServiceName, type WireServer} from '../../../src/rehearsal/wire/index.js'
import {loadModel, type OperationModel, usesEventStream} from '../../../src/rehearsal/wire/model.js'
import {isShape, type Shape} from '../../../src/rehearsal/wire/schema.js'
import {SERVICES, serviceEntries} from '../../../src/rehearsal/wire/services.js'
import {type AnyClient, clientOf} from './clients.js'
import {EXCEPTIONS} from './known-exceptions.js'
import {normalize} from './normalize.js'
import {Random} from './random.js'
import {randomValue} from './random-shape.js'

const RUNS = Number(process.env.WIRE_RUNS ?? 2)
const SEED = Number(process.env.WIRE_SEED ?? 20_260_101)

let server: WireServer
let seen: unknown
let next: Shape = {}
const errors: unknown[] = []

beforeAll(async () => {
  server = await createWireServer({
    handle: async call => {
      seen = call.input
      return next
    },
    onError: error => errors.push(error),
  })
})

afterAll(() => server.close())

const omit = (value: unknown, names: readonly string[]): unknown =>
  isShape(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))) : value

/** What `expect` costs is spent only where something differs. */
function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected)
}

/** Streams of a response are read to their end. */
async function collected(output: unknown): Promise<unknown> {
  if (!isShape(output)) return output
  const read = async (value: unknown) =>
    isShape(value) && typeof value.transformToByteArray === 'function' ? value.transformToByteArray() : value
  const entries = Object.entries(output).map(async ([name, value]) => [name, await read(value)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

async function tryOnce(service: ServiceName, client: AnyClient, operation: OperationModel, random: Random) {
  const exceptions = EXCEPTIONS[service] ?? {}
  const listed = (lists: Readonly<Record<string, readonly string[]>> | undefined): string[] => [
    ...(lists?.['*'] ?? []),
    ...(lists?.[operation.name] ?? []),
  ]
  const wishes = {without: new Set(listed(exceptions.without)), needs: new Set(listed(exceptions.needs))}
  const input = randomValue(operation.input, random, wishes) as Shape
  if (service === 's3' && 'Bucket' in input) input.Bucket = `bucket-${random.below(1000)}`
  next = randomValue(operation.output, random, wishes) as Shape
  // The server puts quotes around an ETag header that has none.
  if (service === 's3' && typeof next.ETag === 'string') next.ETag = `"${next.ETag}"`
  const output = await collected(await client.send(operation.name, {...input}))
  const loose = SERVICES[service].protocol !== 'json'
  const ignored = listed(exceptions.changed)
  expectSame(normalize(omit(seen, ignored), loose), normalize(omit(input, ignored), loose))
  expectSame(normalize(omit(output, ignored), loose), normalize(omit(next, ignored), loose))
}

describe.each(serviceEntries.map(([name]) => name))('every operation of %s survives the wire', service => {
  it(`with ${RUNS} random inputs and outputs each`, {timeout: 60_000}, async () => {
    const model = await loadModel(service)
    const client = await clientOf(service, server.url)
    const operations = [...model.operations.values()].filter(
      operation => !usesEventStream(operation) && EXCEPTIONS[service]?.skip?.[operation.name] === undefined,
    )
    const failures: string[] = []
    for (const operation of operations) {
      const random = new Random(
        SEED ^ [...operation.name].reduce((hash, c) => hash * 31 + c.charCodeAt(0), 7),
      )
      for (let run = 0; run < RUNS; run++) {
        try {
          await tryOnce(service, client, operation, random)
        } catch (error) {
          failures.push(`${operation.name} (run ${run}): ${error instanceof Error ? error.message : error}`)
          break
        }
      }
    }
    client.destroy()
    expect(failures).toEqual([])
    expect(errors).toEqual([])
  })
})
