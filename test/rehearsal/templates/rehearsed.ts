import {readdirSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import type {Resource} from '../../../src/rehearsal/account/account.js'
import type {Signal, Stack} from '../../../src/rehearsal/account/stack.js'
import {answerPlain} from '../../../src/rehearsal/control/plain-requests.js'
import {signalResource} from '../../../src/rehearsal/engine/signals.js'
import {createDispatcher, createWireServer} from '../../../src/rehearsal/wire/index.js'
import {engineWorld} from '../engine/engine-world.js'

const folder = new URL('./', import.meta.url)

export type Parameters = Record<string, string>

/** File names of the templates in a folder beside this file. */
export function filesIn(name: 'samples' | 'refused'): string[] {
  return readdirSync(new URL(`${name}/`, folder))
}

export function pathOf(file: string): string {
  return fileURLToPath(new URL(file, folder))
}

export function textOf(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8')
}

/** Nobody stops this account or moves its clock over HTTP. */
const uncontrolled = {
  nonce: 'samples',
  endsByItself: true,
  ended: Promise.resolve(),
  save: () => {},
  stop: () => false,
  moveTo: async () => {},
  holdClock: () => {},
}

/** An account whose nested templates are in S3, with an address at which functions and hosts answer. */
export async function rehearsedAccount() {
  let url = ''
  const engine = engineWorld(1, () => url)
  const {world, region, pass} = engine
  const server = await createWireServer({
    handle: createDispatcher({}),
    onPlainRequest: request => answerPlain(world, request, uncontrolled),
  })
  url = server.url
  const childTemplates = filesIn('samples').filter(file => file.startsWith('child-'))
  for (const file of childTemplates) {
    engine.upload(file, {})
    const object = world.account.buckets.templates?.objects[file]
    if (object) object.body = Buffer.from(textOf(`samples/${file}`)).toString('base64')
  }

  const request = (parameters: Parameters) => ({
    parameters: Object.entries(parameters).map(([name, value]) => ({name, value})),
    capabilities: ['CAPABILITY_NAMED_IAM'],
  })
  /** Lets time pass until the stack rests, and functions run meanwhile; `meanwhile` is asked between. */
  const rest = async (stack: Stack, meanwhile: () => Promise<void> | void = () => {}) => {
    for (let hours = 24; hours > 0 && stack.operation; hours -= 1 / 60) {
      pass(60)
      while (world.clock.held) await new Promise(resolve => setTimeout(resolve, 1))
      await meanwhile()
    }
    return stack
  }

  return {
    ...engine,
    rest,
    begin: (name: string, file: string, parameters: Parameters = {}) =>
      engine.create(name, {}, {templateBody: textOf(file), ...request(parameters)}),
    change: (name: string, file: string, parameters: Parameters) =>
      rest(engine.update(name, {}, {templateBody: textOf(file), ...request(parameters)})),
    removed: (name: string) => {
      const stack = engine.find(name)
      engine.remove(name)
      return rest(stack)
    },
    /** Signals a resource once it is being made. */
    signal(name: string, logicalId: string, signal: Signal): void {
      if (engine.find(name).resources[logicalId]?.status !== 'CREATE_IN_PROGRESS') return
      signalResource(world, region, {name, logicalId, ...signal})
    },
    outputs: (name: string): Parameters =>
      Object.fromEntries(engine.find(name).outputs.map(({key, value}) => [key, value])),
    resource(name: string, logicalId: string): Resource | undefined {
      const stackResource = engine.find(name).resources[logicalId]
      return stackResource && world.resource(region, stackResource.type, stackResource.physicalId)
    },
    /** Types of what is still there, without the account's own records and keys that wait for their deletion. */
    left: () => [
      ...Object.values(region.resources)
        .filter(({type, data}) => type.includes('AWS::') && data.deletionAt === undefined)
        .map(({type}) => type),
      ...Object.values(region.tasks).filter(({lastStatus}) => lastStatus !== 'STOPPED'),
    ],
    close: () => server.close(),
  }
}

export type RehearsedAccount = Awaited<ReturnType<typeof rehearsedAccount>>
