import {describe, expect, it} from 'vitest'
import {type Decision, decide} from '../../src/steps/stacks/decide.js'
import {usedLocation} from '../../src/steps/stacks/template-location.js'

const reach = {region: 'us-west-2', endpoint: undefined}
const options = {onFailure: 'rollback', teardown: 'mcpgw teardown', reach} as const

describe('what deploy does with a stack', () => {
  it('names commands that reach the place where the stack is', () => {
    const elsewhere = {...options, reach: {region: 'us-west-2', endpoint: 'http://127.0.0.1:4566'}}
    expect(decide({name: 'demo', status: 'UPDATE_FAILED'}, elsewhere)).toMatchObject({
      command:
        'aws cloudformation rollback-stack --stack-name demo --region us-west-2 --endpoint-url http://127.0.0.1:4566',
    })
  })

  it.each([
    ['CREATE_COMPLETE', 'update'],
    ['UPDATE_COMPLETE', 'update'],
    ['UPDATE_ROLLBACK_COMPLETE', 'update'],
    ['CREATE_IN_PROGRESS', 'attach'],
    ['UPDATE_IN_PROGRESS', 'attach'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'attach'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'attach'],
    ['ROLLBACK_IN_PROGRESS', 'attach'],
    ['DELETE_IN_PROGRESS', 'await-deletion'],
    ['REVIEW_IN_PROGRESS', 'recreate'],
    ['ROLLBACK_COMPLETE', 'recreate'],
    ['ROLLBACK_FAILED', 'recreate'],
    ['CREATE_FAILED', 'recreate'],
    ['UPDATE_FAILED', 'refuse'],
    ['UPDATE_ROLLBACK_FAILED', 'continue-rollback'],
    ['DELETE_FAILED', 'recreate'],
    ['IMPORT_ROLLBACK_FAILED', 'refuse'],
    ['SOMETHING_NEW', 'refuse'],
  ] satisfies [string, Decision['action']][])('in %s: %s', (status, action) => {
    expect(decide({name: 'demo', status}, options).action).toBe(action)
  })

  it('that does not exist: create', () => {
    expect(decide(undefined, options).action).toBe('create')
  })

  it('in UPDATE_FAILED can be retried the way it was made', () => {
    expect(decide({name: 'demo', status: 'UPDATE_FAILED'}, {...options, onFailure: 'keep'}).action).toBe(
      'update',
    )
  })
})

describe('what deploy does with a stack that express mode has left failed', () => {
  it('is to go on, for CloudFormation refuses to roll it back; a complete one is as any other', () => {
    const stack = {name: 'demo', status: 'UPDATE_FAILED', isExpress: true}
    expect(decide(stack, options)).toEqual({action: 'update'})
    expect(decide({...stack, status: 'CREATE_FAILED'}, options).action).toBe('recreate')
    expect(decide({...stack, status: 'UPDATE_COMPLETE'}, options)).toEqual({action: 'update'})
  })
})

describe('where templates lie', () => {
  it('is read from the parameters of a root', () => {
    const parameters = {TemplateS3Bucket: 'b', TemplateS3Prefix: 'classes/demo/0123456789ab/'}
    expect(usedLocation({parameters, tags: {}})).toEqual({
      bucket: 'b',
      base: 'classes/demo/',
      full: 'classes/demo/0123456789ab/',
    })
  })

  it('is read from the tag of an individual stack', () => {
    const tags = {'mcpgw:templates': 's3://b/demo/0123456789ab/'}
    expect(usedLocation({parameters: {}, tags})).toMatchObject({bucket: 'b', base: 'demo/'})
  })

  it('may be unknown', () => {
    expect(usedLocation({parameters: {}, tags: {}})).toBeUndefined()
  })
})
