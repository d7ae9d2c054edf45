import {describe, expect, test} from 'vitest'
import type {Stack} from '../../../src/rehearsal/account/stack.js'
import {brokenLogGroup, engineWorld, logGroup} from './engine-world.js'

const days = (retention: number, more: object = {}) => ({
  Resources: {A: logGroup('a', {Properties: {LogGroupName: 'a', RetentionInDays: retention}}), ...more},
})
const broken = {Broken: {...brokenLogGroup, DependsOn: 'A'}}

describe('the client request token of a request to the root', () => {
  /** A tree that was created with a token, and what tells the tokens of the events of what follows. */
  function tree() {
    const account = engineWorld()
    const url = account.upload('child.json', days(7))
    const root = {Resources: {Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: url}}}}
    const stack = account.create('root', root, {clientRequestToken: 'create-1'})
    account.pass(120)
    const [child] = account.children(stack)
    if (!child) throw new Error('no nested stack')
    let told = new Map<Stack, number>()
    const news = () => {
      const tokens = [stack, child].map(each => [
        ...new Set(each.events.slice(told.get(each) ?? 0).map(({clientRequestToken}) => clientRequestToken)),
      ])
      told = new Map([stack, child].map(each => [each, each.events.length]))
      return tokens
    }
    expect(news()).toEqual([['create-1'], ['create-1']])
    const fail = (more: object = {}) => {
      account.upload('child.json', days(30, broken))
      account.update('root', root, {clientRequestToken: 'update-1', ...more})
    }
    return {...account, stack, child, news, fail}
  }

  test('is on every event of a continued rollback, those of nested stacks too', () => {
    const {stack, child, fail, pass, news, world, region, continueRollbackOnce} = tree()
    fail()
    while (child.status !== 'UPDATE_ROLLBACK_IN_PROGRESS') pass(1)
    const gone = region.resources['AWS::Logs::LogGroup/a']
    if (!gone) throw new Error('no log group')
    world.remove(region, gone)
    pass(120)
    expect([stack.status, child.status]).toEqual(['UPDATE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED'])
    expect(news()).toEqual([['update-1'], ['update-1']])
    world.put(region, gone)
    continueRollbackOnce('root', 'continue-1')
    pass(120)
    expect([stack.status, child.status]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'])
    expect(news()).toEqual([['continue-1'], ['continue-1']])
  })

  test('is on every event of a rollback and of a deletion, those of nested stacks too', () => {
    const {stack, child, fail, pass, news, rollBack, remove} = tree()
    fail({disableRollback: true})
    pass(120)
    expect(news()).toEqual([['update-1'], ['update-1']])
    rollBack('root', {clientRequestToken: 'rollback-1'})
    pass(120)
    expect([stack.status, child.status]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'])
    expect(news()).toEqual([['rollback-1'], ['rollback-1']])
    remove('root', {clientRequestToken: 'delete-1'})
    pass(120)
    expect([stack.status, child.status]).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE'])
    expect(news()).toEqual([['delete-1'], ['delete-1']])
  })
})

describe('a malformed token', () => {
  const refused = (member: string) =>
    `1 validation error detected: Value '-bad' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*`

  test('is refused for a stack or a change set that is new, too', () => {
    const {create, changeSet, region} = engineWorld()
    const more = {clientRequestToken: '-bad'}
    expect(() => create('demo', days(7), more)).toThrow(refused('clientRequestToken'))
    expect(() => changeSet('demo', days(7), {type: 'CREATE', ...more})).toThrow(refused('clientToken'))
    expect(region.stacks).toEqual({})
  })
})
