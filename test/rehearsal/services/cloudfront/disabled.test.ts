import {expect, it} from 'vitest'
import {cloudFrontOperations} from '../../../../src/rehearsal/services/cloudfront/operations.js'
import {engineWorld} from '../../engine/engine-world.js'

const template = {
  Resources: {
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Origins: [
            {
              Id: 'alb',
              DomainName: 'demo.example.com',
              CustomOriginConfig: {OriginProtocolPolicy: 'http-only'},
            },
          ],
          DefaultCacheBehavior: {TargetOriginId: 'alb', ViewerProtocolPolicy: 'allow-all'},
        },
      },
    },
  },
}

function account() {
  const engine = engineWorld()
  engine.create('demo', template)
  engine.pass(400)
  const api = cloudFrontOperations(engine.world)
  const Id = engine.find('demo').resources.Distribution?.physicalId ?? ''
  const disable = () => {
    const {ETag, DistributionConfig} = api.GetDistributionConfig({Id})
    api.UpdateDistribution({Id, IfMatch: ETag, DistributionConfig: {...DistributionConfig, Enabled: false}})
  }
  /** Seconds until the stack is gone. */
  const seconds = () => {
    engine.remove('demo')
    const from = engine.world.now
    while (engine.find('demo').operation) engine.pass(1)
    expect(engine.find('demo').status).toBe('DELETE_COMPLETE')
    return (engine.world.now - from) / 1000
  }
  return {...engine, api, Id, disable, seconds}
}

it('a distribution that was disabled before is deleted as soon as every edge location knows', () => {
  const plain = account().seconds()
  const before = account()
  before.disable()
  before.pass(300)
  expect(before.api.GetDistribution({Id: before.Id}).Distribution.Status).toBe('Deployed')
  expect(before.seconds()).toBeLessThan(plain - 150)
})

it('one that is still being disabled has only the rest of that to wait for', () => {
  const {disable, pass, seconds} = account()
  disable()
  pass(100)
  const took = seconds()
  expect(took).toBeGreaterThan(60)
  expect(took).toBeLessThan(170)
})

it('is deleted by hand when it is disabled and deployed, with the version that is known, and not before', () => {
  const {api, Id, disable, pass} = account()
  const remove = () => api.DeleteDistribution({Id, IfMatch: api.GetDistribution({Id}).ETag})
  expect(remove).toThrow(/has not been disabled/)
  const {ETag: old} = api.GetDistribution({Id})
  disable()
  expect(() => api.DeleteDistribution({Id, IfMatch: old})).toThrow(/preconditions/)
  expect(remove).toThrow(/has not been disabled/)
  pass(300)
  remove()
  expect(() => api.GetDistribution({Id})).toThrow('The specified distribution does not exist.')
})
