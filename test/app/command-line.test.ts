import {describe, expect, it} from 'vitest'
import {
  commandLineFor,
  deployCommandLineFor,
  exportCommandLineFor,
  realmCommandLineFor,
} from '../../src/app/command-line.js'

const flags = {
  environment: 'mcp-gateway',
  region: undefined,
  profile: undefined,
  rehearse: false,
  'rehearse-speed': undefined,
  'rehearse-seed': undefined,
  'rehearse-quota': undefined,
  'rehearse-fault': undefined,
  'rehearse-faults': undefined,
  json: true,
  verbose: false,
  'no-color': false,
  layout: 'nested',
  parameters: undefined,
  set: undefined,
  images: undefined,
  'template-bucket': undefined,
  'template-prefix': undefined,
  'on-failure': 'rollback',
  'service-role': undefined,
  realm: true,
  students: undefined,
}

describe('commands in hints', () => {
  it('leave defaults out', () => {
    expect(commandLineFor(flags)('verify')).toBe('mcpgw verify')
  })

  it('reach the same environment', () => {
    const line = commandLineFor({
      ...flags,
      environment: 'demo',
      region: 'eu-west-1',
      profile: 'my class',
      rehearse: true,
    })
    expect(line('verify')).toBe(
      "mcpgw verify --environment demo --region eu-west-1 --profile 'my class' --rehearse",
    )
  })

  it('repeat a deploy with what was given for it, without secrets', () => {
    const line = deployCommandLineFor(
      {
        ...flags,
        layout: 'individual',
        parameters: 'p.yaml',
        set: ['A=1', 'Password=hush'],
        images: 's3://b/p/',
        'skip-check': ['vpcs', 'fargate'],
      },
      text => text.replace('hush', '****'),
    )
    expect(line('deploy')).toBe(
      "mcpgw deploy --layout individual --parameters p.yaml --set A=1 --set 'Password=****' --images s3://b/p/ --skip-check vpcs --skip-check fargate",
    )
    expect(line('preflight')).toBe(line('deploy').replace('deploy', 'preflight'))
    expect(line('realm')).toBe('mcpgw realm --parameters p.yaml')
  })

  it('repeat the students with deploy and realm, and that there is no realm with deploy', () => {
    const line = deployCommandLineFor({...flags, students: 'ada, grace', realm: false}, text => text)
    expect(line('deploy')).toBe("mcpgw deploy --no-realm --students 'ada, grace'")
    expect(line('realm')).toBe("mcpgw realm --students 'ada, grace'")
    expect(line('preflight')).toBe('mcpgw preflight')
    const ofRealm = realmCommandLineFor({...flags, students: '30'})
    expect([ofRealm('realm'), ofRealm('verify')]).toEqual(['mcpgw realm --students 30', 'mcpgw verify'])
    expect(line('teardown')).toBe('mcpgw teardown')
  })
})

it('the command that attaches to an export names its place, quoted for a shell', () => {
  const commandLine = exportCommandLineFor({
    ...flags,
    environment: 'demo',
    profile: 'work shop',
    to: "s3://images/it's/",
  })
  expect(commandLine('images export')).toBe(
    `mcpgw images export --environment demo --profile 'work shop' --to "s3://images/it's/"`,
  )
  expect(commandLine('deploy')).toBe("mcpgw deploy --environment demo --profile 'work shop'")
})

it('the parameters file is part of the commands that are advised next', () => {
  const flags = {
    environment: 'demo',
    region: undefined,
    profile: undefined,
    rehearse: false,
    parameters: 'class.yaml',
  }
  const line = commandLineFor(flags as Parameters<typeof commandLineFor>[0])
  expect(line('watch')).toBe('mcpgw watch --environment demo --parameters class.yaml')
})
