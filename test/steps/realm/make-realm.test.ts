import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {numberedStudents} from '../../../src/environment/realm.js'
import {makeDeployedRealm} from '../../../src/steps/deploy/make-deployed-realm.js'
import {makeRealm} from '../../../src/steps/realm/make-realm.js'
import type {RealmTarget} from '../../../src/steps/realm/target.js'
import {deployContext, listener} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {always, atFirst, KeycloakServer, type Reply, type Rule, when} from '../../helpers/keycloak-server.js'
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

  it('is told to be behind a filter of addresses, perhaps, when nothing answers', async () => {
    server.rules = [always('reset')]
    const failure = await failureOf()
    expect(failure).toMatchObject({code: 'REALM_UNREACHABLE', exitCode: 1})
    for (const advice of [
      'name servers',
      'IngressCidrBlocks',
      'run `mcpgw realm` on a machine',
      '--no-realm',
    ])
      expect(failure.hint).toContain(advice)
  })

  it('leaves a failure readable when a password of the secret is empty', async () => {
    server.rules = [noRealm, when('POST /admin/realms/', {status: 500, body: {error: 'unknown_error'}})]
    aws.secretValues.set('demo-students', '{"ada":""}')
    expect((await failureOf()).message).toContain('(unknown_error)')
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

  it('names AdminCidrBlocks where the templates keep this machine out', async () => {
    server.rules = [always({status: 403, body: 'This address may not administer Keycloak.'})]
    const startedAt = clock.now()
    const failure = await failureOf({
      parameters: {KeycloakAdminUsername: 'admin', AdminCidrBlocks: '192.0.2.0/24'},
    })
    expect(failure).toMatchObject({code: 'REALM_UNREACHABLE', exitCode: 1})
    expect(failure.message).toContain('HTTP 403')
    expect(failure.message).toContain('AdminCidrBlocks of the environment admits 192.0.2.0/24.')
    expect(failure.hint).toContain('Run `mcpgw realm` on a machine with one of those addresses')
    // The deploy of this run has the ranges that keep this machine out: it is no command to paste.
    expect(failure.hint).not.toContain('mcpgw deploy')
    expect(failure.hint).toContain('beside 192.0.2.0/24')
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

  it('is given up where a secret is gone, which verify says how to make anew', async () => {
    server.rules = [noRealm, made, anyUser]
    aws.secretValues.delete('demo-admin-password')
    const failure = await failureOf()
    expect(failure).toMatchObject({code: 'SECRET_UNUSABLE', resource: 'demo-admin-password'})
    expect(failure.message).toContain('There is no secret demo-admin-password')
    expect(failure.hint).toMatch(/^Run `mcpgw verify\b.*`, which says/)
    expect(server.requests).not.toContain('POST /admin/realms/')
  })

  it('ends as the run does when that is interrupted while Keycloak is waited for', async () => {
    server.rules = [always(busy)]
    const stop = new AbortController()
    const tell = () => stop.abort(new Error('interrupted'))
    expect(await failureOf({signal: stop.signal, tell})).toMatchObject({message: 'interrupted'})
  })
})

/** An existing realm, with these users; everybody has a password, and those of `letIn` log in. */
function existing(users: readonly object[], letIn: readonly string[]): Rule[] {
  const known = users.map((user, index) => ({id: `u${index}`, enabled: true, emailVerified: true, ...user}))
  const settings = {
    realm: 'mcp-gateway',
    enabled: true,
    accessTokenLifespan: 28_800,
    ssoSessionMaxLifespan: 36_000,
  }
  return [
    when('GET /admin/realms/mcp-gateway', {status: 200, body: settings}),
    ({path}) => (path.endsWith('/credentials') ? {status: 200, body: [{type: 'password'}]} : undefined),
    ({method, path}) =>
      method === 'GET' && /mcp-gateway\/users\/?\?/.test(path) ? {status: 200, body: known} : undefined,
    ({path, body}) => {
      if (path !== '/realms/mcp-gateway/protocol/openid-connect/token') return undefined
      if (letIn.includes(new URLSearchParams(body).get('username') ?? '')) return undefined
      return {status: 401, body: {error: 'invalid_grant', error_description: 'Invalid user credentials'}}
    },
    ({path}) =>
      path.startsWith('/realms/mcp-gateway/') ? {status: 200, body: {access_token: 'x'}} : undefined,
    ({method, path}) => {
      if (!path.startsWith('/admin')) return undefined
      return method === 'GET' ? {status: 200, body: []} : {status: 201, location: 'http://kc/any/1'}
    },
  ]
}

const user = (username: string, members: object = {}) => ({username, ...members})
const everybody = [user('admin'), user('mcpgw-verify')]
const tried = () =>
  server.asked
    .filter(({path}) => path.startsWith('/realms/mcp-gateway/'))
    .map(({body}) => new URLSearchParams(body).get('username'))
const usersMade = () =>
  server.asked
    .filter(({method, path}) => method === 'POST' && path.endsWith('/mcp-gateway/users/'))
    .map(({body}) => JSON.parse(body).username)

describe('a realm that is gone', () => {
  it('comes back with the students of the secret, and their passwords', async () => {
    server.rules = [noRealm, made, anyUser]
    const text = '{"ada":"Ada-4711","grace":"Grace-4711"}'
    aws.secretValues.set('demo-students', text)
    const {students} = await make()
    expect(usersMade().sort()).toEqual(['ada', 'grace'])
    expect(students).toBe(2)
    expect(aws.secretValues.get('demo-students')).toBe(text)
    expect(heard.notes().join('\n')).toMatch(/no realm: .*demo-students.*: ada, grace/)
  })

  it('comes back with them when Keycloak is busy in between, too', async () => {
    let stands = false
    server.rules = [
      asked => (stands ? undefined : noRealm(asked)),
      asked => {
        stands ||= made(asked) !== undefined
        return made(asked)
      },
      atFirst(1, when('POST /admin/realms/mcp-gateway/users/', busy)),
      ...existing(everybody, ['admin', 'mcpgw-verify']),
    ]
    aws.secretValues.set('demo-students', '{"ada":"Ada-4711"}')
    expect((await make()).students).toBe(1)
    expect(usersMade()).toEqual(['ada', 'ada'])
  })

  it('comes back without what cannot be a student, which somebody put into the secret', async () => {
    server.rules = [noRealm, made, anyUser]
    aws.secretValues.set('demo-students', '{"Ada Lovelace":"x","admin":"y","grace":"z"}')
    expect((await make()).students).toBe(1)
    expect(usersMade()).toEqual(['grace'])
  })
})

describe('an existing realm', () => {
  it('does not get back whom somebody has deleted, says so, and counts those who are there', async () => {
    server.rules = existing([...everybody, user('grace')], ['admin', 'mcpgw-verify', 'grace'])
    aws.secretValues.set('demo-students', '{"ada":"Ada-4711","grace":"Grace-4711"}')
    expect((await make()).students).toBe(1)
    expect(usersMade()).toEqual([])
    const notes = heard.notes().join('\n')
    expect(notes).toContain(
      'ada has a password in the secret demo-students, but no account: `mcpgw realm --students ada`',
    )
    expect(notes).toMatch(/stay as they are, nobody is removed: grace$/m)
    expect((await make({students: ['ada']})).students).toBe(2)
    expect(usersMade()).toEqual(['ada'])
  })

  it('has every password tried that would be handed out, and resets none', async () => {
    server.rules = existing(
      [...everybody, user('ada'), user('grace'), user('linus', {enabled: false})],
      ['mcpgw-verify', 'grace'],
    )
    aws.secretValues.set('demo-students', '{"admin":"x","ada":"A-4711","grace":"G-4711","linus":"L-4711"}')
    await make()
    expect(tried().sort()).toEqual(['ada', 'admin', 'grace', 'mcpgw-verify'])
    const notes = heard.notes().join('\n')
    expect(notes).toContain(
      'The password of admin in Keycloak is not the one in the secret demo-admin-password',
    )
    expect(notes).toContain('The password of ada in Keycloak is not the one in the secret demo-students')
    expect(notes).not.toMatch(/password of grace|linus in Keycloak/)
    expect(server.requests.filter(request => request.includes('reset-password'))).toEqual([])
  })

  it('keeps a token life that is longer', async () => {
    const rules = existing(everybody, ['admin', 'mcpgw-verify'])
    const body = {
      realm: 'mcp-gateway',
      enabled: true,
      accessTokenLifespan: 43_200,
      ssoSessionMaxLifespan: 50_000,
    }
    server.rules = [when('GET /admin/realms/mcp-gateway', {status: 200, body}), ...rules]
    const {changes} = await make()
    expect(changes.filter(({kind}) => kind === 'realm')).toEqual([])
  })

  it('names whom it could not make, with a hint when the name is taken', async () => {
    const taken = {status: 409, body: {errorMessage: 'User exists with same email'}}
    server.rules = [
      when('POST /admin/realms/mcp-gateway/users/', taken),
      ...existing(everybody, ['admin', 'mcpgw-verify']),
    ]
    const failure = await failureOf({students: ['hugo']})
    expect(failure).toMatchObject({code: 'REALM_FAILED'})
    expect(failure.message).toContain('making the user hugo: HTTP 409 (User exists with same email)')
    expect(failure.hint).toContain('e-mail address')
  })
})

describe('passwords of students', () => {
  it('survive a run at the same time that overwrites the secret with others', async () => {
    const putValue = aws.secrets.putValue
    let others = 1
    aws.secrets.putValue = async (name, value) => {
      await putValue(name, value)
      if (others-- > 0) await putValue(name, '{"bob":"Bob-4711"}')
    }
    server.rules = [noRealm, made, anyUser]
    await make({students: ['ada']})
    expect(Object.keys(JSON.parse(aws.secretValues.get('demo-students') ?? ''))).toEqual(['bob', 'ada'])
  })

  it('survive one that overwrites it when the accounts are made', async () => {
    server.rules = [
      noRealm,
      made,
      asked => {
        if (anyUser(asked)) aws.secretValues.set('demo-students', '{"bob":"Bob-4711"}')
        return anyUser(asked)
      },
    ]
    await make({students: ['ada']})
    expect(Object.keys(JSON.parse(aws.secretValues.get('demo-students') ?? ''))).toEqual(['bob', 'ada'])
  })

  it('are given up when others never stop writing', async () => {
    const putValue = aws.secrets.putValue
    aws.secrets.putValue = name => putValue(name, '{"bob":"Bob-4711"}')
    server.rules = [noRealm, made, anyUser]
    expect(await failureOf({students: ['ada']})).toMatchObject({code: 'SECRET_CONTENDED', exitCode: 1})
    expect(usersMade()).toEqual([])
  })

  it('are not made for more than 200 with those of earlier runs, and nothing changes', async () => {
    server.rules = existing(everybody, ['admin', 'mcpgw-verify'])
    const text = JSON.stringify(Object.fromEntries(numberedStudents(150).map(name => [name, 'x'])))
    aws.secretValues.set('demo-students', text)
    const students = Array.from({length: 51}, (_, index) => `other-${index}`)
    const failure = await failureOf({students})
    expect(failure).toMatchObject({code: 'TOO_MANY_STUDENTS', resource: 'demo-students'})
    expect(failure.message).toContain('150 are in the secret demo-students already')
    expect(failure.message).toContain('201')
    expect(failure.hint).toContain('at most 50 new ones')
    expect(aws.secretValues.get('demo-students')).toBe(text)
    expect(server.requests.filter(request => !request.startsWith('GET'))).toEqual([])
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
