import {expect, it} from 'vitest'
import {lambdaOperations} from '../../../../src/rehearsal/services/lambda/operations.js'
import {callIn} from '../../helpers/call.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')
const code = {
  ...{Role: 'arn:aws:iam::123456789012:role/r', Runtime: 'nodejs22.x', Handler: 'index.handler'},
  Code: {ZipFile: 'exports.handler = async () => {}'},
}

function withFunctions(count: number) {
  const maker = new Maker(testWorld().world)
  const made = Array.from({length: count}, (_, index) =>
    maker.make('AWS::Lambda::Function', {FunctionName: `demo-${index}`, ...code}),
  )
  return {maker, made, lambda: lambdaOperations(maker.world)}
}

it('functions are listed fifty to a page, whatever more is asked for', () => {
  const {lambda} = withFunctions(51)
  const first = lambda.ListFunctions({MaxItems: 1000}, here)
  expect(first.Functions).toHaveLength(50)
  const rest = lambda.ListFunctions({Marker: first.NextMarker}, here)
  expect(rest).toMatchObject({Functions: [{FunctionName: 'demo-50'}], NextMarker: undefined})
  expect(lambda.ListFunctions({}, callIn('eu-west-1')).Functions).toEqual([])
})

it('a function is described by its name or its ARN', () => {
  const {lambda, made} = withFunctions(1)
  const FunctionArn = String(made[0]?.attributes.Arn)
  const told = {FunctionName: 'demo-0', FunctionArn, Runtime: 'nodejs22.x', Timeout: 3, Version: '$LATEST'}
  expect(lambda.GetFunctionConfiguration({FunctionName: 'demo-0'}, here)).toMatchObject(told)
  expect(lambda.GetFunctionConfiguration({FunctionName: FunctionArn}, here)).toMatchObject(told)
})

it('one that is deleted is gone, and with it who may invoke it', () => {
  const {lambda, maker} = withFunctions(2)
  const may = (FunctionName: string) =>
    maker.make('AWS::Lambda::Permission', {
      ...{FunctionName, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com'},
    })
  may('demo-0')
  const other = may('demo-1')
  expect(lambda.DeleteFunction({FunctionName: 'demo-0'}, here)).toEqual({StatusCode: 204})
  expect(lambda.ListFunctions({}, here).Functions).toMatchObject([{FunctionName: 'demo-1'}])
  const region = maker.world.region('us-west-2')
  const left = maker.world.resourcesOf(region, 'AWS::Lambda::Permission')
  expect(left.map(({physicalId}) => physicalId)).toEqual([other.physicalId])
  for (const ask of [lambda.DeleteFunction, lambda.GetFunctionConfiguration])
    expect(() => ask({FunctionName: 'demo-0'}, here)).toThrow(
      /^Function not found: arn:aws:lambda:us-west-2:\d+:function:demo-0$/,
    )
})

it('its latest version goes only with the whole function', () => {
  const {lambda} = withFunctions(1)
  expect(() => lambda.DeleteFunction({FunctionName: 'demo-0', Qualifier: '$LATEST'}, here)).toThrow(
    /\$LATEST version cannot be deleted/,
  )
  expect(lambda.ListFunctions({}, here).Functions).toHaveLength(1)
})
