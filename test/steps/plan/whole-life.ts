import {readFileSync} from 'node:fs'
import {childStacks} from '../../../src/environment/stacks.js'
import {emptyAccount} from '../../../src/rehearsal/account/account.js'
import type {Stack} from '../../../src/rehearsal/account/stack.js'
import {VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'
import {registerEvents} from '../../../src/rehearsal/control/event-handlers.js'
import {createStack} from '../../../src/rehearsal/engine/create-stack.js'
import {deleteStack} from '../../../src/rehearsal/engine/delete-stack.js'
import {answerPath, receiveAnswer} from '../../../src/rehearsal/services/cloudformation/custom-resources.js'
import {handlerTables} from '../../../src/rehearsal/services/operations.js'
import {emptyBucket} from '../../../src/rehearsal/services/s3/buckets.js'
import {createDispatcher, createWireServer} from '../../../src/rehearsal/wire/index.js'
import {type Layout, targetsOfLayout} from '../../../src/steps/stacks/stack-targets.js'

const region = 'us-west-2'
const folder = new URL('../../../cloudformation/', import.meta.url)
const keys = [
  'registry',
  'auth-server',
  'keycloak',
  'currenttime',
  'mcpgw',
  'realserverfaketools',
  'flight-booking-agent',
  'travel-assistant-agent',
]

export interface Measured {
  seconds: number
  stacks: Record<string, number>
}

/** In the account's own seconds. */
export interface Life {
  creation: Measured
  deletion: Measured
}

/**
 * Creates the environment `demo` in an embedded account and deletes it, as fast as this machine can, without a command
 * between: the template's function still speaks to the account over HTTP.
 */
export async function measuredLife(options: {
  seed: number
  layout: Layout
  parameters: Readonly<Record<string, string>>
}): Promise<Life> {
  const {seed, layout, parameters} = options
  const clock = new VirtualClock({speed: 'max', now: Date.UTC(2026, 0, 1)})
  const world = new World(emptyAccount({seed, now: clock.now()}), clock)
  let url = ''
  registerEvents(world, {endpoint: () => url})
  const server = await createWireServer({
    handle: createDispatcher(handlerTables(world)),
    onPlainRequest: async ({path, body}) => ({
      status: receiveAnswer(world, path.slice(answerPath.length), Buffer.from(body).toString('utf8')),
    }),
  })
  url = server.url
  const stackTargets = targetsOfLayout(layout, 'demo')
  const stacks = new Map<string, Stack>()
  const statusOf = (label: string) => stacks.get(label)?.status

  /** Begins what can begin, again and again, until all have this status. */
  async function untilAll(status: string, begin: () => void): Promise<Measured> {
    const begun = clock.now()
    while (stackTargets.some(({label}) => statusOf(label) !== status)) {
      begin()
      const failed = [...stacks.values()].find(stack => stack.status.endsWith('_FAILED'))
      if (failed) throw new Error(`${failed.name}: ${failed.statusReason}`)
      await clock.released()
      clock.moveTo(world.account.eventQueue[0]?.at ?? Number.NaN)
      world.advance()
    }
    return measured([...stacks.values()], begun)
  }

  try {
    for (const name of ['main', 'network', 'data', 'compute', 'services'].map(key => `${key}-stack.yaml`)) {
      put(world, 'templates', name, readFileSync(new URL(name, folder), 'utf8'))
    }
    for (const key of keys) put(world, 'prebuilt', `v1/mcp-gateway-${key}.tar.gz`, key)
    const creation = await untilAll('CREATE_COMPLETE', () => {
      for (const {label, stackName, template, needs} of stackTargets) {
        if (stacks.has(label) || needs.some(need => statusOf(need) !== 'CREATE_COMPLETE')) continue
        const body = readFileSync(new URL(template, folder), 'utf8')
        const all = {
          ...parameters,
          EnvironmentName: 'demo',
          TemplateS3Bucket: 'templates',
          TemplateS3Prefix: '',
        }
        const declared = Object.entries(all).filter(([name]) => new RegExp(`^ {2}${name}:`, 'm').test(body))
        const stack = createStack(world, world.region(region), {
          name: stackName,
          templateBody: body,
          parameters: declared.map(([name, value]) => ({name, value})),
          capabilities: ['CAPABILITY_NAMED_IAM'],
          disableRollback: true,
          onFailure: 'DO_NOTHING',
          terminationProtection: false,
        })
        stacks.set(label, stack)
      }
    })
    const deletion = await untilAll('DELETE_COMPLETE', () => {
      for (const {label, stackName} of stackTargets) {
        const users = stackTargets.filter(({needs}) => needs.includes(label))
        if (users.every(user => statusOf(user.label) === 'DELETE_COMPLETE'))
          deleteStack(world, world.region(region), {name: stackName})
      }
    })
    return {creation, deletion}
  } finally {
    await server.close()
  }
}

/** From the request to the last event, and each stack's first to its last, of an operation that began then. */
function measured(roots: readonly Stack[], begun: number): Measured {
  const rows = roots
    .flatMap(({events}) => events)
    .filter(({type, at}) => type === 'AWS::CloudFormation::Stack' && at >= begun)
  return {
    seconds: (Math.max(...rows.map(({at}) => at)) - begun) / 1000,
    stacks: Object.fromEntries(
      childStacks.map(({key, logicalId}) => {
        const own = rows.filter(event => event.logicalId === logicalId || event.logicalId === `demo-${key}`)
        return [logicalId, ((own.at(-1)?.at ?? 0) - (own[0]?.at ?? 0)) / 1000]
      }),
    ),
  }
}

function put(world: World, bucket: string, key: string, text: string): void {
  world.account.buckets[bucket] ??= emptyBucket(bucket, region, world.now)
  const body = Buffer.from(text).toString('base64')
  world.account.buckets[bucket].objects[key] = {body, etag: 'e', size: text.length, modifiedAt: world.now}
}
