import {readFileSync} from 'node:fs'
import {childStacks} from '../../../src/environment/stacks.js'
import {emptyAccount} from '../../../src/rehearsal/account/account.js'
import type {Stack} from '../../../src/rehearsal/account/stack.js'
import {VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'
import {registerEvents} from '../../../src/rehearsal/control/event-handlers.js'
import {createStack} from '../../../src/rehearsal/engine/create-stack.js'
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

/**
 * Creates the environment `demo` in an embedded account, as fast as this machine can, without a command between: the
 * template's function still speaks to the account over HTTP.
 * @returns how long all of it took, and each stack by its logical id, in the account's own seconds
 */
export async function measuredCreation(options: {
  seed: number
  layout: Layout
  parameters: Readonly<Record<string, string>>
}): Promise<Measured> {
  const {seed, layout, parameters} = options
  const now = Date.UTC(2026, 0, 1)
  const clock = new VirtualClock({speed: 'max', now})
  const world = new World(emptyAccount({seed, now}), clock)
  let url = ''
  registerEvents(world, {endpoint: () => url})
  const server = await createWireServer({
    handle: createDispatcher(handlerTables(world)),
    onPlainRequest: async ({path, body}) => ({
      status: receiveAnswer(world, path.slice(answerPath.length), Buffer.from(body).toString('utf8')),
    }),
  })
  url = server.url
  try {
    for (const name of ['main', 'network', 'data', 'compute', 'services'].map(key => `${key}-stack.yaml`)) {
      put(world, 'templates', name, readFileSync(new URL(name, folder), 'utf8'))
    }
    for (const key of keys) put(world, 'prebuilt', `v1/mcp-gateway-${key}.tar.gz`, key)
    const stackTargets = targetsOfLayout(layout, 'demo')
    const stacks = new Map<string, Stack>()
    while (
      stacks.size < stackTargets.length ||
      [...stacks.values()].some(({status}) => status.endsWith('_IN_PROGRESS'))
    ) {
      for (const {label, stackName, template, needs} of stackTargets) {
        if (stacks.has(label) || needs.some(need => stacks.get(need)?.status !== 'CREATE_COMPLETE')) continue
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
      const failed = [...stacks.values()].find(({status}) => status.endsWith('_FAILED'))
      if (failed) throw new Error(`${failed.name}: ${failed.statusReason}`)
      await clock.released()
      clock.moveTo(world.account.eventQueue[0]?.at ?? Number.NaN)
      world.advance()
    }
    const roots = [...stacks.values()]
    const rows = roots.flatMap(({events}) => events).filter(({type}) => type === 'AWS::CloudFormation::Stack')
    return {
      seconds: (Math.max(...rows.map(({at}) => at)) - now) / 1000,
      stacks: Object.fromEntries(
        childStacks.map(({key, logicalId}) => {
          const own = rows.filter(event => event.logicalId === logicalId || event.logicalId === `demo-${key}`)
          return [logicalId, ((own.at(-1)?.at ?? 0) - (own[0]?.at ?? 0)) / 1000]
        }),
      ),
    }
  } finally {
    await server.close()
  }
}

function put(world: World, bucket: string, key: string, text: string): void {
  world.account.buckets[bucket] ??= emptyBucket(bucket, region, world.now)
  const body = Buffer.from(text).toString('base64')
  world.account.buckets[bucket].objects[key] = {body, etag: 'e', size: text.length, modifiedAt: world.now}
}
