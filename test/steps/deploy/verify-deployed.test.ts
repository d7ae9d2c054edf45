import {afterEach, beforeEach, expect, it} from 'vitest'
import type {DeployContext} from '../../../src/steps/deploy/context.js'
import {verifyDeployed} from '../../../src/steps/deploy/verify-deployed.js'
import {links} from '../../../src/steps/verify/links/names.js'
import {NotHealthy} from '../../../src/steps/verify/not-healthy.js'
import type {Application} from '../../helpers/application.js'
import {serveApplication} from '../../helpers/classroom.js'
import {deployContext, listener} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

let application: Application
let aws: FakeAws
let clock: ReturnType<typeof virtualClock>
let context: DeployContext
let heard: ReturnType<typeof listener>
beforeEach(async () => {
  clock = virtualClock()
  aws = new FakeAws(clock)
  aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags: {'mcpgw:environment': 'demo'}})
  application = await serveApplication(aws, () => clock.now())
  context = {...deployContext(aws, clock, {realm: true}), outputs: aws.stacks.outputs, parameters: {}}
  heard = listener()
})
afterEach(() => application.stop())

const verify = () => verifyDeployed().run(context, {tell: heard.tell, signal: new AbortController().signal})
const waits = () => heard.events.filter(event => event.kind === 'verify-waiting')

it('waits for the route to an MCP server, which appears after a health check', async () => {
  application.gatewayStatus = 405
  const began = clock.now()
  const tell = heard.tell
  heard.tell = event => {
    tell(event)
    // Three looks later.
    if (clock.now() - began >= 20_000) application.gatewayStatus = undefined
  }
  await verify()
  expect(context.health?.healthy).toBe(true)
  expect(waits()).toHaveLength(3)
  expect(waits()[0]).toMatchObject({
    links: {ok: links.length - 2, total: links.length},
    problem: expect.stringMatching(/^MCP initialize: .*no route to currenttime yet/),
  })
})

it('does not wait for a link that only somebody can fix, once it was found twice', async () => {
  application.hasRealm = false
  const began = clock.now()
  await expect(verify()).rejects.toThrow(NotHealthy)
  await expect(verify()).rejects.toThrow('The environment is not healthy: realm.')
  expect(clock.now() - began).toBe(20_000)
  const broken = context.health?.links.filter(({ok}) => !ok).map(({name}) => name)
  expect(broken).toEqual(links.map(({name}) => name).filter(name => name !== 'verify account'))
})

it('gives a link that may heal ten minutes', async () => {
  application.instead.set('/oauth2/login/keycloak', {status: 502})
  const began = clock.now()
  await expect(verify()).rejects.toThrow('The environment is not healthy: login start.')
  expect(clock.now() - began).toBe(600_000)
})

it('goes no link without a realm of its own making, and says so', async () => {
  context = {...context, settings: {...context.settings, realm: false}}
  await verify()
  expect(context.health).toMatchObject({healthy: true, links: []})
  expect(application.requests).toEqual([])
  expect(heard.notes()).toEqual([
    'The login path is not checked (--no-realm): `mcpgw verify --environment demo` checks it.',
  ])
})

it('does not say healthy of what somebody works on, nor of what is gone by then', async () => {
  context = {...context, settings: {...context.settings, realm: false}}
  aws.stacks.alone('demo', 'services', 'UPDATE_IN_PROGRESS')
  aws.stacks.alone('demo', 'services', 'UPDATE_COMPLETE', 60)
  const began = clock.now()
  await verify()
  expect(clock.now() - began).toBe(60_000)
  expect(waits()[0]).toMatchObject({
    problem: expect.stringContaining('in progress on stack demo-ServicesStack-'),
  })
  aws.stacks.alone('demo', 'services', 'DELETE_IN_PROGRESS')
  aws.stacks.alone('demo', 'services', 'DELETE_COMPLETE', 60)
  await expect(verify()).rejects.toMatchObject({code: 'ENVIRONMENT_FAILED', exitCode: 1})
  await aws.stacks.delete('demo')
  await clock.sleep(3_600_000)
  await expect(verify()).rejects.toMatchObject({code: 'NO_SUCH_ENVIRONMENT'})
})
