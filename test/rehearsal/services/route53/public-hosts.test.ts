import {describe, expect, it} from 'vitest'
import {answerPublicRequest} from '../../../../src/rehearsal/services/route53/public-hosts.js'
import {fixture, put} from '../ecs/fixtures.js'
import {gateway, image, secondsUntilReady, service} from '../ecs/gateway.js'

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

describe('a rule', () => {
  const pathsOf = async (
    condition: Record<string, unknown>,
    requests: Parameters<typeof answerPublicRequest>[1][],
  ) => {
    const {world, make, listener} = keycloak()
    make('AWS::ElasticLoadBalancingV2::ListenerRule', {
      ListenerArn: listener.physicalId,
      Priority: 1,
      Conditions: [condition],
      Actions: [{Type: 'fixed-response', FixedResponseConfig: {StatusCode: '418'}}],
    })
    const answers = await Promise.all(requests.map(request => answerPublicRequest(world, request)))
    return answers.map(answer => answer?.status === 418)
  }
  const asking = (more: Partial<Parameters<typeof answerPublicRequest>[1]>) => {
    const {balancer} = keycloak()
    const host = String(balancer.attributes.DNSName)
    return {method: 'GET', host, path: '/', headers: {}, ...more}
  }

  it('compares headers without case, and holds for none that is missing', async () => {
    const condition = {
      Field: 'http-header',
      HttpHeaderConfig: {HttpHeaderName: 'X-Secret', Values: ['AbC', 'second*']},
    }
    const holds = await pathsOf(
      condition,
      ['abc', 'ABC', 'abcd', 'SECOND-one', ''].map(value => asking({headers: {'x-secret': value}})),
    )
    expect(holds).toEqual([true, true, false, true, false])
    expect(
      await pathsOf({...condition, HttpHeaderConfig: {HttpHeaderName: 'X-Secret', Values: ['*']}}, [
        asking({}),
      ]),
    ).toEqual([false])
  })

  it('does not hold, and holds up nobody, with an expression that takes too long', async () => {
    const condition = {Field: 'path-pattern', PathPatternConfig: {RegexValues: ['^/a*a*a*a*b$']}}
    const before = process.cpuUsage()
    expect(await pathsOf(condition, [asking({path: `/${'a'.repeat(700)}`})])).toEqual([false])
    const {user, system} = process.cpuUsage(before)
    // Tried to its end it takes a processor ten seconds.
    expect((user + system) / 1000).toBeLessThan(3000)
  })

  it('compares paths with expressions, without their query', async () => {
    const condition = {Field: 'path-pattern', PathPatternConfig: {RegexValues: ['^/a(/[a-z]+)*$', '(']}}
    const holds = await pathsOf(
      condition,
      ['/a', '/a/b/c', '/a/b?x=/../..', '/a/../b', '/b/a', '/a//b'].map(path => asking({path})),
    )
    expect(holds).toEqual([true, true, true, false, false, false])
  })

  it('compares the address that a request comes from, this machine when nothing says otherwise', async () => {
    const condition = {
      Field: 'source-ip',
      SourceIpConfig: {Values: ['192.0.2.0/24', '127.0.0.1/32', 'nonsense', '0.0.0.0/99']},
    }
    const holds = await pathsOf(condition, [
      ...['192.0.2.9', '192.0.3.9', '2001:db8::1'].map(address => asking({address})),
      asking({}),
    ])
    expect(holds).toEqual([true, false, false, true])
  })
})

describe('a function of viewer requests', () => {
  const withFunction = (code: string) => {
    const fixture = keycloak()
    const guard = fixture.make('AWS::CloudFront::Function', {
      Name: 'guard',
      AutoPublish: true,
      FunctionCode: code,
    })
    fixture.update(fixture.distribution, {
      DistributionConfig: {
        ...(fixture.distribution.properties.DistributionConfig as object),
        DefaultCacheBehavior: {
          TargetOriginId: 'alb',
          FunctionAssociations: [{EventType: 'viewer-request', FunctionARN: guard.physicalId}],
        },
      },
    })
    fixture.pass(900)
    fixture.up()
    return fixture
  }

  it('answers in place of the origin, or lets the request through as it has changed it', async () => {
    const {get} = withFunction(
      `function handler(event) {
        if (event.viewer.ip === '127.0.0.1' && event.request.uri === '/closed')
          return {statusCode: 403, headers: {'x-why': {value: event.context.eventType}}, body: event.request.querystring.a.value}
        event.request.uri = '/realms/master'
        return event.request
      }`,
    )
    expect(await get('/closed?a=b')).toMatchObject({
      status: 403,
      headers: {'x-why': 'viewer-request'},
      body: 'b',
    })
    const answer = await get('/anything')
    expect(answer?.status).toBe(200)
    expect(JSON.parse(answer?.body ?? '{}')).toMatchObject({realm: 'master'})
  })

  it.each([
    ['throws', 'function handler() { throw new Error("no") }'],
    ['is no function', 'var handler = 1'],
    ['cannot be read', 'function handler('],
    ['returns nothing', 'function handler() {}'],
    ['never ends', 'function handler() { for (;;) {} }'],
    ['asks for modules', 'function handler(event) { require("node:fs"); return event.request }'],
    ['asks for its process', 'function handler(event) { process.exit(0); return event.request }'],
    [
      'climbs out of its context and reads a file',
      `function handler(event) {
        var make = event.constructor.constructor
        return {statusCode: 200, body: make('return process')().getBuiltinModule('node:fs').readFileSync('/etc/hostname', 'utf8')}
      }`,
    ],
  ])('that %s is answered for with 503, and the account continues', async (_, code) => {
    const {get} = withFunction(code)
    expect(await get('/realms/master')).toMatchObject({
      status: 503,
      headers: {'x-cache': 'FunctionExecutionError from cloudfront'},
    })
  })

  it('of responses, and Lambda@Edge, are refused instead of being passed over', () => {
    const {make} = keycloak()
    const behavior = (more: object) => ({
      DistributionConfig: {
        Enabled: true,
        Origins: [],
        DefaultCacheBehavior: {TargetOriginId: 'alb', ...more},
      },
    })
    expect(() =>
      make(
        'AWS::CloudFront::Distribution',
        behavior({FunctionAssociations: [{EventType: 'viewer-response', FunctionARN: 'arn'}]}),
      ),
    ).toThrow('runs functions of viewer requests only')
    expect(() =>
      make(
        'AWS::CloudFront::Distribution',
        behavior({LambdaFunctionAssociations: [{EventType: 'origin-request'}]}),
      ),
    ).toThrow('runs functions of viewer requests only')
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
  const {world} = fixture()
  expect(
    await answerPublicRequest(world, {method: 'GET', host: 'example.com', path: '/', headers: {}}),
  ).toBeUndefined()
})
