import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {endpointsOf, oidcProblem} from '../../src/environment/endpoints.js'
import {
  checkEnvironmentName,
  defaultTemplateBucket,
  individualStackName,
  rootStackName,
  viewersFunctionName,
} from '../../src/environment/names.js'
import {services} from '../../src/environment/services.js'
import {childStacks, labelOf} from '../../src/environment/stacks.js'
import {targetGroups} from '../../src/environment/target-groups.js'
import {templatesFolder} from '../../src/environment/templates.js'
import {parseTemplate} from '../../src/template/index.js'

const environmentNames = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,17}[a-z0-9]$/)
  .filter(name => !/--|^(aws|ssm|internal(-|$))|-keycloak$/.test(name))

describe('names', () => {
  it('are those of the templates: the function at the edge, whose name no region keeps apart', () => {
    const {resources} = parseTemplate(
      readFileSync(path.join(templatesFolder(), 'compute-stack.yaml'), 'utf8'),
    )
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
    const expected = viewersFunctionName('${EnvironmentName}', '${AWS::Region}')
    expect(resources.KeycloakViewerFunction?.properties.Name).toEqual({'Fn::Sub': expected})
  })

  it.each(['mcp-gateway', 'ab', 'a1', 'a-very-long-name-19', 'internals', 'my-aws-ssm', 'keycloak'])(
    'accepts the environment %s',
    name => {
      expect(checkEnvironmentName(name)).toBe(name)
    },
  )

  it.each([
    ...['', 'a', '1a', 'Demo', 'demo-', '-demo', 'a_b', 'twenty-characters-xy', 'de mo', 'demo\n'],
    ...['two--hyphens', 'aws-workshop', 'ssm1', 'internal', 'internal-demo', 'a-keycloak'],
  ])('refuses the environment %j', name => {
    expect(() => checkEnvironmentName(name)).toThrow(
      expect.objectContaining({
        code: 'INVALID_ENVIRONMENT',
        exitCode: 2,
        hint: expect.stringContaining('--environment'),
      }),
    )
  })

  it('keep within the limits of AWS for every environment', () => {
    fc.assert(
      fc.property(environmentNames, name => {
        expect(checkEnvironmentName(name)).toBe(name)
        const bucket = defaultTemplateBucket(name, '123456789012', 'ap-southeast-1')
        expect(bucket).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/)
        for (const group of targetGroups) {
          expect(group.name(name).length).toBeLessThanOrEqual(32)
          expect(group.loadBalancer(name).length).toBeLessThanOrEqual(32)
        }
      }),
    )
  })
})

describe('stacks', () => {
  it('follow what they need', () => {
    const before = new Set<string>()
    for (const {key, needs} of childStacks) {
      expect(needs.filter(need => !before.has(need))).toEqual([])
      before.add(key)
    }
    expect(childStacks.find(({key}) => key === 'compute')?.needs).not.toContain('data')
  })

  it('are labelled alike in both layouts, whatever the environment is called', () => {
    fc.assert(
      fc.property(environmentNames, environment => {
        expect(labelOf(rootStackName(environment), environment)).toBe('main')
        for (const {key, logicalId} of childStacks) {
          expect(labelOf(logicalId)).toBe(key)
          expect(labelOf(individualStackName(environment, key), environment)).toBe(key)
          expect(labelOf(`${environment}-${logicalId}-1A2B3C4D5E6F`, environment)).toBe(key)
        }
      }),
    )
    expect(labelOf('my-network', 'my-network')).toBe('main')
    expect(labelOf('my-network-data', 'my-network')).toBe('data')
    expect(labelOf('DatabaseStack')).toBe('database')
  })
})

describe('services and target groups', () => {
  it('are eight and four, and refer to each other', () => {
    expect(services).toHaveLength(8)
    expect(targetGroups).toHaveLength(4)
    const pairs = services.flatMap(service => service.targetGroups.map(group => `${service.key} ${group}`))
    expect(pairs.sort()).toEqual(targetGroups.map(({key, service}) => `${service} ${key}`).sort())
  })

  it('are named after the environment', () => {
    const names = services.map(service => `${service.cluster('demo')}/${service.name('demo')}`)
    expect(names).toContain('demo-ecs-cluster/demo-registry')
    expect(names).toContain('demo-keycloak-cluster/demo-keycloak')
  })

  it('listen on 443 instead of 80 with a domain', () => {
    const ports = (domain: boolean) => targetGroups.map(group => group.listenerPort({domain}))
    expect(ports(false)).toEqual([80, 8888, 7860, 80])
    expect(ports(true)).toEqual([443, 8888, 7860, 443])
  })
})

describe('endpoints', () => {
  const outputs = {RegistryUrl: 'https://r.example/', KeycloakUrl: 'https://k.example'}

  it('are three, built from the outputs', () => {
    expect(endpointsOf(outputs).map(({url, expectedStatus}) => `${url} ${expectedStatus}`)).toEqual([
      'https://r.example/health 200',
      'https://k.example/realms/master 200',
      'https://k.example/realms/master/.well-known/openid-configuration 200',
    ])
  })

  it('leave out what has no output', () => {
    expect(endpointsOf({})).toEqual([])
    expect(endpointsOf({RegistryUrl: 'https://r.example'})).toHaveLength(1)
  })

  const document = {
    issuer: 'https://k.example/realms/master',
    token_endpoint: 'https://k.example/realms/master/token',
    scopes_supported: ['openid'],
  }

  it('find nothing wrong with a discovery document of public addresses', () => {
    expect(oidcProblem(JSON.stringify(document), outputs.KeycloakUrl, 'master')).toBeUndefined()
    expect(endpointsOf(outputs)[2]?.problem(JSON.stringify(document))).toBeUndefined()
    expect(endpointsOf(outputs)[0]?.problem('anything')).toBeUndefined()
  })

  it.each([
    ['<html>', 'The discovery document is not a JSON object.'],
    ['[]', 'The discovery document is not a JSON object.'],
    ['{}', 'The discovery document names no issuer.'],
    [
      JSON.stringify({...document, issuer: 'http://k.example/realms/master'}),
      'issuer is "http://k.example/realms/master", not an https URL on k.example.',
    ],
    [
      JSON.stringify({...document, token_endpoint: 'https://internal:8080/token'}),
      'token_endpoint is "https://internal:8080/token", not an https URL on k.example.',
    ],
    [
      JSON.stringify({...document, jwks_uri: 'http://k.example/certs'}),
      'jwks_uri is "http://k.example/certs", not an https URL on k.example.',
    ],
    [
      JSON.stringify({...document, issuer: 'https://k.example/auth/realms/master'}),
      'issuer is "https://k.example/auth/realms/master", not https://k.example/realms/master.',
    ],
  ])('say what is wrong with %s', (body, problem) => {
    expect(oidcProblem(body, outputs.KeycloakUrl, 'master')).toBe(problem)
  })
})

describe('templatesFolder', () => {
  it('is the one of the package', () => {
    expect(existsSync(path.join(templatesFolder({}), '..', 'package.json'))).toBe(true)
    expect(path.basename(templatesFolder({}))).toBe('cloudformation')
  })

  it('is the one that MCPGW_TEMPLATES_DIR names', () => {
    expect(templatesFolder({MCPGW_TEMPLATES_DIR: '/elsewhere'})).toBe('/elsewhere')
  })
})
