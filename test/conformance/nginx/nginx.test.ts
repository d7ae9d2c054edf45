import {createServer, type Server} from 'node:http'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {deploy} from '../../../src/parity/templates/deploy.js'
import {replaceReferences} from '../../../src/parity/templates/references.js'
import {loadTemplates} from '../../properties/templates/template-set.js'
import {choiceOf} from '../keycloak/template-container.js'
import {type ApplicationSite, applicationSite, namesForRegistry, siteText} from './application-site.js'
import {nginxCommands} from './build-commands.js'
import {NginxFixture} from './fixture.js'

/** The load balancer asks a target under its address. */
const taskAddress = '10.0.11.23'

const registryName = 'd222222abcdef8.cloudfront.net'
const keycloakName = 'd111111abcdef8.cloudfront.net'
const distributions: Readonly<Record<string, string>> = {
  MainDistribution: registryName,
  KeycloakDistribution: keycloakName,
}

const deployed = deploy(loadTemplates(), choiceOf({}))
const site = resolved(applicationSite(deployed))
const known = [...namesForRegistry(deployed), keycloakName]

function resolved({serverNames, upstreams}: ApplicationSite): ApplicationSite {
  const resolve = (text: string) =>
    replaceReferences(text, ({logicalId}) => distributions[logicalId] ?? logicalId)
  return {serverNames: resolve(serverNames), upstreams: upstreams.map(resolve)}
}

let fixture: NginxFixture
let application: Server
let applicationPort: number

beforeAll(async () => {
  // The registry's application behind its nginx.
  application = createServer((_request, response) => response.end('{"status":"healthy"}'))
  await new Promise<void>(resolve => application.listen(0, '127.0.0.1', resolve))
  const address = application.address()
  applicationPort = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => {
  application.close()
})

beforeEach(async () => {
  fixture = await NginxFixture.make()
  fixture.addSite('application', siteText(site, applicationPort))
  fixture.resolveNames(known)
})
afterEach(() => fixture.remove())

describe("the registry's health check, asked of Debian's nginx", () => {
  test("finds nothing with Debian's own site in place, though the public name is answered", async () => {
    await fixture.start()
    expect(await fixture.status('/health', taskAddress)).toBe(404)
    expect(await fixture.status('/health', registryName)).toBe(200)
  })

  test('is answered whatever the Host is after what the build does to the image', async () => {
    for (const command of nginxCommands()) await fixture.runOnImage(command)
    expect(await fixture.test()).toEqual({code: 0, complaints: []})
    await fixture.start()
    for (const host of [taskAddress, registryName, 'localhost'])
      expect(await fixture.status('/health', host), host).toBe(200)
  })

  // The image's start script ends in `nginx`, which goes into the background, and `tail -f /dev/null`.
  test('says when nginx has ended, of which the port of the registry itself, asked by Terraform, says nothing', async () => {
    for (const command of nginxCommands()) await fixture.runOnImage(command)
    await fixture.start()
    await fixture.stop()
    const [group] = deployed
      .resources('AWS::ElasticLoadBalancingV2::TargetGroup')
      .filter(({logicalId}) => logicalId === 'RegistryTargetGroup')
    expect(group?.properties).toMatchObject({Port: 80, HealthCheckPort: 'traffic-port'})
    expect(await fixture.status('/health', taskAddress)).toBeUndefined()
    const itself = await fetch(`http://127.0.0.1:${applicationPort}/health`)
    expect(itself.status).toBe(200)
  })
})

describe("nginx's own test of a configuration", () => {
  test('complains of two servers with one name, of which it ignores the second, though it ends with 0', async () => {
    fixture.addSite('second', siteText(site, applicationPort))
    const {code, complaints} = await fixture.test()
    expect(code).toBe(0)
    expect(complaints).toContainEqual(
      expect.stringContaining(
        `conflicting server name "${registryName}" on 0.0.0.0:${fixture.port}, ignored`,
      ),
    )
  })

  test.each(site.upstreams.map(url => new URL(url).hostname))(
    'fails when %s cannot be resolved',
    async name => {
      expect(known).toContain(name)
      fixture.resolveNames(known.filter(other => other !== name))
      const {code, complaints} = await fixture.test()
      expect(code).toBe(1)
      expect(complaints).toContainEqual(
        expect.stringContaining(`[emerg] host not found in upstream "${name}"`),
      )
      await expect(fixture.start()).rejects.toThrow(`host not found in upstream "${name}"`)
    },
  )

  test("passes with the names that exist when the registry's service is made, and no others", async () => {
    expect(await fixture.test()).toEqual({code: 0, complaints: []})
  })

  test('fails when the registry is deployed beside the services that it names, not after them', async () => {
    const templates = loadTemplates(({services}) => {
      services.Resources.RegistryService.DependsOn = ['AppExecutionPolicy']
    })
    fixture.resolveNames([...namesForRegistry(deploy(templates, choiceOf({}))), keycloakName])
    expect((await fixture.test()).code).toBe(1)
  })
})
