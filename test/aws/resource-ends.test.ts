import {describe, expect, test} from 'vitest'
import {longestSeconds, nextEndSeconds, overdueSeconds} from '../../src/aws/resource-ends.js'
import {
  interfaceEndpointSeconds,
  serviceDeletionSeconds,
  serviceSeconds,
  typicalSeconds,
} from '../../src/durations.js'

const running = (type: string, status = 'CREATE_IN_PROGRESS') => ({type, status, physicalId: '', beganAt: 0})

describe('when a resource may end', () => {
  test('is after most of its typical time, by what is done with it', () => {
    const {create, delete: remove} = typicalSeconds('AWS::EC2::NatGateway')
    expect(nextEndSeconds(running('AWS::EC2::NatGateway'), 0)).toBeCloseTo(0.85 * create)
    expect(nextEndSeconds(running('AWS::EC2::NatGateway', 'DELETE_IN_PROGRESS'), 0)).toBeCloseTo(
      0.85 * remove,
    )
    expect(nextEndSeconds(running('AWS::EC2::NatGateway'), 10 * create * 1000)).toBeCloseTo(0.85 * create)
  })

  test('is that of a longer case once a shorter one would be long over', () => {
    const {create} = typicalSeconds('AWS::EC2::VPCEndpoint')
    const endpoint = running('AWS::EC2::VPCEndpoint')
    expect(nextEndSeconds(endpoint, create * 1000)).toBeCloseTo(0.85 * create)
    expect(nextEndSeconds(endpoint, (2 * create + 1) * 1000)).toBeCloseTo(0.85 * interfaceEndpointSeconds)
    expect(nextEndSeconds(endpoint, 3_600_000)).toBeCloseTo(0.85 * interfaceEndpointSeconds)
  })

  test('is told of the shortest case, and of the longest where it is the last', () => {
    const service = running('AWS::ECS::Service')
    expect(nextEndSeconds(service, 0)).toBeCloseTo(0.85 * serviceSeconds.plain)
    expect(longestSeconds(service)).toBeCloseTo(0.85 * serviceSeconds.loadBalanced)
    const leaving = running('AWS::ECS::Service', 'DELETE_IN_PROGRESS')
    expect(longestSeconds(leaving)).toBeCloseTo(0.85 * serviceDeletionSeconds.loadBalanced)
  })

  test("is anybody's guess after twice its longest case", () => {
    const service = running('AWS::ECS::Service', 'DELETE_IN_PROGRESS')
    const {loadBalanced} = serviceDeletionSeconds
    expect(overdueSeconds(service, 2 * loadBalanced * 1000)).toBeUndefined()
    expect(overdueSeconds(service, (2 * loadBalanced + 1) * 1000)).toBe(2 * loadBalanced + 1)
  })
})
