import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {loadTemplates} from '../../properties/templates/template-set.js'
import {askForToken, consoleOf, discoveredAddresses, runHealthCheck, sharedKeycloak} from './asked.js'
import {type RealKeycloak, startRealKeycloak, type Wishes} from './real-keycloak.js'

/** Starts one for the tests of a `describe`, and stops it after them. */
function started(wishes: Wishes): () => RealKeycloak {
  let keycloak: RealKeycloak | undefined
  beforeAll(async () => {
    keycloak = await startRealKeycloak({...wishes, database: (await sharedKeycloak()).database})
  })
  afterAll(() => keycloak?.stop())
  return () => {
    if (keycloak === undefined) throw new Error('Keycloak has not started.')
    return keycloak
  }
}

describe('a real Keycloak with a domain of its own', () => {
  const keycloak = started({domain: true})

  test('gives https addresses, a token, and a console that works', async () => {
    const {publicUrl} = keycloak()
    expect(publicUrl).toBe('https://kc.us-west-2.mcp.example.com')
    for (const [name, address] of Object.entries(await discoveredAddresses(keycloak())))
      expect(address, name).toMatch(new RegExp(`^${publicUrl}/realms/master`))
    expect(await askForToken(keycloak())).toMatchObject({status: 200})
    expect(await consoleOf(keycloak())).toEqual({
      redirect: `${publicUrl}/admin/master/console/`,
      authUrl: publicUrl,
      loginStatus: 200,
    })
  })

  test("fails the container's health check once it is stopped", async () => {
    expect(await runHealthCheck(keycloak())).toBe(0)
    await keycloak().stopKeycloak()
    expect(await runHealthCheck(keycloak())).not.toBe(0)
  })
})

describe('a real Keycloak behind CloudFront without KC_HOSTNAME_ADMIN_URL', () => {
  const templates = loadTemplates(documents => {
    const [container] = documents.services.Resources.KeycloakTaskDefinition.Properties.ContainerDefinitions
    container.Environment = container.Environment.filter(({Name}: any) => Name !== 'KC_HOSTNAME_ADMIN_URL')
  })
  const keycloak = started({templates})

  test('has a console that loads nothing, since it asks http from an https page, and whose login is refused', async () => {
    expect(await consoleOf(keycloak())).toEqual({
      redirect: keycloak().publicUrl.replace('https:', 'http:').concat('/admin/master/console/'),
      authUrl: keycloak().publicUrl.replace('https:', 'http:'),
      loginStatus: 400,
    })
  })
})
