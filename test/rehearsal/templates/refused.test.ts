import {afterEach, describe, expect, it, test} from 'vitest'
import type {Stack} from '../../../src/rehearsal/account/stack.js'
import {signalResource} from '../../../src/rehearsal/engine/signals.js'
import {ssmParameterValue} from '../../../src/rehearsal/resources/ssm-parameter-value.js'
import {describeStack} from '../../../src/rehearsal/services/cloudformation/describe.js'
import {brokenLogGroup} from '../engine/engine-world.js'
import {filesIn, type Parameters, type RehearsedAccount, rehearsedAccount} from './rehearsed.js'

let account: RehearsedAccount | undefined
afterEach(async () => {
  await account?.close()
  account = undefined
})

async function opened(): Promise<RehearsedAccount> {
  account = await rehearsedAccount()
  return account
}

/** Reasons of everything that failed, oldest first, with the stack's own. */
function reasons(stack: Stack): string[] {
  return stack.events
    .filter(({status}) => status.endsWith('FAILED') || status === 'ROLLBACK_IN_PROGRESS')
    .map(({reason}) => reason ?? '')
}

describe('templates that are refused before anything is made', () => {
  const needsMacro = (name: string) =>
    `Transform ${name} is not supported: mcpgw reads templates that need no macro`
  const refused: Record<string, string | RegExp> = {
    'default-in-map.yaml':
      'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    'for-each.yaml': needsMacro('AWS::LanguageExtensions'),
    'for-each-alone.yaml': needsMacro('AWS::LanguageExtensions (Fn::ForEach)'),
    'include.yaml': needsMacro('AWS::Include'),
    'length.yaml': /^Template error: Encountered unsupported function: Fn::Length Supported functions are: /,
    'macro.yaml': needsMacro('Obfuscate'),
    'serverless.yaml': needsMacro('AWS::Serverless-2016-10-31'),
    'serverless-type.yaml': 'Template format error: Unrecognized resource types: [AWS::Serverless::Function]',
    'stack-set.yaml': 'Template format error: Unrecognized resource types: [AWS::CloudFormation::StackSet]',
    'to-json.yaml': /^Template error: Encountered unsupported function: Fn::ToJsonString /,
    'unknown-attribute.yaml':
      'Template error: resource Queue does not support attribute type Colour in Fn::GetAtt',
    'value-of.yaml': 'Template error: Fn::ValueOf is not supported in Rules',
    'unknown-type.yaml':
      'Template format error: Unrecognized resource types: [AWS::Space::Moon, AWS::Redshift::Cluster]',
  }

  test('are all here', () => {
    expect(filesIn('refused').sort()).toEqual(Object.keys(refused).sort())
  })

  it.each(Object.entries(refused))('%s', async (file, message) => {
    const {begin, region} = await opened()
    expect(() => begin('refused', `refused/${file}`)).toThrow(message)
    expect(region.stacks).toEqual({})
  })
})

describe('samples whose parameters are refused', () => {
  it.each([
    ['ruled', {Stage: 'prod'}, 'Rule ProductionIsLarge failed: Production needs a large size'],
    ['ruled', {Zones: 'us-west-2a,us-west-2d'}, 'Zones of us-west-2 only'],
    [
      'vpc',
      {NetworkRange: '10.0.0.0/8'},
      'Parameter NetworkRange failed to satisfy constraint: must be a range of the size /16',
    ],
    ['upkeep', {Level: 'loud'}, "Parameter 'Level' must be one of AllowedValues"],
    ['fargate-service', {NetworkStack: 'x', Tasks: 'two'}, "Parameter 'Tasks' must be a number."],
    ['bastion', {}, 'Parameters: [NetworkStack] must have values'],
    [
      'bastion',
      {NetworkStack: 'vpc', Image: '/facts/none'},
      'Unable to fetch parameters [/facts/none] from parameter store for this account.',
    ],
  ] as [string, Parameters, string][])('%s with %o', async (name, parameters, message) => {
    const {begin} = await opened()
    expect(() => begin(name, `samples/${name}.yaml`, parameters)).toThrow(message)
  })

  it('bastion with an image that an update cannot find, or finds elsewhere', async () => {
    const {begin, rest, change, outputs, find, world, region} = await opened()
    await rest(begin('vpc', 'samples/vpc.yaml'))
    await rest(begin('bastion', 'samples/bastion.yaml', {NetworkStack: 'vpc'}))
    const image = outputs('bastion').Image
    const shown = describeStack(find('bastion'), name => ssmParameterValue(world, region, name)).Parameters
    expect(shown?.find(({ParameterKey}) => ParameterKey === 'Image')).toEqual({
      ParameterKey: 'Image',
      ParameterValue: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      ResolvedValue: image,
    })
    const given = (Image: string) => change('bastion', 'samples/bastion.yaml', {NetworkStack: 'vpc', Image})
    expect(() => given('/facts/none')).toThrow(
      'Unable to fetch parameters [/facts/none] from parameter store for this account.',
    )
    await given('/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64')
    expect(outputs('bastion').Image).toMatch(/^ami-/)
    expect(outputs('bastion').Image).not.toBe(image)
  })

  it('names what does not exist in the account, before a resource is touched', async () => {
    const {begin, rest} = await opened()
    const stack = begin('web', 'samples/web-tier.yaml', {Network: 'vpc-0', Subnets: 'subnet-0'})
    await rest(stack)
    expect(stack.status).toBe('ROLLBACK_COMPLETE')
    expect(Object.keys(stack.resources)).toEqual([])
    expect(reasons(stack).join()).toContain(
      'Parameter validation failed: parameter value vpc-0 for parameter name Network does not exist',
    )
  })
})

describe('resources that fail', () => {
  const failing = async (properties: object) => {
    const open = await opened()
    const Conditions = {Always: {'Fn::Equals': ['a', 'a']}}
    const stack = open.create('bad', {Conditions, Resources: {Thing: properties}})
    await open.rest(stack)
    expect(stack.status).toBe('ROLLBACK_COMPLETE')
    expect(open.left()).toEqual([])
    return reasons(stack)
  }

  it('when something deep in a property is not of its type', async () => {
    // Inside a condition, where it is seen only when the resource is made.
    const rule = {Status: 'Enabled', ExpireInDays: 1}
    const rules = {Rules: [{'Fn::If': ['Always', rule, {Ref: 'AWS::NoValue'}]}]}
    expect(
      await failing({Type: 'AWS::S3::Bucket', Properties: {LifecycleConfiguration: rules}}),
    ).toContainEqual(
      'Properties validation failed for resource Thing with message:\n#/LifecycleConfiguration/Rules/0: extraneous key [ExpireInDays] is not permitted',
    )
  })

  it('do not even begin when that can be seen in the template', async () => {
    const rules = {Rules: [{Status: 'Enabled', ExpireInDays: 1}, {Id: 'b'}], Tags: 'none'}
    const [reason] = await failing({Type: 'AWS::S3::Bucket', Properties: {LifecycleConfiguration: rules}})
    expect(reason).toContain('AWS::EarlyValidation::PropertyValidation')
    const path = '/Resources/Thing/Properties/LifecycleConfiguration'
    expect(account?.find('bad').findings?.map(found => `${found.path} ${found.reason}`)).toEqual([
      `${path}/Tags Unsupported property [Tags]`,
      `${path}/Rules/0/ExpireInDays Unsupported property [ExpireInDays]`,
      `${path}/Rules/1 Required property [Status] not found`,
    ])
  })

  it('when a custom resource is refused by its function', async () => {
    const {begin, rest} = await opened()
    const stack = await rest(begin('custom', 'samples/custom-resource.yaml', {Word: 'bad'}))
    expect(stack.status).toBe('ROLLBACK_COMPLETE')
    expect(reasons(stack)[0]).toMatch(
      /^Received response status \[FAILED\] from custom resource\. Message returned: I do not reverse that\./,
    )
  })

  it('when nobody signals a wait condition in time', async () => {
    const {begin, rest} = await opened()
    const stack = await rest(begin('waiting', 'samples/waiting.yaml', {Timeout: '60'}))
    expect(reasons(stack)[0]).toBe('WaitCondition timed out. Received 0 conditions when expecting 2')
    expect(stack.status).toBe('ROLLBACK_COMPLETE')
  })

  it('when a signal for a wait condition tells of a failure; strangers cannot signal', async () => {
    const open = await opened()
    const stack = open.begin('waiting', 'samples/waiting.yaml')
    const statuses: number[] = []
    await open.rest(stack, async () => {
      const handle = stack.resources.Handle?.physicalId
      if (!handle || statuses.length > 0) return
      const put = (url: string, body: string) => fetch(url, {method: 'PUT', body})
      const failure = JSON.stringify({Status: 'FAILURE', Reason: 'no disk', UniqueId: 'a', Data: ''})
      for (const [url, body] of [
        [`${handle}0`, failure],
        [handle, 'no JSON'],
        [handle, failure],
      ] as const) {
        statuses.push((await put(url, body)).status)
      }
      statuses.push((await fetch(handle)).status)
    })
    expect(statuses).toEqual([403, 200, 200, 405])
    expect(reasons(stack)[0]).toBe("WaitCondition received failed message: 'no disk' for uniqueId: a")
  })

  it('when an instance is not signalled in time, or signalled as failed', async () => {
    const {begin, rest, signal} = await opened()
    const silent = await rest(begin('silent', 'samples/signalled.yaml', {Minutes: '1'}))
    expect(reasons(silent)[0]).toBe('Failed to receive 1 resource signal(s) within the specified duration')
    const failed = begin('failed', 'samples/signalled.yaml')
    await rest(failed, () => signal('failed', 'Host', {uniqueId: 'i', status: 'FAILURE'}))
    expect(reasons(failed)[0]).toBe('Received FAILURE signal with UniqueId i')
    const told = failed.events.filter(({reason}) => reason?.startsWith('Received FAILURE'))
    expect(told.map(({status}) => status)).toEqual(['CREATE_IN_PROGRESS', 'CREATE_FAILED'])
  })

  it('take along what is retained except on create, and leave what is always retained', async () => {
    const {create, rest, left} = await opened()
    const Resources = {
      Topic: {Type: 'AWS::SNS::Topic', DeletionPolicy: 'Retain'},
      Queue: {Type: 'AWS::SQS::Queue', DeletionPolicy: 'RetainExceptOnCreate'},
      Broken: {...brokenLogGroup, DependsOn: ['Topic', 'Queue']},
    }
    const stack = await rest(create('keeping', {Resources}))
    expect(stack.status).toBe('ROLLBACK_COMPLETE')
    expect(left()).toEqual(['AWS::SNS::Topic'])
  })
})

describe('a signal', () => {
  it('is refused for what does not wait', async () => {
    const {begin, rest, world, region} = await opened()
    const stack = await rest(begin('exporter', 'samples/exporter.yaml'))
    const signal = (name: string, logicalId: string) => () =>
      signalResource(world, region, {name, logicalId, uniqueId: 'a', status: 'SUCCESS'})
    expect(signal('none', 'Setting')).toThrow('Stack [none] does not exist')
    expect(signal('exporter', 'None')).toThrow('Resource None does not exist for stack exporter')
    expect(signal('exporter', 'Setting')).toThrow(
      `Stack ${stack.id} is in CREATE_COMPLETE state and cannot be signaled`,
    )
  })
})

describe('a parent and its children', () => {
  it('drop a child whose condition no longer holds', async () => {
    const {begin, rest, change, children} = await opened()
    const stack = await rest(begin('parent', 'samples/parent.yaml'))
    expect(children(stack).map(({status}) => status)).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE'])
    await change('parent', 'samples/parent.yaml', {WithQueue: 'no'})
    expect(stack.status).toBe('UPDATE_COMPLETE')
    expect(children(stack).map(({status}) => status)).toEqual(['CREATE_COMPLETE', 'DELETE_COMPLETE'])
    expect(stack.outputs.map(({key}) => key)).toEqual(['Log'])
  })
})

describe('exports', () => {
  it('neither change nor go while somebody imports them', async () => {
    const {begin, rest, change, removed, find} = await opened()
    await rest(begin('exporter', 'samples/exporter.yaml'))
    await rest(begin('importer', 'samples/importer.yaml'))
    await change('exporter', 'samples/exporter.yaml', {Kept: 'two'})
    expect(find('exporter').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(
      find('exporter')
        .events.map(({reason}) => reason)
        .join('\n'),
    ).toContain('Export shared-us-west-2-kept cannot be updated as it is in use by importer')
    await removed('exporter')
    expect(find('exporter').status).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(find('exporter').events.at(-1)?.reason).toContain(
      'Delete canceled. Cannot delete export shared-bucket as it is in use by importer.',
    )
    await removed('importer')
    expect((await removed('exporter')).status).toBe('DELETE_COMPLETE')
  })
})
