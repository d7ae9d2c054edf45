import {describe, expect, it} from 'vitest'
import {awsCommand, curlCommand, pastingNote} from '../../src/aws/command-line.js'
import {services} from '../../src/environment/services.js'
import {credentialsText} from '../../src/report/credentials-text.js'
import {deploySummary} from '../../src/report/deploy-summary.js'
import {foldLines} from '../../src/report/fold.js'
import {healthText} from '../../src/report/health-text.js'
import {realmText} from '../../src/report/realm-text.js'
import {teardownText} from '../../src/report/teardown-text.js'
import type {Credential, DeployResult, Health} from '../../src/results.js'

const plain = (text: string) => text
const paint = {red: plain, green: plain, yellow: plain, dim: plain, bold: plain}
const commandLine = (command: string) => `mcpgw ${command} --environment demo --rehearse`

const health: Health = {
  healthy: false,
  services: [
    {
      name: 'demo-a',
      cluster: 'c',
      desired: 1,
      running: 1,
      pending: 0,
      rollout: 'COMPLETED',
      ok: true,
      reason: null,
    },
    {
      name: 'demo-b',
      cluster: 'c',
      desired: 1,
      running: 0,
      pending: 0,
      rollout: '',
      ok: false,
      reason: 'It is down. Run: x',
    },
  ],
  targetGroups: [{name: 'demo-tg', healthy: 1, total: 1, ok: true, reason: null, targets: []}],
  endpoints: [{name: 'registry', url: 'https://r', status: null, ok: true, reason: null}],
  links: [],
  resources: [],
  resourcesChecked: 0,
}

describe('the health report', () => {
  it('shows tables, then each wrong thing with what to do', () => {
    expect(healthText(health, paint)).toBe(
      [
        'SERVICE  RUNNING  ROLLOUT',
        'demo-a   1/1      COMPLETED  ok',
        'demo-b   0/1      -          WRONG',
        '',
        'TARGET GROUP  HEALTHY',
        'demo-tg       1/1      ok',
        '',
        'ENDPOINT  STATUS      URL',
        'registry  -       ok  https://r',
        '',
        'LOGIN PATH',
        'not tried',
        '',
        '✖ demo-b: It is down. Run: x',
        '✖ Not healthy: 1 of 2 services, 1 of 1 target groups, 1 of 1 endpoints.',
      ].join('\n'),
    )
  })
})

describe('the health report in a terminal', () => {
  const full: Health = {
    ...health,
    healthy: true,
    services: services.map(({name}) => ({
      ...{name: name('mcp-gateway'), cluster: 'mcp-gateway-keycloak-cluster', desired: 1, running: 1},
      ...{pending: 0, rollout: 'COMPLETED', ok: true, reason: null},
    })),
    endpoints: [
      {
        name: 'keycloak OIDC',
        url: 'https://d97efdb691aeab.cloudfront.net/realms/master/.well-known/openid-configuration',
        ...{status: 200, ok: true, reason: null},
      },
    ],
  }

  it.each([60, 80, 200])('of %i columns has a line for each service, and every address whole', width => {
    const lines = foldLines(healthText(full, paint), width).split('\n')
    for (const {name} of full.services)
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${name} +1/1 +COMPLETED +ok$`)))
    for (const {url} of full.endpoints) expect(lines.filter(line => line.endsWith(url))).toHaveLength(1)
    for (const line of lines.filter(line => !line.includes('https://')))
      expect(line.length).toBeLessThanOrEqual(width)
  })
})

describe('the way in, in the health report', () => {
  const links = [
    {name: 'realm', ok: true, reason: null, hint: null},
    {name: 'login', ok: false, reason: 'Nobody knows it.', hint: 'Run: mcpgw realm'},
    {name: 'session', ok: false, reason: 'Not tried, because login is broken.', hint: null},
  ]
  const text = healthText({...health, links}, paint)

  it('shows each link, and tells what was not tried from what is wrong', () => {
    expect(text).toContain(
      ['LOGIN PATH', 'realm       ok', 'login       WRONG', 'session     not tried'].join('\n'),
    )
  })

  it('says of the broken link alone why and what to do', () => {
    expect(text).toContain('✖ login: Nobody knows it. Run: mcpgw realm\n')
    expect(text).not.toContain('✖ session')
    expect(text).toContain('1 of 1 endpoints, 1 of 3 links.')
  })
})

describe('a type of resources that could not be looked at', () => {
  const unseen = {name: 'AWS::IAM::Role', type: 'AWS::IAM::Role', logicalId: null, physicalId: null}
  const resources = [
    {...unseen, stack: null, ok: null, reason: '9 could not be looked at: No.', hint: 'Give the permission.'},
  ]

  it('is told beside what is healthy, and counts neither way', () => {
    const text = healthText({...health, services: [], healthy: true, resources, resourcesChecked: 3}, paint)
    expect(text).toContain('? AWS::IAM::Role: 9 could not be looked at: No. Give the permission.\n✔ Healthy:')
    expect(text).toContain('3 of 3 resources')
  })

  it('is told after what is wrong', () => {
    const text = healthText({...health, resources, resourcesChecked: 3}, paint)
    expect(text.indexOf('✖ demo')).toBeLessThan(text.indexOf('? AWS::IAM::Role'))
  })
})

describe('commands for pasting', () => {
  it('say before them how the embedded account is reached, once', () => {
    const text = healthText(health, paint, 'http://127.0.0.1:4567')
    expect(text.match(/mcpgw rehearse --port 4567/g)).toHaveLength(1)
    expect(text.indexOf('mcpgw rehearse')).toBeLessThan(text.indexOf('✖ demo-b'))
    expect(healthText({...health, healthy: true}, paint, 'http://127.0.0.1:4567')).not.toContain('rehearse')
  })

  it('need no such word elsewhere', () => {
    expect(pastingNote(undefined)).toBeUndefined()
    expect(pastingNote('https://aws.example.com')).toBeUndefined()
  })

  it('go where our own calls go', () => {
    const region = 'us-west-2'
    expect(awsCommand({region, endpoint: undefined}, 'sts get-caller-identity')).toBe(
      'aws sts get-caller-identity --region us-west-2',
    )
    expect(awsCommand({region, endpoint: 'https://aws.example.com'}, 'sts get-caller-identity')).toBe(
      'aws sts get-caller-identity --region us-west-2 --endpoint-url https://aws.example.com',
    )
    expect(curlCommand('-v', 'https://d1.cloudfront.net/x?y=1', {endpoint: 'https://aws.example.com'})).toBe(
      "curl -v 'https://d1.cloudfront.net/x?y=1'",
    )
    expect(curlCommand('-v', 'https://d1.cloudfront.net/x', {endpoint: 'http://localhost:4566/'})).toBe(
      "curl -v -H 'Host: d1.cloudfront.net' http://localhost:4566/x",
    )
  })
})

describe('the summary of a deploy', () => {
  const result: DeployResult = {
    environment: 'demo',
    account: '123456789012',
    region: 'us-west-2',
    layout: 'nested',
    operation: 'create',
    stacks: [],
    outputs: {RegistryUrl: 'https://r', KeycloakUrl: 'https://k'},
    build: {id: 'b', status: 'SUCCEEDED', mode: 'import', durationSeconds: 180},
    remaining: [],
    realm: {name: 'mcp-gateway', changes: [], students: 0},
    verification: null,
    durationSeconds: 1500,
    apiCalls: {'sts:GetCallerIdentity': 1},
  }

  it('says where it is, who logs in there, how to get the bare passwords, and what to run next', () => {
    const text = deploySummary(result, {commandLine, clock: {}, paint, verbose: false, keycloakUser: 'boss'})
    expect(text).toContain(
      'demo was created in account 123456789012, region us-west-2, layout nested (25m00s).',
    )
    expect(text).toContain('Image build SUCCEEDED after 3m00s (imported).')
    expect(text).toContain('Registry  https://r  user admin\nKeycloak  https://k/admin/  user boss')
    expect(text).toContain(
      [
        'PASSWORDS',
        'Registry  mcpgw credentials --environment demo --rehearse --user admin --reveal',
        'Keycloak  mcpgw credentials --environment demo --rehearse --user keycloak-admin --reveal',
        'Everyone  mcpgw credentials --environment demo --rehearse',
      ].join('\n'),
    )
    expect(text).toContain('mcpgw verify --environment demo --rehearse')
    expect(text).toContain('mcpgw teardown --environment demo --rehearse')
    expect(text).not.toContain('AWS CALLS')
  })

  it('says that nobody may get in, and what to run, where the realm was left out', () => {
    const options = {commandLine, clock: {}, paint, verbose: false, keycloakUser: 'boss'}
    const text = deploySummary({...result, realm: null}, options)
    expect(text).toContain('If there is none, nobody can log in with Keycloak.')
    expect(text).toContain('Let them in  mcpgw realm --environment demo --rehearse')
    expect(deploySummary(result, options)).not.toContain('mcpgw realm')
  })

  it('names what the update could not delete, its price, and what deletes it; not where it costs nothing', () => {
    const left = {
      kind: 'rds:cluster',
      name: 'old',
      reason: 'It is in use',
      owner: null,
      kept: false,
      command: 'aws rds x',
    }
    const options = {commandLine, clock: {}, paint, verbose: false, keycloakUser: 'boss'}
    const cost = {usd: 0.1, per: 'GiB and month', asOf: 2025}
    const text = deploySummary({...result, remaining: [{...left, cost}]}, options)
    expect(text).toContain('! Left over from the update; it stays, and is billed, until someone deletes it:')
    expect(text).toContain(
      '  rds:cluster old: It is in use. It costs about 0.10 USD a GiB and month.\n    aws rds x\nPrices are rough: those of us-west-2, as they were in 2025.',
    )
    const unknown = deploySummary({...result, remaining: [{...left, cost: null}]}, options)
    expect(unknown).toContain('What it costs is not known here.')
    expect(unknown).not.toContain('Prices')
    expect(deploySummary(result, options)).not.toContain('Left over')
  })

  it('leads with what is wrong when it is not healthy', () => {
    const endpoint = 'http://127.0.0.1:4567'
    const unhealthy = {...result, verification: health}
    const text = deploySummary(unhealthy, {
      commandLine,
      paint,
      clock: {},
      verbose: false,
      keycloakUser: 'boss',
      endpoint,
    })
    const lines = text.split('\n')
    expect(lines.slice(0, 3)).toEqual([
      '✖ Deployed, but not healthy: 1 of 2 services, 1 of 1 target groups, 1 of 1 endpoints.',
      expect.stringContaining('mcpgw rehearse --port 4567'),
      '✖ demo-b: It is down. Run: x',
    ])
    expect(text.match(/mcpgw rehearse/g)).toHaveLength(1)
    expect(lines.slice(lines.indexOf('NEXT') + 1)[0]).toContain('Fix it')
  })

  it('names no command that needs the account served', () => {
    const endpoint = 'http://127.0.0.1:4567'
    const text = deploySummary(result, {
      commandLine,
      clock: {},
      paint,
      verbose: false,
      keycloakUser: 'boss',
      endpoint,
    })
    expect(text).not.toMatch(/mcpgw rehearse|\baws |:4567/)
  })

  it('lists the calls when asked to', () => {
    expect(
      deploySummary(result, {commandLine, clock: {}, paint, verbose: true, keycloakUser: 'boss'}),
    ).toContain('1  sts:GetCallerIdentity')
  })
})

describe('who logs in where', () => {
  const account = (name: string, kind: Credential['kind'], url: string, password: string | null = null) => ({
    name,
    kind,
    url,
    user: name,
    secret: `demo-of-${name}`,
    key: 'password',
    password,
  })
  const accounts = [
    account('admin', 'registry-administrator', 'https://r'),
    account('student-01', 'student', 'https://r'),
    account('boss', 'keycloak-administrator', 'https://k/admin/'),
  ]
  const text = (credentials: Credential[], reveal = false) =>
    credentialsText(
      {environment: 'demo', region: 'r', credentials, opened: null},
      {paint, reveal, commandLine},
    )

  it('is a table for each address, with the secrets that hold the passwords', () => {
    expect(text(accounts)).toBe(
      [
        'REGISTRY  https://r',
        'USER        SECRET              KEY',
        'admin       demo-of-admin       password',
        'student-01  demo-of-student-01  password',
        '',
        'KEYCLOAK  https://k/admin/',
        'USER  SECRET        KEY',
        'boss  demo-of-boss  password',
        '',
        'With the passwords  mcpgw credentials --environment demo --rehearse --reveal',
      ].join('\n'),
    )
  })

  it('has the passwords in place of the secrets when they are revealed', () => {
    expect(
      text([account('admin', 'registry-administrator', 'https://r', 'x'), ...accounts.slice(1)], true),
    ).toBe(
      [
        'REGISTRY  https://r',
        'USER        PASSWORD',
        'admin       x',
        'student-01  (the secret has none)',
        '',
        'KEYCLOAK  https://k/admin/',
        'USER  PASSWORD',
        'boss  (the secret has none)',
      ].join('\n'),
    )
  })

  it('says how to update an environment whose templates had no students', () => {
    const result = {environment: 'demo', region: 'r', credentials: accounts.slice(1, 1), opened: null}
    const told = credentialsText(result, {paint, reveal: false, isTooOld: true, commandLine})
    expect(told).toContain('older templates, which had none: mcpgw deploy --environment demo --rehearse')
    expect(told).not.toContain('mcpgw realm')
  })

  it('is what comes next when a realm has been made', () => {
    const realm = {name: 'mcp-gateway', changes: [], students: 2}
    const told = realmText(
      {
        environment: 'demo',
        account: '1',
        region: 'r',
        keycloakUrl: 'https://k',
        realm,
        durationSeconds: 1,
        apiCalls: {},
      },
      {paint, verbose: false, clock: {}, commandLine},
    )
    expect(told).toContain('Passwords  mcpgw credentials --environment demo --rehearse --reveal')
  })

  it('says how to make students where there are none, and how to get one password', () => {
    expect(text(accounts.filter(({kind}) => kind !== 'student'))).toContain(
      'Students            demo has none: mcpgw realm --environment demo --rehearse --students 20',
    )
    expect(text(accounts.slice(0, 1))).toContain(
      'The password alone  mcpgw credentials --environment demo --rehearse --user admin --reveal',
    )
  })
})

describe('the report of a teardown', () => {
  const nothing = {
    environment: 'demo',
    proof: {
      at: '2026-01-01T00:00:00.000Z',
      certified: true,
      stacks: [],
      lookedFor: [{kind: 'ec2:vpc', action: 'ec2:DescribeVpcs', listed: 1, found: 0}],
      pending: [],
    },
    removed: [],
    cleaned: [],
    remaining: [],
    unknown: [],
    durationSeconds: 1,
    elsewhere: null,
    forecast: null,
    next: null,
  }

  it('says where an environment of that name stands', () => {
    const elsewhere = 'An environment of that name exists in eu-west-1 (demo; --region eu-west-1).'
    expect(teardownText({...nothing, elsewhere}, {region: 'us-west-2', paint, clock: {}})).toBe(
      `There was nothing to remove: demo does not exist in region us-west-2.\n${elsewhere}`,
    )
  })

  it('says that there was nothing', () => {
    expect(teardownText(nothing, {region: 'us-west-2', paint, clock: {}})).toBe(
      'There was nothing to remove: demo does not exist in region us-west-2.',
    )
  })

  it('names what remains, and what deletes it', () => {
    const command = 'aws ec2 delete-vpc --vpc-id vpc-1 --region us-west-2'
    const vpc = {
      kind: 'ec2:vpc',
      name: 'vpc-1',
      reason: 'It still carries the tag.',
      owner: 'the scanner',
      kept: false,
      command,
    }
    const remaining = [{...vpc, cost: {usd: 0, per: 'month', asOf: 2025}}]
    expect(teardownText({...nothing, remaining}, {region: 'us-west-2', paint, clock: {}})).toContain(
      `  ec2:vpc vpc-1: It still carries the tag. It belongs to the scanner. It costs nothing.\n    ${command}`,
    )
  })

  it('says once of commands for the embedded account when they work', () => {
    const command =
      'aws ec2 delete-vpc --vpc-id vpc-1 --region us-west-2 --endpoint-url http://127.0.0.1:4566'
    const unknown = [1, 2].map(() => ({kind: 's3:bucket', name: 'b', reason: 'It lacks the tag.', command}))
    const text = teardownText({...nothing, unknown}, {region: 'us-west-2', paint, clock: {}})
    expect(text.match(/Commands with http:\/\/127\.0\.0\.1:4566 work while/g)).toHaveLength(1)
    const inAws = unknown.map(each => ({...each, command: 'aws s3 rb s3://b --region us-west-2'}))
    expect(teardownText({...nothing, unknown: inAws}, {region: 'us-west-2', paint, clock: {}})).not.toMatch(
      /work while/,
    )
  })

  it('does not say that nothing remains of what it could not look at', () => {
    const unknown = [{kind: 's3:bucket', name: 'b', reason: 'It lacks the tag.', command: 'aws s3 rb s3://b'}]
    const text = teardownText({...nothing, unknown, next: 'Look.'}, {region: 'us-west-2', paint, clock: {}})
    expect(text).toContain('  s3:bucket b: It lacks the tag.\n    aws s3 rb s3://b')
    expect(text).toContain('Could not be checked')
    expect(text).not.toMatch(/is gone|nothing to remove|remains/)
    expect(text).toMatch(/Next: Look\.$/)
    expect(text).toContain('Looked for 1 kinds of resources')
  })
})
