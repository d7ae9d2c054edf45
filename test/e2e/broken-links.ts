import {expect} from 'vitest'

/** A broken link of the embedded account, the links that `verify` then finds broken, and what each of them advises. */
export interface BrokenLink {
  what: string
  broken: readonly string[]
  todo: string
}

const rows: readonly (readonly [what: string, broken: readonly string[], todo: string])[] = [
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
]

export const brokenLinks: readonly BrokenLink[] = rows.map(([what, broken, todo]) => ({what, broken, todo}))

/** Expects of the document of `verify` that these links are red, alone, and say what to do. */
export function expectBroken({healthy, links}: any, {broken, todo}: BrokenLink): void {
  expect(healthy).toBe(false)
  const tried = links.filter(({ok, hint}: any) => !ok && hint !== null)
  expect(tried.map(({name}: any) => name)).toEqual(broken)
  for (const {reason, hint} of tried) {
    expect(reason).toMatch(/[.]$/)
    expect(hint).toContain(todo)
  }
  const untried = links.filter(({ok, hint}: any) => !ok && hint === null)
  for (const {reason} of untried) expect(reason).toMatch(/^Not tried, because .* is broken\.$/)
}
