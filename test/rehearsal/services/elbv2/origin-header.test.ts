import {describe, expect, test} from 'vitest'
import {answerPublicRequest} from '../../../../src/rehearsal/services/route53/public-hosts.js'
import {type Document, loadTemplates} from '../../../properties/templates/template-set.js'
import {engineWorld} from '../../engine/engine-world.js'
import {put} from '../ecs/fixtures.js'

const kept = /^(Main|Keycloak)(Alb|HttpListener|Origin\w+|Distribution)$|^(Registry|Keycloak)TargetGroup$/
const balancers = {Main: 'MainAlb', Keycloak: 'KeycloakAlb'} as const
const sides = ['Main', 'Keycloak'] as const

/** Of compute-stack.yaml what lies between viewers and target groups, in a network of its own. */
function ways(edit: (resources: Document) => void = () => {}): Document {
  let whole: Document
  loadTemplates(documents => {
    // What is handed over is copied as it is written to, which a structured clone cannot.
    whole = JSON.parse(JSON.stringify(documents.compute))
  })
  const imported: Record<string, unknown> = {VpcId: 'vpc-1', PublicSubnets: 'subnet-1'}
  const settled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(settled)
    if (typeof value !== 'object' || value === null) return value
    const {'Fn::ImportValue': name} = value as Document
    if (name === undefined)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, settled(one)]))
    return imported[String(name['Fn::Sub']).split('-').at(-1) ?? ''] ?? 'sg-1'
  }
  const {Parameters, Mappings, Conditions, Resources: all} = whole
  const Resources = Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => kept.test(name))
      .map(([name, resource]) => [name, settled(resource)]),
  ) as Document
  // Only with a domain or a narrowed AdminCidrBlocks, and neither is here.
  for (const side of sides) {
    const {DefaultActions} = Resources[`${side}HttpListener`].Properties
    Resources[`${side}HttpListener`].Properties.DefaultActions = [DefaultActions[0]['Fn::If'][2]]
  }
  delete Resources.KeycloakDistribution.Properties.DistributionConfig.DefaultCacheBehavior
    .FunctionAssociations
  edit(Resources)
  return {Parameters, Mappings, Conditions, Resources}
}

/** As environments exist that know of no header. */
const withoutHeader = ways(resources => {
  for (const side of sides) {
    delete resources[`${side}Distribution`].Properties.DistributionConfig.Origins[0].OriginCustomHeaders
    for (const name of ['OriginRule', 'OriginRefusal', 'OriginHeader1', 'OriginHeader2'])
      delete resources[`${side}${name}`]
  }
})

const atTurn = (turn: string) => ({parameters: [{name: 'OriginHeaderTurn', value: turn}]})

async function existing(template: Document, turn = '1') {
  const account = engineWorld()
  put(account.world, 'AWS::EC2::VPC', 'vpc-1', {CidrBlock: '10.0.0.0/16'})
  put(account.world, 'AWS::EC2::Subnet', 'subnet-1', {
    CidrBlock: '10.0.1.0/24',
    AvailabilityZone: 'us-west-2a',
    VpcId: 'vpc-1',
  })
  const stack = account.create('demo', template, atTurn(turn))
  account.pass(1200)
  expect(stack.status).toBe('CREATE_COMPLETE')
  const resource = (logicalId: string) => {
    const {physicalId, type} = stack.resources[logicalId] ?? {}
    const found = account.world.resource(account.region, type ?? '', physicalId ?? '')
    if (!found) throw new Error(`no ${logicalId}`)
    return found
  }
  const get = async (host: unknown, path: string, address: string, headers: Record<string, string> = {}) =>
    answerPublicRequest(account.world, {
      method: 'GET',
      host: String(host),
      path,
      address,
      headers: {host: String(host), ...headers},
      scheme: 'https',
    })
  /** What viewers in many places get through both distributions: 503 is the target group, which has no target here. */
  const viewersGet = async () => {
    const got = new Set<number | undefined>()
    for (const side of sides) {
      const host = resource(`${side}Distribution`).attributes.DomainName
      for (let place = 1; place <= 12; place += 1)
        got.add((await get(host, `/path-${place}`, `203.0.113.${place}`))?.status)
    }
    return [...got]
  }
  const directly = async (side: 'Main' | 'Keycloak', headers: Record<string, string> = {}) => {
    const host = resource(balancers[side]).attributes.DNSName
    return (
      await answerPublicRequest(account.world, {
        method: 'GET',
        host: String(host),
        path: '/',
        scheme: 'http',
        headers: {host: String(host), ...headers},
      })
    )?.status
  }
  /** Until the stack is at rest, looking every few seconds. */
  const watch = async (eachTime: () => Promise<void> = async () => {}) => {
    for (let second = 0; second < 1500; second += 5) {
      account.pass(5)
      expect(await viewersGet(), `after ${second} s`).toEqual([503])
      await eachTime()
      if (!/IN_PROGRESS/.test(stack.status)) return
    }
  }
  const header = (side: 'Main' | 'Keycloak') =>
    (resource(`${side}Distribution`).properties.DistributionConfig as Document).Origins[0]
      .OriginCustomHeaders[0]
  return {...account, stack, resource, viewersGet, directly, watch, header}
}

describe('a load balancer behind CloudFront', () => {
  test('answers its own distribution, and 403 to everybody else, another distribution of ours too', async () => {
    const {viewersGet, directly, header} = await existing(ways())
    expect(await viewersGet()).toEqual([503])
    for (const side of sides) {
      const {HeaderName, HeaderValue} = header(side)
      expect(await directly(side)).toBe(403)
      expect(await directly(side, {[HeaderName.toLowerCase()]: 'guessed'})).toBe(403)
      expect(await directly(side, {[HeaderName.toLowerCase()]: ''})).toBe(403)
      expect(await directly(side, {[HeaderName.toLowerCase()]: '*'})).toBe(403)
      expect(await directly(side, {[HeaderName.toLowerCase()]: HeaderValue})).toBe(503)
      const other = header(side === 'Main' ? 'Keycloak' : 'Main').HeaderValue
      expect(await directly(side, {[HeaderName.toLowerCase()]: other})).toBe(403)
    }
  })

  test('begins to ask for the header when it is sent everywhere, so that an update refuses nobody', async () => {
    const {update, stack, watch, directly} = await existing(withoutHeader)
    expect(await directly('Main')).toBe(503)
    update('demo', ways())
    await watch()
    expect(stack.status).toBe('UPDATE_COMPLETE')
    expect(await directly('Main')).toBe(403)
    expect(await directly('Keycloak')).toBe(403)
  })

  test('answers every viewer through all turns, and knows no header of two turns ago', async () => {
    const {update, stack, watch, directly, header} = await existing(ways())
    const {HeaderName, HeaderValue} = header('Main')
    const name = HeaderName.toLowerCase()
    const sent: string[] = [HeaderValue]
    for (const turn of ['2', '3', '4', '5', '6', '7', '8', '1']) {
      update('demo', ways(), atTurn(turn))
      await watch()
      expect(stack.status).toBe('UPDATE_COMPLETE')
      const now = header('Main').HeaderValue
      // An even turn sends what was accepted before and still accepts what was sent; the one after that ends it.
      const isEven = Number(turn) % 2 === 0
      const last = sent.at(-1)
      expect(now === last).toBe(!isEven)
      if (isEven) {
        expect(await directly('Main', {[name]: last ?? ''})).toBe(503)
        sent.push(now)
      }
      const ended = sent.slice(0, isEven ? -2 : -1)
      for (const old of ended) expect(await directly('Main', {[name]: old})).toBe(403)
    }
    expect(new Set(sent).size).toBe(5)
  })

  test.each([
    ['2', '3', [10, 60, 130, 225, 236]],
    ['3', '4', [2, 5, 8]],
  ])(
    'answers every viewer when turn %s is cancelled, and taken again, and then turn %s',
    async (turn, next, times) => {
      for (const after of times) {
        const before = String(Number(turn) - 1)
        const {update, cancel, pass, stack, watch, header} = await existing(ways(), before)
        const sent = header('Main').HeaderValue
        update('demo', ways(), atTurn(turn))
        pass(after)
        const isCancelled = stack.status === 'UPDATE_IN_PROGRESS'
        if (isCancelled) cancel('demo')
        await watch()
        expect(stack.status).toBe(isCancelled ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_COMPLETE')
        if (isCancelled) expect(header('Main').HeaderValue).toBe(sent)
        if (isCancelled) update('demo', ways(), atTurn(turn))
        await watch()
        update('demo', ways(), atTurn(next))
        await watch()
        expect(stack.status).toBe('UPDATE_COMPLETE')
      }
    },
  )

  test('refuses no viewer while everything is being deleted', async () => {
    const {remove, stack, pass, viewersGet} = await existing(ways())
    remove('demo')
    const seen = new Set<string>()
    for (let second = 0; second < 1500 && stack.status !== 'DELETE_COMPLETE'; second += 5) {
      pass(5)
      const resources = sides.map(side => stack.resources[`${side}Distribution`]?.status)
      // One that is disabled answers 403 itself.
      if (resources.every(status => status !== undefined && !/DELETE/.test(status)))
        for (const status of await viewersGet()) seen.add(String(status))
    }
    expect(stack.status).toBe('DELETE_COMPLETE')
    expect([...seen]).toEqual(['503'])
  })

  test('leaves the value in no event, resource or template of the stack', async () => {
    const {update, stack, watch, header} = await existing(ways())
    const values = [header('Main').HeaderValue, header('Keycloak').HeaderValue]
    update('demo', ways(), atTurn('2'))
    await watch()
    const whole = JSON.stringify(stack)
    for (const value of [...values, header('Main').HeaderValue, header('Keycloak').HeaderValue]) {
      expect(value).toMatch(/^[A-Za-z0-9]{48}$/)
      expect(whole).not.toContain(value)
    }
  })
})
