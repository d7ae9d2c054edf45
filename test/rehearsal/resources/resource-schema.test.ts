import {describe, expect, it} from 'vitest'
import {
  needsReplacement,
  replacementOf,
  schemaOf,
  unknownProperties,
} from '../../../src/rehearsal/resources/resource-schema.js'

describe('the registry of resource types', () => {
  it('tells unknown properties from known ones', () => {
    expect(unknownProperties('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16', Colour: 'red'})).toEqual(['Colour'])
  })

  it('takes any property of a type without a schema', () => {
    expect(unknownProperties('Custom::Anything', {Colour: 'red'})).toEqual([])
    expect(schemaOf('Custom::Anything')).toBeUndefined()
  })

  it('knows which changes need a new resource, and which only may', () => {
    const change = (property: string) =>
      replacementOf('AWS::RDS::DBCluster', {[property]: 'a'}, {[property]: 'b'})
    expect(change('DatabaseName')).toBe('True')
    expect(change('MasterUsername')).toBe('Conditional')
    expect(change('BackupRetentionPeriod')).toBe('False')
    expect(needsReplacement('AWS::RDS::DBCluster', {DatabaseName: 'a'}, {})).toBe(true)
  })

  it('compares by value', () => {
    expect(
      needsReplacement('AWS::ECS::TaskDefinition', {Volumes: [{Name: 'a'}]}, {Volumes: [{Name: 'a'}]}),
    ).toBe(false)
    expect(
      needsReplacement('AWS::ECS::TaskDefinition', {Volumes: [{Name: 'a'}]}, {Volumes: [{Name: 'b'}]}),
    ).toBe(true)
  })
})
