import {readFileSync} from 'node:fs'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {failed} from '../../../src/errors.js'
import type {LinkHealth} from '../../../src/results.js'
import {lookAtHealth} from '../../../src/steps/verify/health.js'
import {notThroughCloudFront} from '../../../src/steps/verify/links/mcp-links.js'
import {links} from '../../../src/steps/verify/links/names.js'
import {Application} from '../../helpers/application.js'
import {serveApplication} from '../../helpers/classroom.js'
import {checkTarget} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

let aws: FakeAws
let application: Application
let clock: ReturnType<typeof virtualClock>

beforeEach(async () => {
  clock = virtualClock()
  aws = new FakeAws(clock)
  application = await serveApplication(aws, () => clock.now())
})
afterEach(() => application.stop())

const look = () => lookAtHealth({...checkTarget(aws), clock, links: true})

async function linkHealth(): Promise<readonly LinkHealth[]> {
  return (await look()).health.links
}

const wayOf = (name: string) => links.find(link => link.name === name)

/** The broken link, after seeing that nothing but what depends on it is affected. */
async function brokenLink(): Promise<LinkHealth & {isStuck: boolean}> {
  const {health, isStuck, firstProblem} = await look()
  expect(health.healthy).toBe(false)
  const tried = health.links.filter(({ok, hint}) => !ok && hint !== null)
  expect(tried).toHaveLength(1)
  const [link] = tried
  if (link === undefined) throw new Error('no link is broken')
  expect(firstProblem).toBe(`${link.name}: ${link.reason}`)
  for (const {name, ok, reason, hint} of health.links) {
    let behind = wayOf(name)?.after
    while (behind !== undefined && behind !== link.name) behind = wayOf(behind)?.after
    if (behind === link.name)
      expect({name, ok, reason, hint}).toEqual({
        name,
        ok: false,
        reason: `Not tried, because ${link.name} is broken.`,
        hint: null,
      })
    else if (name !== link.name)
      expect({name, ok, reason, hint}).toEqual({name, ok: true, reason: null, hint: null})
  }
  return {...link, isStuck}
}

describe('the way in of a student', () => {
  it('is whole when everything answers, and goes every link in order', async () => {
    const {health} = await look()
    expect(health.healthy).toBe(true)
    expect(health.links).toEqual(links.map(({name}) => ({name, ok: true, reason: null, hint: null})))
  })

  it('takes few requests', async () => {
    await linkHealth()
    expect(application.requests.length).toBeLessThanOrEqual(12)
  })

  it('is left out when it is not asked for', async () => {
    const {health} = await lookAtHealth({...checkTarget(aws), clock})
    expect(health).toMatchObject({healthy: true, links: []})
    expect(application.requests).toEqual([])
  })

  type Break = [
    what: string,
    link: string,
    reason: RegExp,
    hint: RegExp,
    isStuck: boolean,
    breakIt: () => void,
  ]
  const realm = /^Run: mcpgw realm --environment demo/
  const discovery = '/realms/mcp-gateway/.well-known/openid-configuration'
  const nginx404 = {
    status: 404,
    body: '<html><center><h1>404 Not Found</h1></center><center>nginx</center></html>',
  }
  const breaks: Break[] = [
    [
      'an environment of older templates',
      'verify account',
      /no secret demo-verify-login.*older templates/,
      /^Run: mcpgw deploy --environment demo.*--shallow/,
      true,
      () => aws.secretValues.delete('demo-verify-login'),
    ],
    [
      'a secret that somebody emptied',
      'verify account',
      /no text under the key password/,
      /AWSPREVIOUS/,
      true,
      () => aws.secretValues.set('demo-verify-login', '{}'),
    ],
    [
      'no realm',
      'realm',
      /no realm mcp-gateway/,
      realm,
      true,
      () => {
        application.hasRealm = false
      },
    ],
    [
      'Keycloak that is down',
      'realm',
      /answered 503 instead of 200/,
      /logs tail \/ecs\/demo-keycloak/,
      false,
      () => application.instead.set(discovery, {status: 503}),
    ],
    [
      'addresses with http',
      'OpenID configuration',
      /issuer is "http:.*not an https URL on kc.example.com/,
      /KC_HOSTNAME/,
      false,
      () => {
        application.keycloakAddress = 'http://kc.example.com'
      },
    ],
    [
      'an issuer of another path',
      'OpenID configuration',
      /issuer is .*, not https:\/\/kc.example.com\/realms\/mcp-gateway/,
      /KC_HOSTNAME/,
      false,
      () =>
        application.instead.set(discovery, {
          status: 200,
          body: JSON.stringify({
            issuer: 'https://kc.example.com/auth/realms/mcp-gateway',
            authorization_endpoint: 'https://kc.example.com/a',
            token_endpoint: 'https://kc.example.com/t',
            jwks_uri: 'https://kc.example.com/k',
          }),
        }),
    ],
    [
      'keys that lie elsewhere',
      'OpenID configuration',
      /jwks_uri is "http:\/\/10\.0/,
      /KC_HOSTNAME/,
      false,
      () =>
        application.instead.set(discovery, {
          status: 200,
          body: JSON.stringify({
            issuer: 'https://kc.example.com/realms/mcp-gateway',
            jwks_uri: 'http://10.0.0.1/k',
          }),
        }),
    ],
    [
      'a registry that knows only other names',
      'login start',
      /answered 404.*nginx's own page.*registry.example.com/,
      /demo-registry/,
      false,
      () => application.instead.set('/oauth2/login/keycloak', nginx404),
    ],
    [
      'an auth server that is down',
      'login start',
      /answered 502 instead of a redirect to Keycloak/,
      /logs tail \/ecs\/demo-auth-server/,
      false,
      () => application.instead.set('/oauth2/login/keycloak', {status: 502}),
    ],
    [
      'an auth server that cannot begin',
      'login start',
      /could not begin a login \(oauth2_init_failed\)/,
      /demo-auth-server/,
      false,
      () =>
        application.instead.set('/oauth2/login/keycloak', {
          status: 302,
          headers: {location: '/login?error=oauth2_init_failed'},
        }),
    ],
    [
      'a login that leads inside',
      'login start',
      /leads to http:\/\/keycloak:8080/,
      /mcpgw deploy/,
      true,
      () =>
        application.instead.set('/oauth2/login/keycloak', {
          status: 302,
          headers: {
            location:
              'http://keycloak:8080/realms/mcp-gateway/protocol/openid-connect/auth?client_id=mcp-gateway-web',
          },
        }),
    ],
    [
      'a client without our address',
      'login page',
      /refuses to show the login page \(400\): Invalid parameter: redirect_uri\./,
      realm,
      true,
      () => {
        application.redirectUris = []
      },
    ],
    [
      'a page without a form',
      'login page',
      /no login form, but says: Maintenance\./,
      /demo-keycloak/,
      false,
      () =>
        application.instead.set('/realms/mcp-gateway/protocol/openid-connect/auth', {
          status: 200,
          body: '<title>Maintenance</title>',
        }),
    ],
    [
      'a form that sends passwords elsewhere',
      'login page',
      /sends passwords to https:\/\/evil\.example/,
      /KC_HOSTNAME/,
      true,
      () =>
        application.instead.set('/realms/mcp-gateway/protocol/openid-connect/auth', {
          status: 200,
          body: '<form action="https://evil.example/login-actions/authenticate">',
        }),
    ],
    [
      'a verify user that is gone',
      'login',
      /does not let user mcpgw-verify in: Invalid username or password\.$/,
      realm,
      true,
      () => {
        application.passwords = {}
      },
    ],
    [
      'a required action',
      'login',
      /requires another step before it lets user mcpgw-verify log in.*UPDATE_PASSWORD/,
      realm,
      true,
      () =>
        application.instead.set('/realms/mcp-gateway/login-actions/authenticate', {
          status: 302,
          headers: {
            location:
              'https://kc.example.com/realms/mcp-gateway/login-actions/required-action?execution=UPDATE_PASSWORD',
          },
        }),
    ],
    [
      'a code that the auth server cannot redeem',
      'session',
      /did not turn Keycloak's code into a session \(oauth2_callback_failed\).*secret of client mcp-gateway-web/,
      realm,
      false,
      () => {
        application.redeemsCodes = false
      },
    ],
    [
      'a cookie for everybody at CloudFront',
      'session',
      /No browser keeps the session's cookie/,
      /SessionCookieDomain/,
      true,
      () => {
        application.sessionCookie += '; Domain=com'
      },
    ],
    [
      'a cookie of another host',
      'session',
      /No browser keeps the session's cookie/,
      /SessionCookieDomain/,
      true,
      () => {
        application.sessionCookie += '; Domain=other.example.com'
      },
    ],
    [
      'no cookie at all',
      'session',
      /did not set the cookie mcp_gateway_session/,
      /demo-auth-server/,
      false,
      () => {
        application.sessionCookie = 'other=1; Path=/'
      },
    ],
    [
      'signing keys that differ',
      'scopes',
      /signing keys differ/,
      /update-service .*demo-auth-server.* and .*demo-registry/,
      true,
      () => application.instead.set('/api/auth/me', {status: 401}),
    ],
    [
      'a student without a group',
      'scopes',
      /may see and call nothing: it is in no group\.$/,
      realm,
      true,
      () => {
        application.me = {username: 'mcpgw-verify', groups: [], scopes: []}
      },
    ],
    [
      'a group that scopes.yml does not know',
      'scopes',
      /scopes\.yml gives mcp-registry-user no scope/,
      realm,
      true,
      () => {
        application.me = {username: 'mcpgw-verify', groups: ['mcp-registry-user'], scopes: []}
      },
    ],
    [
      'a client secret that is another',
      'machine token',
      /gives client mcp-gateway-m2m no token \(401 unauthorized_client/,
      realm,
      true,
      () => {
        application.machineSecret = 'other'
      },
    ],
    [
      'no secret of the machines',
      'machine token',
      /no secret demo-keycloak-m2m-client-secret/,
      /mcpgw deploy/,
      true,
      () => aws.secretValues.delete('demo-keycloak-m2m-client-secret'),
    ],
    [
      'a token without aud',
      'token contents',
      /claim aud .*it has none.*one of account, mcp-gateway-web, mcp-gateway-m2m/,
      realm,
      true,
      () => {
        application.claims = {}
      },
    ],
    [
      'a token for somebody else',
      'token contents',
      /claim aud .*"other"/,
      realm,
      true,
      () => {
        application.claims = {aud: 'other'}
      },
    ],
    [
      'a token of another issuer',
      'token contents',
      /claim iss .*https:\/\/keycloak:8080/,
      realm,
      true,
      () => {
        application.claims = {aud: 'account', iss: 'https://keycloak:8080'}
      },
    ],
    [
      'a token that has expired',
      'token contents',
      /has expired already/,
      /clock/,
      true,
      () => {
        application.issuedSecondsAgo = 30_000
      },
    ],
    [
      'a token without a life',
      'token contents',
      /has expired already/,
      realm,
      true,
      () => {
        application.tokenSeconds = -1
      },
    ],
    [
      'a token that ends within the class',
      'token contents',
      /lives 300 s, .*8 hours/,
      realm,
      true,
      () => {
        application.tokenSeconds = 300
      },
    ],
    [
      'a token that another key signed',
      'token contents',
      /a key that it does not publish \(ERR_JWS_SIGNATURE_VERIFICATION_FAILED\)/,
      /demo-keycloak/,
      false,
      () => {
        application.publishesOtherKey = true
      },
    ],
    [
      'a server without route',
      'MCP initialize',
      /answered 404: the gateway has no route to currenttime yet/,
      /^Wait, then run: mcpgw verify/,
      false,
      () => {
        application.gatewayStatus = 404
      },
    ],
    [
      'the same before the first route',
      'MCP initialize',
      /answered 405: the gateway has no route/,
      /Wait/,
      false,
      () => {
        application.gatewayStatus = 405
      },
    ],
    [
      'a token that the auth server refuses',
      'MCP initialize',
      /answered 500: the auth server refused/,
      /demo-auth-server/,
      false,
      () => {
        application.gatewayStatus = 500
      },
    ],
    [
      'a group without the tool',
      'MCP initialize',
      /answered 403: .*do not allow/,
      realm,
      true,
      () => {
        application.gatewayStatus = 403
      },
    ],
    [
      'a load balancer that does not admit CloudFront',
      'MCP initialize',
      /answered 403: the load balancer did not accept the request from CloudFront/,
      /deploy.* --repair$/,
      true,
      () => {
        application.gatewayStatus = 403
        application.gatewayText = notThroughCloudFront
      },
    ],
    [
      'an MCP server that is down',
      'MCP initialize',
      /answered 502: currenttime does not answer/,
      /logs tail \/ecs\/demo-currenttime/,
      false,
      () => {
        application.gatewayStatus = 502
      },
    ],
    [
      'a host name that the MCP server refuses',
      'MCP initialize',
      /answered 421: currenttime refuses the host name/,
      /demo-currenttime/,
      false,
      () => {
        application.gatewayStatus = 421
      },
    ],
    ...[400, 404].map(
      (status): Break => [
        `a session that is forgotten (${status})`,
        'MCP initialize',
        new RegExp(`answered ${status}: currenttime does not know the session that it has just started`),
        /demo-currenttime/,
        false,
        () => {
          application.laterStatus = status
        },
      ],
    ),
    [
      'a page in place of MCP',
      'MCP initialize',
      /does not speak MCP as it should/,
      /demo-currenttime/,
      false,
      () =>
        application.instead.set('/currenttime/mcp', {
          status: 200,
          headers: {'content-type': 'text/html'},
          body: 'hello',
        }),
    ],
    [
      'JSON in place of MCP',
      'MCP initialize',
      /does not speak MCP as it should/,
      /demo-currenttime/,
      false,
      () =>
        application.instead.set('/currenttime/mcp', {
          status: 200,
          headers: {'content-type': 'application/json'},
          body: '{}',
        }),
    ],
    [
      'no tools',
      'MCP tools',
      /currenttime has no tools/,
      /demo-currenttime/,
      false,
      () => {
        application.tools = []
      },
    ],
  ]

  it.each(breaks)('names the link that %s breaks: %s', async (_, name, reason, hint, isStuck, breakIt) => {
    breakIt()
    const link = await brokenLink()
    expect(link.name).toBe(name)
    expect(link.reason).toMatch(reason)
    expect(link.hint).toMatch(hint)
    expect(link.isStuck).toBe(isStuck)
  })

  it('has a break for every link', () => {
    expect(new Set(breaks.map(([, name]) => name))).toEqual(new Set(links.map(({name}) => name)))
  })

  it('tells a login and a token apart: both are named when both are broken', async () => {
    application.passwords = {}
    application.claims = {}
    const tried = (await linkHealth()).filter(({ok, hint}) => !ok && hint !== null)
    expect(tried.map(({name}) => name)).toEqual(['login', 'token contents'])
  })

  it('goes again after a lost connection, and believes the third', async () => {
    let drops = 0
    const path = '/api/auth/me'
    const original = application.instead.get.bind(application.instead)
    application.instead.get = key => (key === path && ++drops < 3 ? 'drop' : original(key))
    const before = clock.now()
    expect((await look()).health.healthy).toBe(true)
    expect(clock.now() - before).toBe(4000)
    application.instead.set(path, 'drop')
    application.instead.get = original
    expect(await brokenLink()).toMatchObject({
      name: 'scopes',
      reason: expect.stringMatching(/^https:\/\/registry.example.com\/api\/auth\/me does not answer: /),
      hint: expect.stringContaining('curl -v https://registry.example.com/api/auth/me'),
      isStuck: false,
    })
  })

  it('does so for an MCP client, too', async () => {
    application.instead.set('/currenttime/mcp', 'drop')
    expect(await brokenLink()).toMatchObject({
      name: 'MCP initialize',
      reason: expect.stringMatching(
        /\/currenttime\/mcp does not answer: connection closed without an answer/,
      ),
    })
    const asked = application.requests.filter(request => request === 'POST /currenttime/mcp')
    expect(asked).toHaveLength(3)
  })

  it('waits for no answer without end', async () => {
    const timeout = vi
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation(() => AbortSignal.abort(new DOMException('', 'TimeoutError')))
    try {
      expect(await brokenLink()).toMatchObject({
        name: 'realm',
        reason: expect.stringContaining('no answer within 10 s'),
      })
      expect(timeout).toHaveBeenCalledWith(10_000)
    } finally {
      timeout.mockRestore()
    }
  })

  it('stops when the run is stopped, and hands on what cannot be asked of AWS', async () => {
    const stop = new AbortController()
    stop.abort(new Error('enough'))
    await expect(
      lookAtHealth({...checkTarget(aws), clock, links: true, signal: stop.signal}),
    ).rejects.toThrow('enough')
    aws.secrets.value = async () => {
      throw failed('THROTTLED', 'Too many calls.')
    }
    await expect(look()).rejects.toThrow('Too many calls.')
  })

  it('says when the secret may not be read, and how to do without', async () => {
    aws.secrets.value = async () => {
      throw failed('ACCESS_DENIED', 'This identity may not call secretsmanager:GetSecretValue.')
    }
    expect(await brokenLink()).toMatchObject({
      name: 'verify account',
      reason: expect.stringContaining('may not call secretsmanager:GetSecretValue'),
      hint: expect.stringContaining('mcpgw verify --environment demo --shallow'),
      isStuck: true,
    })
  })

  it('names outputs that the stacks lack', async () => {
    const {KeycloakUrl = ''} = aws.stacks.outputs
    const without = (outputs: Record<string, string>) =>
      lookAtHealth({...checkTarget(aws), clock, links: true, outputs})
    const broken = ({health}: Awaited<ReturnType<typeof look>>) =>
      health.links.filter(({ok, hint}) => !ok && hint !== null).map(({name}) => name)
    expect(broken(await without({}))).toEqual(['realm'])
    expect(broken(await without({KeycloakUrl}))).toEqual(['login start', 'MCP initialize'])
  })

  it('never repeats a password, a secret, a token, a code or a cookie', async () => {
    const echo = (status: number) => ({
      status,
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({
        error: 'unauthorized_client',
        error_description: `no ${Application.machineSecret} \u001b[31m\u202e`,
      }),
    })
    application.instead.set('/realms/mcp-gateway/protocol/openid-connect/token', echo(401))
    application.instead.set('/realms/mcp-gateway/login-actions/authenticate', {
      status: 200,
      body: `<span id="input-error">${Application.verifyPassword} is wrong</span>`,
    })
    const text = JSON.stringify(await look())
    expect(text).toContain('**** is wrong')
    expect(text).toContain('no ****')
    for (const secret of [Application.machineSecret, Application.verifyPassword])
      expect(text).not.toContain(secret)
    expect(text).not.toMatch(/\\u001b|\\u202e|\u202e/)
    application.instead.clear()
    application.instead.set('/oauth2/callback/keycloak', {status: 500})
    const later = JSON.stringify(await look())
    expect(later).toContain('/oauth2/callback/keycloak answered 500')
    expect(later).not.toMatch(/code-of-login|state-of-login|eyJ/)
  })
})

it('knows what the load balancers of the templates answer to others than their distribution', () => {
  const template = readFileSync(
    new URL('../../../cloudformation/compute-stack.yaml', import.meta.url),
    'utf8',
  )
  expect(template.split(`MessageBody: ${notThroughCloudFront}`)).toHaveLength(3)
})
