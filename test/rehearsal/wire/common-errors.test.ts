import {describe, expect, it} from 'vitest'
import {type CommonError, commonError, type ServiceName} from '../../../src/rehearsal/wire/index.js'

describe('errors that every service has', () => {
  it.each<[ServiceName, CommonError, string, number]>([
    ['cloudformation', 'throttled', 'Throttling', 400],
    ['cloudformation', 'expiredToken', 'ExpiredToken', 403],
    ['sts', 'unknownKey', 'InvalidClientTokenId', 403],
    ['ecs', 'throttled', 'ThrottlingException', 400],
    ['ecs', 'expiredToken', 'ExpiredTokenException', 400],
    ['ec2', 'throttled', 'RequestLimitExceeded', 503],
    ['ec2', 'expiredToken', 'RequestExpired', 400],
    ['s3', 'throttled', 'SlowDown', 503],
    ['s3', 'serverFault', 'InternalError', 500],
  ])('%s %s is %s, %d', (service, kind, code, status) => {
    expect(commonError(service, kind)).toMatchObject({code, status})
  })

  it('takes another text', () => {
    expect(commonError('ecs', 'accessDenied', 'User: a is not authorized').message).toBe(
      'User: a is not authorized',
    )
  })

  it('blames the server from 500 on', () => {
    expect(commonError('s3', 'unavailable').fault).toBe('Receiver')
    expect(commonError('s3', 'accessDenied').fault).toBe('Sender')
  })
})
