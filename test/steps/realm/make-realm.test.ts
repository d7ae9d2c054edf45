import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {makeDeployedRealm} from '../../../src/steps/deploy/make-deployed-realm.js'
import type {RealmTarget} from '../../../src/steps/realm/make-realm.js'
import {makeRealm} from '../../../src/steps/realm/make-realm.js'
import {deployContext, listener} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {always, atFirst, KeycloakServer, type Reply, when} from '../../helpers/keycloak-server.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const secrets = {
  'demo-keycloak-admin': '{"password":"Keycloak-4711"}',
  'demo-admin-password': '{"admin_password":"Admin-4711"}',
  'demo-keycloak-client-secret': '{"client_secret":"Web-4711"}',
  'demo-keycloak-m2m-client-secret': '{"client_secret":"Machine-4711"}',
  'demo-verify-login': '{"password":"Verify-4711"}',
}

let server: KeycloakServer
let aws: FakeAws
let clock: ReturnType<typeof virtualClock>
let heard: ReturnType<typeof listener>
beforeEach(async () => {
  server = await KeycloakServer.start()
  clock = virtualClock()
  aws = new FakeAws(clock)
  aws.webEndpoint = server.endpoint
  aws.secretValues = new Map(Object.entries(secrets))
  heard = listener()
})
afterEach(() => server.stop())

const noRealm = when('GET /admin/realms/mcp-gateway', {status: 404, body: {error: 'Realm not found.'}})
const made = when('POST /admin/realms/', {status: 201, location: 'http://kc/admin/realms/mcp-gateway'})
const anyUser = when('POST /admin/realms/mcp-gateway/users/', {status: 201, location: 'http://kc/users/1'})
const busy: Reply = {status: 503, body: '<html>503</html>'}

function make(given: Partial<RealmTarget> = {}) {
  return makeRealm({
    aws,
    clock,
    environment: 'demo',
    outputs: aws.stacks.outputs,
    parameters: {KeycloakAdminUsername: 'admin'},
    students: undefined,
    patienceMs: 60_000,
    signal: new AbortController().signal,
    tell: heard.tell,
    commandLine: command => `mcpgw ${command}`,
    onChange() {},
    ...given,
  })
}

function failureOf(given: Partial<RealmTarget> = {}) {
  return make(given).then(
    () => {
      throw new Error('it did not fail')
    },
    error => error,
  )
}

describe('the realm', () => {
  it('is made with the secrets that Secrets Manager generated, and its passwords hashed', async () => {
    server.rules = [noRealm, made, anyUser]
    await make({students: ['ada']})
    const [document, ada] = server.asked
      .slice(-3)
      .flatMap(({body}) => (body.startsWith('{') ? JSON.parse(body) : []))
    expect(document.clients.map(({clientId, secret}: any) => [clientId, secret])).toEqual([
      ['mcp-gateway-web', 'Web-4711'],
      ['mcp-gateway-m2m', 'Machine-4711'],
    ])
    expect(document.clients[0].redirectUris).toEqual([
      'https://registry.example.com/oauth2/callback/keycloak',
      'https://registry.example.com/*',
    ])
    const users = Object.fromEntries(document.users.map((user: any) => [user.username, user]))
    expect(Object.keys(users)).toEqual(['admin', 'mcpgw-verify', 'service-account-mcp-gateway-m2m'])
    for (const user of document.users) expect(user.realmRoles).toEqual(['default-roles-mcp-gateway'])
    expect(ada).toMatchObject({username: 'ada', groups: ['/registry-users-lob1'], requiredActions: []})
    const sent = server.asked.map(({body}) => body).join()
    for (const secret of ['Admin-4711', 'Verify-4711', passwordOf('ada')]) expect(sent).not.toContain(secret)
  })

  it('has the passwords of its students kept before they are used', async () => {
    server.rules = [noRealm, when('POST /admin/realms/', {status: 500, body: {error: 'unknown_error'}})]
    await failureOf({students: ['ada', 'grace']})
    const kept = aws.secretValues.get('demo-students') ?? ''
    expect(Object.keys(JSON.parse(kept))).toEqual(['ada', 'grace'])
    expect(passwordOf('ada')).toMatch(/^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){2}$/)
    server.rules = [noRealm, made, anyUser]
    await make({students: ['ada', 'grace']})
    expect(aws.secretValues.get('demo-students')).toBe(kept)
  })

  it('is waited for while nothing answers that could be Keycloak, and told once', async () => {
    server.rules = [atFirst(2, always(busy)), atFirst(1, always('reset')), noRealm, made]
    expect((await make()).changes.length).toBeGreaterThan(5)
    expect(heard.notes().filter(note => note.startsWith('Keycloak:'))).toEqual([
      'Keycloak: logging in as its administrator: HTTP 503; trying again',
      expect.stringMatching(/^Keycloak: logging in as its administrator: connection .*; trying again$/),
    ])
  })

  it('is waited for until Keycloak, at its first start, has made its administrator', async () => {
    const refused = {
      status: 401,
      body: {error: 'invalid_grant', error_description: 'Invalid user credentials'},
    }
    server.rules = [atFirst(2, always(refused)), noRealm, made]
    expect((await make()).changes.length).toBeGreaterThan(5)
  })

  it('is looked at again when somebody else makes it at the same time', async () => {
    const taken = {status: 409, body: {errorMessage: 'Conflict detected. See logs for details'}}
    server.rules = [noRealm, atFirst(1, when('POST /admin/realms/', taken)), made]
    await make()
    expect(server.requests).toEqual([
      'GET /admin/realms/mcp-gateway',
      'POST /admin/realms/',
      'GET /admin/realms/mcp-gateway',
      'POST /admin/realms/',
    ])
    server.rules = [noRealm, when('POST /admin/realms/', taken)]
    expect(await failureOf()).toMatchObject({code: 'REALM_FAILED'})
  })
})

describe('a realm that cannot be made', () => {
  it('is given up when Keycloak has not answered for as long as it may take', async () => {
    server.rules = [always(busy)]
    const startedAt = clock.now()
    const failure = await failureOf()
    expect(failure).toMatchObject({code: 'REALM_UNREACHABLE', exitCode: 1})
    expect(failure.hint).toContain('run `mcpgw realm`')
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(60_000)
    expect(clock.now() - startedAt).toBeLessThan(75_000)
  })

  it('is given up at once where the console is closed to this machine, with how to open it', async () => {
    server.rules = [
      ({path}) => (path.startsWith('/admin') ? {status: 403, body: '<html>Forbidden</html>'} : undefined),
    ]
    const startedAt = clock.now()
    const failure = await failureOf()
    expect(failure).toMatchObject({code: 'REALM_UNREACHABLE', exitCode: 1})
    expect(failure.message).toContain('is closed to this machine')
    expect(failure.hint).toContain('IngressCidrBlocks')
    expect(clock.now()).toBe(startedAt)
  })

  it.each([
    [{status: 401, body: {error: 'invalid_grant'}}, 'POST', '/realms/master/protocol/openid-connect/token'],
    [{status: 403, body: {error: 'HTTP 403 Forbidden'}}, 'GET', '/admin/realms/mcp-gateway'],
  ] as const)('is given up within seconds after %j', async (reply, method, path) => {
    server.rules = [when(`${method} ${path}`, reply)]
    const startedAt = clock.now()
    expect(await failureOf()).toMatchObject({code: 'REALM_LOGIN_REFUSED', exitCode: 1})
    expect(clock.now() - startedAt).toBeLessThan(20_000)
  })

  it('leaves no secret in its failure, whatever Keycloak repeats', async () => {
    const values = Object.values(secrets).map(text => Object.values(JSON.parse(text))[0])
    server.rules = [
      noRealm,
      ({method, body}) =>
        method === 'POST' && body.startsWith('{')
          ? {status: 400, body: {errorMessage: `No ${values.join(' ')} ${passwordOf('ada')}`}}
          : undefined,
    ]
    const failure = await failureOf({students: ['ada']})
    expect(failure).toMatchObject({code: 'REALM_FAILED', exitCode: 1})
    expect(failure.cause).toBeUndefined()
    const told = [failure.message, failure.hint, failure.stack, JSON.stringify(heard.events)].join()
    expect(told).toContain('****')
    for (const value of [...values, passwordOf('ada')]) expect(told).not.toContain(value)
  })

  it('is refused, before anything is asked, where the templates had no students', async () => {
    aws.secretValues.delete('demo-verify-login')
    expect(await failureOf()).toMatchObject({code: 'ENVIRONMENT_TOO_OLD', exitCode: 3})
    expect(server.asked).toEqual([])
  })

  it.each([
    ['demo-keycloak-admin', '{"secret":"x"}'],
    ['demo-students', 'not JSON'],
    ['demo-students', '{"ada":7}'],
  ])('is given up, and nothing overwritten, when %s holds %s', async (name, text) => {
    server.rules = [noRealm, made, anyUser]
    aws.secretValues.set(name, text)
    expect(await failureOf({students: ['ada']})).toMatchObject({code: 'SECRET_UNUSABLE', resource: name})
    expect(aws.secretValues.get(name)).toBe(text)
    expect(server.requests).not.toContain('POST /admin/realms/')
  })

  it('ends as the run does when that is interrupted while Keycloak is waited for', async () => {
    server.rules = [always(busy)]
    const stop = new AbortController()
    const tell = () => stop.abort(new Error('interrupted'))
    expect(await failureOf({signal: stop.signal, tell})).toMatchObject({message: 'interrupted'})
  })
})

describe('the step of deploy', () => {
  it('is left out with --no-realm', () => {
    const step = makeDeployedRealm()
    expect(step.skip?.(deployContext(aws, clock, {realm: false}))).toBe('not wanted (--no-realm)')
    expect(step.skip?.(deployContext(aws, clock, {realm: true}))).toBeUndefined()
  })

  it('keeps what it did for the document, and that stopping leaves it half done', async () => {
    server.rules = [noRealm, made, anyUser]
    const context = deployContext(aws, clock, {realm: true, students: ['ada']})
    context.outputs = aws.stacks.outputs
    context.parameters = {KeycloakAdminUsername: 'admin'}
    await makeDeployedRealm().run(context, {tell: heard.tell, signal: new AbortController().signal})
    expect(context.realm).toMatchObject({name: 'mcp-gateway', students: 1})
    expect(context.record.underway).toBe('ended')
  })
})

function passwordOf(student: string): string {
  return JSON.parse(aws.secretValues.get('demo-students') ?? '{}')[student] ?? 'none yet'
}
