import {expect, it} from 'vitest'
import {goingOf} from '../../../../src/rehearsal/resources/going.js'
import {cloudControlOperations} from '../../../../src/rehearsal/services/cloudcontrol/operations.js'
import {callIn} from '../../helpers/call.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')
const rule = {Name: 'ended', EventPattern: {source: ['aws.codebuild']}}

it('a rule is deleted by its ARN, in its own region alone, and goes on going', () => {
  const maker = new Maker(testWorld().world)
  const made = maker.make('AWS::Events::Rule', rule)
  const cloudControl = cloudControlOperations(maker.world)
  const wanted = {TypeName: 'AWS::Events::Rule', Identifier: String(made.attributes.Arn)}
  expect(() => cloudControl.DeleteResource(wanted, callIn('eu-west-1'))).toThrow(/was not found/)
  expect(cloudControl.DeleteResource(wanted, here).ProgressEvent).toMatchObject({
    ...wanted,
    ...{Operation: 'DELETE', OperationStatus: 'IN_PROGRESS'},
  })
  expect(goingOf(made)).toBeDefined()
})

it('types that nobody is told to delete so are refused', () => {
  const cloudControl = cloudControlOperations(testWorld().world)
  expect(() => cloudControl.DeleteResource({TypeName: 'AWS::EC2::VPC', Identifier: 'vpc-1'}, here)).toThrow(
    /does not support DELETE/,
  )
})
