import {describe, expect, test} from 'vitest'
import {engineWorld} from '../../engine/engine-world.js'

const cluster = (properties: object) => ({Type: 'AWS::ECS::Cluster', Properties: properties})

describe('the first cluster of an account', () => {
  test('cannot have capacity providers yet: the role that they need has only just been made', () => {
    const {create, pass, find} = engineWorld()
    create('demo', {Resources: {Cluster: cluster({ClusterName: 'c', CapacityProviders: ['FARGATE']})}})
    pass(120)
    expect(find('demo').status).toBe('ROLLBACK_COMPLETE')
    expect(
      find('demo')
        .events.map(({reason}) => reason)
        .join(),
    ).toContain(
      'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    )
  })

  test('may be given them a little later; the next cluster may have them at once', () => {
    const {create, pass, find} = engineWorld()
    create('first', {Resources: {Cluster: cluster({ClusterName: 'c'})}})
    pass(60)
    create('second', {
      Resources: {
        Cluster: cluster({ClusterName: 'd', CapacityProviders: ['FARGATE']}),
        Providers: {
          Type: 'AWS::ECS::ClusterCapacityProviderAssociations',
          Properties: {Cluster: 'c', CapacityProviders: ['FARGATE'], DefaultCapacityProviderStrategy: []},
        },
      },
    })
    pass(60)
    expect(find('second').status).toBe('CREATE_COMPLETE')
  })
})
