import {describe, expect, test} from 'vitest'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

const nested = (url: string, more: object = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: {TemplateURL: url},
  ...more,
})
const group = (days: number, more: object = {}) => ({
  Resources: {X: logGroup('x', {Properties: {LogGroupName: 'x', RetentionInDays: days}}), ...more},
})
const bucket = {Type: 'AWS::S3::Bucket', Properties: {BucketName: 'full'}}

/** Events of a root stack and its nested ones in one list, `P` for the root; nested stack ids as `<Name>`. */
function stream({region}: ReturnType<typeof engineWorld>): string[] {
  const stacks = Object.values(region.stacks)
  return stacks
    .flatMap(stack =>
      stack.events.map(({logicalId, status, reason, at, physicalId}, index) => {
        const who = stack.parentLogicalId ?? 'P'
        const what = physicalId === stack.id ? 'stack' : logicalId
        return {at, index, text: `${who} ${what} ${status}${reason ? ` "${reason}"` : ''}`}
      }),
    )
    .sort((left, right) => left.at - right.at)
    .map(({text}) =>
      stacks.reduce((all, {id, parentLogicalId}) => all.replaceAll(id, `<${parentLogicalId ?? 'P'}>`), text),
    )
}

/** Only what the lines of one stream say, for streams whose order between stacks is left to chance. */
const of = (lines: readonly string[], who: string) =>
  lines.filter(line => line.startsWith(`${who} `)).map(line => line.slice(who.length + 1))

const listed = '[X, Y]. "'

describe('the events of', () => {
  test('a nested creation that fails', () => {
    const account = engineWorld()
    const vpc = {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}
    const bad = account.upload('bad.json', {Resources: {X: brokenLogGroup, Y: vpc}})
    const slow = account.upload('slow.json', {
      Resources: {
        Z: {Type: 'AWS::EC2::NatGateway', Properties: {ConnectivityType: 'private', SubnetId: 'subnet-1'}},
        V: vpc,
      },
    })
    account.create('root', {Resources: {Bad: nested(bad), Slow: nested(slow)}})
    account.pass(600)
    const told = stream(account)
    const bads = of(told, 'Bad')
    expect(bads[0]).toBe('stack CREATE_IN_PROGRESS "User Initiated"')
    expect(bads.filter(line => /FAILED/.test(line))).toEqual([
      expect.stringMatching(/^X CREATE_FAILED "Resource handler returned message: /),
      'Y CREATE_FAILED "Resource creation cancelled"',
      `stack CREATE_FAILED "The following resource(s) failed to create: ${listed}`,
    ])
    expect(bads.slice(-5)).toEqual([
      'stack DELETE_IN_PROGRESS "User Initiated"',
      'X DELETE_COMPLETE',
      'Y DELETE_IN_PROGRESS',
      'Y DELETE_COMPLETE',
      'stack DELETE_COMPLETE',
    ])
    const parents = of(told, 'P')
    expect(parents.filter(line => !/IN_PROGRESS( "Resource creation Initiated")?$/.test(line))).toEqual([
      'stack CREATE_IN_PROGRESS "User Initiated"',
      `Bad CREATE_FAILED "Embedded stack <Bad> was not successfully created: The following resource(s) failed to create: ${listed}`,
      'Slow CREATE_FAILED "Resource creation cancelled"',
      'stack ROLLBACK_IN_PROGRESS "The following resource(s) failed to create: [Bad, Slow]. Rollback requested by user."',
      expect.stringMatching(/^(Bad|Slow) DELETE_COMPLETE$/),
      expect.stringMatching(/^(Bad|Slow) DELETE_COMPLETE$/),
      'stack ROLLBACK_COMPLETE',
    ])
  })

  test('a nested update that succeeds: the nested stacks clean up when all have updated', () => {
    const account = engineWorld()
    const url = account.upload('child.json', group(7))
    account.create('root', {Resources: {A: nested(url)}})
    account.pass(120)
    const before = stream(account).length
    account.upload('child.json', {Resources: {X: logGroup('renamed')}})
    account.update('root', {Resources: {A: nested(url)}})
    account.pass(300)
    expect(stream(account).slice(before)).toEqual([
      'P stack UPDATE_IN_PROGRESS "User Initiated"',
      'P A UPDATE_IN_PROGRESS',
      'A stack UPDATE_IN_PROGRESS "User Initiated"',
      'A X UPDATE_IN_PROGRESS "Requested update requires the creation of a new physical resource; hence creating one."',
      'A X UPDATE_IN_PROGRESS "Resource creation Initiated"',
      'A X UPDATE_COMPLETE',
      'A stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'P A UPDATE_COMPLETE',
      'P stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'P A UPDATE_IN_PROGRESS',
      'A X DELETE_IN_PROGRESS',
      'A X DELETE_COMPLETE',
      'A stack UPDATE_COMPLETE',
      'P A UPDATE_COMPLETE',
      'P stack UPDATE_COMPLETE',
    ])
  })

  test('a nested update that fails', () => {
    const account = engineWorld()
    const url = account.upload('child.json', group(7))
    account.create('root', {Resources: {A: nested(url)}})
    account.pass(120)
    const before = stream(account).length
    account.upload('child.json', group(8))
    account.update('root', {Resources: {A: nested(url)}})
    account.pass(300)
    const failed = 'The following resource(s) failed to update: [X]. '
    const told = stream(account).slice(before)
    expect(of(told, 'P').slice(2)).toEqual([
      `A UPDATE_FAILED "Embedded stack <A> was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: ${failed}"`,
      'stack UPDATE_ROLLBACK_IN_PROGRESS "The following resource(s) failed to update: [A]. "',
      'A UPDATE_IN_PROGRESS',
      'A UPDATE_COMPLETE',
      'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'stack UPDATE_ROLLBACK_COMPLETE',
    ])
    expect(of(told, 'A').slice(4)).toEqual([
      'X UPDATE_IN_PROGRESS',
      'X UPDATE_COMPLETE',
      'stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'stack UPDATE_ROLLBACK_COMPLETE',
    ])
  })

  test('a deletion that fails in a nested stack', () => {
    const account = engineWorld()
    const url = account.upload('child.json', {Resources: {X: bucket, Y: logGroup('y')}})
    account.create('root', {Resources: {A: nested(url)}})
    account.pass(120)
    const before = stream(account).length
    const full = account.world.account.buckets.full
    if (full) full.objects.key = {body: '', etag: 'e', size: 0, modifiedAt: 0}
    account.remove('root')
    account.pass(300)
    const told = stream(account).slice(before)
    expect(of(told, 'A').filter(line => !/^[XY] DELETE_IN/.test(line))).toEqual([
      'stack DELETE_IN_PROGRESS "User Initiated"',
      'Y DELETE_COMPLETE',
      expect.stringMatching(/^X DELETE_FAILED/),
      'stack DELETE_FAILED "The following resource(s) failed to delete: [X]. "',
    ])
    expect(of(told, 'P')).toEqual([
      'stack DELETE_IN_PROGRESS "User Initiated"',
      'A DELETE_IN_PROGRESS',
      'A DELETE_FAILED "Embedded stack <A> was not successfully deleted: The following resource(s) failed to delete: [X]. "',
      'stack DELETE_FAILED "The following resource(s) failed to delete: [A]. "',
    ])
  })

  test('an update that is cancelled', () => {
    const account = engineWorld()
    const stack = account.create('demo', group(7))
    account.pass(60)
    account.update('demo', group(30, {Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}}))
    account.pass(9)
    const [ended] = stack.lastOperations
    account.cancel('demo')
    account.cancel('demo')
    account.pass(120)
    const told = account.events(stack)
    expect(told.slice(told.indexOf('demo UPDATE_IN_PROGRESS "User Initiated"'))).toEqual([
      'demo UPDATE_IN_PROGRESS "User Initiated"',
      'X UPDATE_IN_PROGRESS',
      'Vpc CREATE_IN_PROGRESS',
      'Vpc CREATE_IN_PROGRESS "Resource creation Initiated"',
      'X UPDATE_COMPLETE',
      'Vpc CREATE_FAILED "Resource creation cancelled"',
      'demo UPDATE_ROLLBACK_IN_PROGRESS "User Initiated"',
      'X UPDATE_IN_PROGRESS',
      'X UPDATE_COMPLETE',
      'demo UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'Vpc DELETE_IN_PROGRESS',
      'Vpc DELETE_COMPLETE',
      'demo UPDATE_ROLLBACK_COMPLETE',
    ])
    expect(stack.lastOperations.map(({type, failed}) => [type, failed])).toEqual([
      ['ROLLBACK', false],
      ['UPDATE_STACK', true],
      ['CREATE_STACK', false],
    ])
    expect(ended?.type).toBe('UPDATE_STACK')
  })

  test('a creation that takes longer than it may', () => {
    const account = engineWorld()
    const nat = {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}
    const later = Object.fromEntries(
      Array.from({length: 30}, (_, index) => [
        `G${index}`,
        logGroup(`g${index}`, index > 0 ? {DependsOn: `G${index - 1}`} : {}),
      ]),
    )
    const stack = account.create('demo', {Resources: {Nat: nat, ...later}}, {timeoutMinutes: 1})
    account.pass(600)
    const told = account.events(stack)
    expect(told).toContain(
      'demo ROLLBACK_IN_PROGRESS "Stack creation time exceeded the specified timeout. Rollback requested by user."',
    )
    expect(told.at(-1)).toBe('demo ROLLBACK_COMPLETE')
    expect(account.region.resources).toEqual({})
  })
})
