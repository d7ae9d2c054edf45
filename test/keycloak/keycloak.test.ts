import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {createWeb} from '../../src/aws/web.js'
import type {RealmAdmin} from '../../src/keycloak/admin.js'
import {openRealm} from '../../src/keycloak/keycloak.js'
import {KeycloakProblem} from '../../src/keycloak/problem.js'
import {always, atFirst, KeycloakServer, type Reply, when} from '../helpers/keycloak-server.js'
import {virtualClock} from '../helpers/virtual-clock.js'

let server: KeycloakServer
beforeEach(async () => {
  server = await KeycloakServer.start()
})
afterEach(() => server.stop())

const clock = virtualClock()
const password = 'Hush-4711'

function use<T>(work: (admin: RealmAdmin) => Promise<T>, signal = new AbortController().signal): Promise<T> {
  return openRealm(
    {
      web: createWeb(server.endpoint),
      clock,
      signal,
      url: 'https://kc.example.com',
      user: 'admin',
      password,
      clean: text => text.replaceAll(password, '****'),
    },
    'r',
  )(work)
}

const realm: Reply = {status: 200, body: {realm: 'r', enabled: true}}

describe('the admin API of Keycloak', () => {
  it('is asked with a token of the administrator', async () => {
    server.rules = [when('GET /admin/realms/r', realm)]
    expect(await use(admin => admin.realm())).toMatchObject({realm: 'r'})
    const [login, asked] = server.asked
    expect(new URLSearchParams(login?.body).get('username')).toBe('admin')
    expect(asked?.authorization).toMatch(/^Bearer \S+$/)
  })

  it('is asked with one token for all that is asked at once', async () => {
    server.rules = [when('GET /admin/realms/r', realm)]
    await use(admin => Promise.all([admin.realm(), admin.realm(), admin.realm()]))
    expect([server.logins, server.requests.length]).toEqual([1, 3])
  })

  it('is asked with a new token when the old one is half a minute old', async () => {
    server.rules = [when('GET /admin/realms/r', realm)]
    await use(async admin => {
      await admin.realm()
      await clock.sleep(29_000)
      await admin.realm()
      expect(server.logins).toBe(1)
      await clock.sleep(1_000)
      await admin.realm()
      expect(server.logins).toBe(2)
    })
  })

  it('is asked again once, with a new token, when it does not take the old one', async () => {
    const unauthorized = when('GET /admin/realms/r', {status: 401, body: {error: 'HTTP 401 Unauthorized'}})
    server.rules = [atFirst(1, unauthorized), when('GET /admin/realms/r', realm)]
    expect(await use(admin => admin.realm())).toMatchObject({realm: 'r'})
    expect(server.logins).toBe(2)
    server.rules = [unauthorized]
    const problem = await use(admin => admin.realm()).catch(error => error)
    expect(problem).toMatchObject({kind: 'login', status: 401})
  })

  describe('with a login that is tried', () => {
    const login = {clientId: 'web', clientSecret: 's', username: 'ada', password: 'p'}
    const path = 'POST /realms/r/protocol/openid-connect/token'

    it.each([
      [401, 'Invalid user credentials'],
      [400, 'Account is not fully set up'],
      [400, 'Account disabled'],
    ])('knows that nobody was let in from %i %s', async (status, error_description) => {
      server.rules = [when(path, {status, body: {error: 'invalid_grant', error_description}})]
      expect(await use(admin => admin.logsIn(login))).toBe(false)
    })

    it.each(['unauthorized_client', 'invalid_client'])(
      'tells of %s as what it is: no old token, not the administrator',
      async error => {
        server.rules = [when(path, {status: 401, body: {error, error_description: 'Invalid client'}})]
        const problem = await use(admin => admin.logsIn(login)).catch(each => each)
        expect(problem).toMatchObject({kind: 'failed', status: 401})
        expect(problem.message).toBe('trying the login of ada: HTTP 401 (Invalid client)')
        expect(server.asked).toHaveLength(1)
      },
    )
  })

  it('has no realm where it says so', async () => {
    server.rules = [when('GET /admin/realms/r', {status: 404, body: {error: 'Realm not found.'}})]
    expect(await use(admin => admin.realm())).toBeUndefined()
  })

  it('is read page by page', async () => {
    const users = Array.from({length: 501}, (_, index) => ({id: `u${index}`, username: `u${index}`}))
    server.rules = [
      ({path}) => {
        const query = new URL(path, server.endpoint).searchParams
        const first = Number(query.get('first'))
        return path.includes('/users')
          ? {status: 200, body: users.slice(first, first + Number(query.get('max')))}
          : undefined
      },
    ]
    expect(await use(admin => admin.users())).toHaveLength(501)
    expect(server.requests).toHaveLength(3)
  })
})

const page = '<html>Access denied</html>'
describe('what Keycloak does not do', () => {
  it.each([
    ['a load balancer without a target', {status: 503, body: page}, 'busy'],
    ['a CloudFront whose origin is silent', {status: 504, body: page}, 'busy'],
    ['somebody who limits the rate', {status: 429, body: page}, 'busy'],
    ['a connection that is cut', 'reset', 'unreachable'],
    ['a filter of addresses', {status: 403, body: page}, 'closed'],
    ['a proxy that hides the path', {status: 404, body: page}, 'closed'],
    ['a login page of somebody else', {status: 302, location: 'https://sso.example.com/'}, 'closed'],
    [
      'a Keycloak without the path',
      {status: 404, body: {error: 'Unable to find matching target resource method'}},
      'closed',
    ],
    [
      'a password that was changed',
      {status: 401, body: {error: 'invalid_grant', error_description: 'Invalid user credentials'}},
      'login',
    ],
    ['a role that was taken', {status: 403, body: {error: 'HTTP 403 Forbidden'}}, 'forbidden'],
    ['something that exists', {status: 409, body: {errorMessage: 'User exists with same username'}}, 'taken'],
    ['something that it does not understand', {status: 500, body: {error: 'unknown_error'}}, 'failed'],
  ] as const)('is told apart: %s', async (_, reply, kind) => {
    server.rules = [always(reply)]
    const problem = await use(admin => admin.createGroup('g')).catch(error => error)
    expect(problem).toBeInstanceOf(KeycloakProblem)
    expect(problem.kind).toBe(kind)
    expect(problem.cause).toBeUndefined()
  })

  it('is told in words of Keycloak, without secrets and control characters', async () => {
    const error_description = `\u001b[31mNot ${password}\u0007`
    server.rules = [always({status: 400, body: {error: 'x', error_description}})]
    const problem = await use(admin => admin.createGroup('g')).catch(error => error)
    expect(problem.message).toBe('logging in as its administrator: HTTP 400 ( [31mNot **** )')
  })

  it('follows no redirect, so that nobody else is told the password', async () => {
    server.rules = [
      atFirst(1, always({status: 307, location: 'https://elsewhere.example.com/realms/master/token'})),
    ]
    const problem = await use(admin => admin.realm()).catch(error => error)
    expect(problem.kind).toBe('closed')
    expect(server.asked).toHaveLength(1)
  })

  it('ends at once when the run is interrupted', async () => {
    const stop = new AbortController()
    server.rules = [
      ({path}) => {
        if (path.startsWith('/admin')) stop.abort(new Error('interrupted'))
        return undefined
      },
    ]
    await expect(use(admin => admin.realm(), stop.signal)).rejects.toThrow('interrupted')
    await expect(use(admin => admin.realm(), stop.signal)).rejects.toThrow('interrupted')
    expect(server.requests).toHaveLength(1)
  })
})
