import {describe, expect, it} from 'vitest'
import {answerPublicRequest} from '../../../src/rehearsal/simulation/index.js'
import {put, scene} from './fixtures.js'
import {gateway, image, secondsUntilReady, service} from './gateway.js'

const path = '/realms/master/.well-known/openid-configuration'

/** Keycloak behind a load balancer behind a distribution, all of it up. */
function keycloak(environment: Record<string, string> = {}) {
  const base = gateway({port: 8080, path: '/'})
  const distribution = base.make('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      DefaultCacheBehavior: {TargetOriginId: 'alb', ViewerProtocolPolicy: 'redirect-to-https'},
      Origins: [
        {
          Id: 'alb',
          DomainName: base.balancer.attributes.DNSName,
          CustomOriginConfig: {OriginProtocolPolicy: 'http-only', HTTPPort: 80},
        },
      ],
    },
  })
  const host = String(distribution.attributes.DomainName)
  const made = service(base, {
    name: 'demo-keycloak',
    image: image(base, 'keycloak'),
    port: 8080,
    group: base.group,
    container: {
      Environment: Object.entries({
        KC_HOSTNAME: host,
        KC_PROXY: 'edge',
        KC_HOSTNAME_STRICT_HTTPS: 'true',
        KC_HEALTH_ENABLED: 'true',
        ...environment,
      }).map(([Name, Value]) => ({Name, Value})),
    },
  })
  const get = (requestPath: string, options: {host?: string; scheme?: 'http' | 'https'} = {}) =>
    answerPublicRequest(base.world, {
      method: 'GET',
      host: options.host ?? host,
      path: requestPath,
      headers: {host: options.host ?? host},
      scheme: options.scheme,
    })
  return {...base, distribution, host, made, get, up: () => secondsUntilReady(base, made)}
}

describe('a distribution', () => {
  it('answers with what Keycloak says, at https addresses of its own name', async () => {
    const {get, host, up} = keycloak()
    up()
    expect((await get('/realms/master'))?.status).toBe(200)
    expect((await get('/health/ready'))?.status).toBe(200)
    expect((await get('/realms/none'))?.status).toBe(404)
    const answer = await get(path)
    expect(answer?.status).toBe(200)
    const configuration = JSON.parse(answer?.body ?? '{}') as Record<string, unknown>
    expect(configuration.issuer).toBe(`https://${host}/realms/master`)
    for (const [name, value] of Object.entries(configuration)) {
      if (name.endsWith('_endpoint')) expect(value).toMatch(new RegExp(`^https://${host}/`))
    }
  })

  it('shows http addresses when Keycloak is not told to be strict about https', async () => {
    const {get, host, up} = keycloak({KC_HOSTNAME_STRICT_HTTPS: 'false'})
    up()
    expect(JSON.parse((await get(path))?.body ?? '{}')).toMatchObject({
      issuer: `http://${host}/realms/master`,
    })
  })

  it('redirects http to https', async () => {
    const {get, host} = keycloak()
    expect(await get('/x', {scheme: 'http'})).toMatchObject({
      status: 301,
      headers: {location: `https://${host}/x`},
    })
  })

  it('answers 503 before any target is healthy, and 502 in its own words without a listener', async () => {
    const {get, world, region, listener, up} = keycloak()
    expect(await get('/')).toMatchObject({
      status: 503,
      body: expect.stringContaining('503 Service Temporarily Unavailable'),
    })
    up()
    world.remove(region, listener)
    const answer = await get('/')
    expect(answer).toMatchObject({status: 502, headers: {'x-cache': 'Error from cloudfront'}})
    expect(answer?.body).toContain("CloudFront wasn't able to connect to the origin.")
  })

  it('answers 403 once it is disabled', async () => {
    const {get, distribution, kind, request, up} = keycloak()
    up()
    kind(distribution).deleting?.(distribution, request(distribution))
    expect((await get('/'))?.status).toBe(403)
  })
})

describe('a load balancer', () => {
  it('answers on the ports of its listeners only', async () => {
    const {get, balancer, up} = keycloak()
    up()
    const name = String(balancer.attributes.DNSName)
    expect((await get('/', {host: name}))?.status).toBe(200)
    expect((await get('/', {host: `${name}:80`}))?.status).toBe(200)
    expect(await get('/', {host: `${name}:8888`})).toBeUndefined()
    expect(await get('/', {host: name, scheme: 'https'})).toBeUndefined()
  })

  it('redirects as its listener says', async () => {
    const {get, balancer, listener} = keycloak()
    listener.properties.DefaultActions = [
      {Type: 'redirect', RedirectConfig: {Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301'}},
    ]
    const name = String(balancer.attributes.DNSName)
    expect(await get('/a?b=c', {host: name})).toMatchObject({
      status: 301,
      headers: {location: `https://${name.toLowerCase()}:443/a?b=c`},
    })
  })

  it('uses unhealthy targets when it has no others', async () => {
    const {get, group, update, pass, up} = keycloak()
    up()
    update(group, {HealthCheckPath: '/nothing'})
    pass(80)
    expect((await get('/realms/master'))?.status).toBe(200)
  })

  it('is reached by its Route 53 alias', async () => {
    const {get, balancer, world, up} = keycloak()
    up()
    put(world, 'AWS::Route53::RecordSet', 'kc.example.com', {
      Name: 'kc.example.com.',
      AliasTarget: {DNSName: balancer.attributes.DNSName},
    })
    expect((await get('/realms/master', {host: 'kc.example.com', scheme: 'http'}))?.status).toBe(200)
    expect(await get('/realms/master', {host: 'kc.example.com', scheme: 'https'})).toBeUndefined()
  })
})

it('a name that nobody has gets no answer', async () => {
  const {world} = scene()
  expect(
    await answerPublicRequest(world, {method: 'GET', host: 'example.com', path: '/', headers: {}}),
  ).toBeUndefined()
})
