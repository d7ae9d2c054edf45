import {beforeAll, describe, expect, test} from 'vitest'
import {deploy} from '../../../src/parity/templates/deploy.js'
import {loadTemplates} from '../../properties/templates/template-set.js'
import {askForToken, consoleOf, discoveredAddresses, runHealthCheck, sharedKeycloak} from './asked.js'
import type {KeycloakAddress} from './real-keycloak.js'
import {choiceOf} from './template-container.js'

describe("a real Keycloak with the templates' variables, behind CloudFront", () => {
  let keycloak: KeycloakAddress

  beforeAll(async () => {
    keycloak = (await sharedKeycloak()).address
  })

  test('gives only https addresses under its public name in discovery, the issuer among them', async () => {
    const {issuer, ...addresses} = await discoveredAddresses(keycloak)
    expect(issuer).toBe(`${keycloak.publicUrl}/realms/master`)
    expect(Object.keys(addresses).length).toBeGreaterThan(10)
    for (const [name, address] of Object.entries(addresses))
      expect(address, name).toMatch(new RegExp(`^${keycloak.publicUrl}/realms/master/`))
  })

  test('gives the administrator a token, though the load balancer says HTTP, and nobody else', async () => {
    expect(await askForToken(keycloak)).toMatchObject({status: 200})
    const refused = await askForToken(keycloak, 'wrong')
    expect(refused.status).toBe(401)
    expect(JSON.parse(refused.text).error).toBe('invalid_grant')
  })

  test('has an admin console that asks https alone, and whose login accepts its redirect back', async () => {
    expect(await consoleOf(keycloak)).toEqual({
      redirect: `${keycloak.publicUrl}/admin/master/console/`,
      authUrl: keycloak.publicUrl,
      loginStatus: 200,
    })
  })

  test("passes the container's health check, run as it is", async () => {
    expect(await runHealthCheck(keycloak)).toBe(0)
  })

  test("passes the target group's health check, which asks by address", async () => {
    const {HealthCheckPath, Matcher} = propertiesOf('KeycloakTargetGroup')
    const answer = await fetch(`${keycloak.internalUrl}${HealthCheckPath}`, {redirect: 'manual'})
    await answer.body?.cancel()
    expect(accepts(Matcher.HttpCode, answer.status), `${answer.status}`).toBe(true)
  })

  test('has neither metrics nor health, not even for who asks it directly', async () => {
    for (const path of ['/metrics', '/metrics/vendor', '/q/metrics', '/health', '/health/ready', '/q/health'])
      expect((await fetch(`${keycloak.internalUrl}${path}`)).status, path).toBe(404)
  })

  test('is asked by everybody else for nothing that the rule of its load balancer holds back', () => {
    const patterns: string[] = propertiesOf('KeycloakMetricsRule').Conditions[0].PathPatternConfig.Values
    for (const path of ['/', '/realms/master', '/admin/', '/resources/x', '/js/keycloak.js'])
      expect(patterns.filter(pattern => fits(pattern, path))).toEqual([])
  })
})

function propertiesOf(logicalId: string): any {
  return deploy(loadTemplates(), choiceOf({}))
    .resources()
    .find(resource => resource.stack === 'compute' && resource.logicalId === logicalId)?.properties
}

/** A matcher of a target group: codes and ranges of codes. */
function accepts(matcher: string, status: number): boolean {
  return matcher.split(',').some(part => {
    const [first = '', last = first] = part.split('-')
    return Number(first) <= status && status <= Number(last)
  })
}

/** A path pattern of a load balancer's rule: `*` is any text, `?` one character. */
function fits(pattern: string, path: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`).test(path)
}
