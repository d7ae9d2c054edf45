import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Finished, Rehearsal} from './mcpgw.js'
import {standing} from './standing.js'

let rehearsal: Rehearsal
let deployed: Finished
beforeAll(() => {
  ;({rehearsal, deployed} = standing())
})
afterAll(() => rehearsal.remove())

const names = [
  'verify account',
  'realm',
  'OpenID configuration',
  'login start',
  'login page',
  'login',
  'session',
  'scopes',
  'machine token',
  'token contents',
  'MCP initialize',
  'MCP tools',
]

const verify = (...faults: string[]) =>
  rehearsal.rehearse('verify', ...['clear', ...faults].flatMap(fault => ['--rehearse-fault', fault]))

test('one run deploys, logs a student in and lists the tools of an MCP server', () => {
  expect(deployed.code).toBe(0)
  const {verification} = deployed.json()
  expect(verification.links).toEqual(names.map(name => ({name, ok: true, reason: null, hint: null})))
})

test('verify goes the same way, and --shallow goes none of it', async () => {
  const whole = await verify()
  expect([whole.code, whole.json().links.length]).toEqual([0, names.length])
  const shallow = await rehearsal.rehearse('verify', '--shallow')
  expect([shallow.code, shallow.json().healthy, shallow.json().links]).toEqual([0, true, []])
})

describe('a broken link is red, alone, and says what to do', () => {
  test.each([
    ['no-realm', ['realm'], 'mcpgw realm --rehearse'],
    ['http-issuer', ['OpenID configuration'], 'KC_HOSTNAME'],
    ['login-form', ['login'], '/ecs/mcp-gateway-keycloak'],
    ['no-user', ['login'], 'mcpgw realm --rehearse'],
    ['user-disabled', ['login'], 'mcpgw realm --rehearse'],
    ['client-secret', ['session'], 'mcpgw realm --rehearse'],
    ['no-cookie', ['session'], '/ecs/mcp-gateway-auth-server'],
    // People and programs have their scopes by the same groups.
    ['no-groups', ['scopes', 'MCP initialize'], 'mcpgw realm --rehearse'],
    ['no-scopes', ['scopes', 'MCP initialize'], 'mcpgw realm --rehearse'],
    ['no-aud', ['token contents'], 'mcpgw realm --rehearse'],
    ['expired-token', ['token contents'], 'mcpgw realm --rehearse'],
    ['unknown-key', ['token contents'], '/ecs/mcp-gateway-keycloak'],
    ['no-route', ['MCP initialize'], 'mcpgw verify --rehearse'],
    ['host-check', ['MCP initialize'], '/ecs/mcp-gateway-currenttime'],
    ['lost-sessions', ['MCP initialize'], '/ecs/mcp-gateway-currenttime'],
    ['no-tools', ['MCP tools'], '/ecs/mcp-gateway-currenttime'],
  ] as const)('%s: %j', async (what, broken, todo) => {
    const {code, json} = await verify(`broken-link what=${what}`)
    const {healthy, links} = json()
    expect([code, healthy]).toEqual([1, false])
    const tried = links.filter(({ok, hint}: any) => !ok && hint !== null)
    expect(tried.map(({name}: any) => name)).toEqual(broken)
    for (const {reason, hint} of tried) {
      expect(reason).toMatch(/[.]$/)
      expect(hint).toContain(todo)
    }
    const untried = links.filter(({ok, hint}: any) => !ok && hint === null)
    for (const {reason} of untried) expect(reason).toMatch(/^Not tried, because .* is broken\.$/)
  })

  test('the commands advised for a realm that lost its users mend it', async () => {
    await verify('broken-link what=no-user')
    const realm = await rehearsal.run(['realm', '--rehearse', '--rehearse-fault', 'clear'])
    expect(realm.code).toBe(0)
    expect((await verify()).code).toBe(0)
  })
})

test('neither documents nor recorded runs hold a password, a cookie or a token', async () => {
  const {stdout, stderr} = await verify()
  const {json} = await rehearsal.rehearse('credentials', '--reveal')
  const passwords: string[] = json().credentials.map(({password}: any) => password)
  expect(passwords.length).toBeGreaterThan(2)
  for (const text of [stdout, stderr, deployed.stdout, deployed.stderr]) {
    for (const password of passwords) expect(text).not.toContain(password)
    expect(text).not.toMatch(/eyJ[\w-]{10}|mcp_gateway_session=/)
  }
})
