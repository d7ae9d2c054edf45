import {describe, expect, test} from 'vitest'
import {coversAny, memberOf} from '../../../src/parity/plan/masks.js'
import {readPlan} from '../../../src/parity/plan/plan.js'
import {recognise} from '../../../src/parity/plan/recognise.js'
import {addState} from '../../../src/parity/plan/state.js'
import {bytesOf, changeOf, planDocument, planOf, recorded, stateDocument} from './documents.js'

const plan = readPlan(recorded('domain-use1'), 'plan.json')

describe('addState', () => {
  test('leaves nothing of v1.0.7 unknown, and changes nothing that the plan tells', () => {
    const {resources, partial} = addState(plan, recorded('applied-state'), 'state.json')
    expect(partial).toEqual([])
    expect(resources.filter(({unknown}) => coversAny(unknown))).toEqual([])
    const definitions = resources.filter(({type}) => type === 'aws_ecs_task_definition')
    expect(definitions).toHaveLength(8)
    for (const {values} of definitions) expect(values.container_definitions).toMatch(/^\[/)
    for (const [index, before] of plan.resources.entries()) {
      const known = Object.keys(before.values).filter(name => !coversAny(memberOf(before.unknown, name)))
      for (const name of known) expect(resources[index]?.values[name]).toEqual(before.values[name])
    }
  })

  test('adds to a plan that failed as well', () => {
    const failed = addState(
      readPlan(recorded('oneshot-errored'), 'plan.json'),
      recorded('applied-state'),
      's',
    )
    expect(failed.partial.map(({code}) => code)).toEqual(['errored'])
    expect(failed.resources).toHaveLength(274)
  })

  test('keeps what either of them marks as sensitive', () => {
    const before = planOf(
      planDocument({
        'aws_x.y': {after: {a: 'open'}, after_unknown: {b: true, c: true}, after_sensitive: {c: true}},
      }),
    )
    const state = stateDocument({
      'aws_x.y': {values: {a: 'other', b: 'Passw0rd-1', c: 'Passw0rd-2'}, sensitive_values: {b: true}},
    })
    const {resources, secrets} = addState(before, bytesOf(state), 'state.json')
    expect(resources[0]).toMatchObject({
      values: {a: 'open', b: 'Passw0rd-1', c: 'Passw0rd-2'},
      sensitive: {b: true, c: true},
    })
    expect(secrets.text('b is Passw0rd-1, c is Passw0rd-2')).toBe('b is ****, c is ****')
  })

  test('finds a resource where it was before it was moved', () => {
    const moved = {...changeOf('aws_x.new', {after_unknown: {id: true}}), previous_address: 'aws_x.old'}
    const before = planOf({...planDocument({}), resource_changes: [moved]})
    const state = stateDocument({'aws_x.old': {values: {id: 'x-1'}}})
    expect(addState(before, bytesOf(state), 's').resources[0]?.values).toEqual({id: 'x-1'})
  })

  test('leaves out what is deposed', () => {
    const deposed = {mode: 'managed', address: 'aws_x.y', deposed_key: '01', values: {id: 'x-1'}}
    const state = {format_version: '1.0', values: {root_module: {resources: [deposed]}}}
    expect(() => addState(planOf(planDocument({'aws_x.y': {}})), bytesOf(state), 's')).toThrow(
      expect.objectContaining({code: 'TERRAFORM_EMPTY_STATE'}),
    )
  })

  test.each([
    ['TERRAFORM_STATE_UNRELATED', stateDocument({'aws_x.y': {values: {}}})],
    ['TERRAFORM_EMPTY_STATE', stateDocument({})],
    ['TERRAFORM_EMPTY_STATE', {format_version: '1.0'}],
    ['TERRAFORM_PLAN_AS_STATE', planDocument({})],
    ['TERRAFORM_DOCUMENT_MALFORMED', {format_version: '1.0', values: {root_module: {resources: {}}}}],
    [
      'TERRAFORM_DOCUMENT_MALFORMED',
      {format_version: '1.0', values: {root_module: {resources: [{mode: 'managed'}]}}},
    ],
  ])('refuses with %s what is no state of the plan', (code, document) => {
    expect(() => addState(plan, bytesOf(document), 'state.json')).toThrow(
      expect.objectContaining({code, exitCode: 2, message: expect.stringContaining('state.json')}),
    )
  })

  test.each([
    ['name', 'mcp-gateway', 'course-2', 'name_prefix is another one in 45 of 45 resources'],
    ['region', 'us-east-1', 'eu-west-1', 'region is another one in 194 of 194 resources'],
    ['network', '10.0.', '10.7.', 'cidr_block is another one in 7 of 7 resources'],
  ])(
    'refuses the state of an environment of another %s, whose addresses are the same',
    (_, ours, theirs, reason) => {
      const state = JSON.stringify(recognise(recorded('applied-state'), 's', 'state')).replaceAll(
        ours,
        theirs,
      )
      expect(() => addState(plan, Buffer.from(state), 'state.json')).toThrow(
        expect.objectContaining({
          code: 'TERRAFORM_STATE_UNRELATED',
          message: `state.json is no state of what the plan is about: ${reason}.`,
        }),
      )
    },
  )
})
