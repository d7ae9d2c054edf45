import {beforeEach, expect, it} from 'vitest'
import {ssmOperations} from '../../../../src/rehearsal/services/ssm/operations.js'
import {callIn} from '../../helpers/call.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')
let maker: Maker
let ssm: ReturnType<typeof ssmOperations>

beforeEach(() => {
  maker = new Maker(testWorld().world)
  ssm = ssmOperations(maker.world)
  for (const Name of ['/demo/a', '/demo/b', '/demo/deep/c', '/other/d']) {
    maker.make('AWS::SSM::Parameter', {Name, Type: 'String', Value: Name.toUpperCase()})
  }
})

it('a parameter is read by name, ARN and version', () => {
  const {Parameter} = ssm.GetParameter({Name: '/demo/a'}, here)
  expect(Parameter).toMatchObject({Value: '/DEMO/A', Version: 1, Type: 'String'})
  expect(ssm.GetParameter({Name: Parameter.ARN}, here).Parameter.Name).toBe('/demo/a')
  expect(ssm.GetParameter({Name: '/demo/a:1'}, here).Parameter.Name).toBe('/demo/a')
})

it('what does not exist is an error alone and a list among others', () => {
  expect(() => ssm.GetParameter({Name: '/absent'}, here)).toThrow()
  expect(() => ssm.GetParameter({Name: '/demo/a:2'}, here)).toThrow()
  const result = ssm.GetParameters({Names: ['/demo/b', '/absent']}, here)
  expect(result.Parameters.map(({Name}) => Name)).toEqual(['/demo/b'])
  expect(result.InvalidParameters).toEqual(['/absent'])
})

it('a path has its own parameters, and all below it when asked', () => {
  const names = (Recursive: boolean) =>
    ssm.GetParametersByPath({Path: '/demo', Recursive}, here).Parameters.map(({Name}) => Name)
  expect(names(false)).toEqual(['/demo/a', '/demo/b'])
  expect(names(true)).toEqual(['/demo/a', '/demo/b', '/demo/deep/c'])
})

it('descriptions have no value and can be filtered', () => {
  const {Parameters} = ssm.DescribeParameters(
    {ParameterFilters: [{Key: 'Name', Option: 'BeginsWith', Values: ['/demo/']}]},
    here,
  )
  expect(Parameters.map(({Name}) => Name)).toEqual(['/demo/a', '/demo/b', '/demo/deep/c'])
  expect(JSON.stringify(Parameters)).not.toContain('/DEMO')
  expect(() => ssm.DescribeParameters({ParameterFilters: [{Key: 'Colour', Values: ['red']}]}, here)).toThrow(
    'filter key is not valid',
  )
})
