import {expect, test} from 'vitest'
import type {Routes} from '../../../src/aws/live/live.js'
import {howMisled} from '../../../src/steps/resources/distribution-routes.js'

const wanted = {
  Origins: [
    {
      Id: 'alb',
      DomainName: 'Demo-1.elb.amazonaws.com',
      OriginCustomHeaders: [{HeaderName: 'X-Mcpgw-Origin', HeaderValue: '?'}],
      CustomOriginConfig: {OriginProtocolPolicy: 'http-only'},
    },
  ],
  DefaultCacheBehavior: {TargetOriginId: 'alb'},
  CacheBehaviors: [{PathPattern: '/mcp/*', TargetOriginId: 'alb'}],
}

const origin = {
  ...{id: 'alb', domain: 'demo-1.elb.amazonaws.com', path: '', protocol: 'http-only'},
  headers: ['x-mcpgw-origin'],
}
const found: Routes = {
  origins: [origin],
  behaviors: [
    {path: '*', origin: 'alb'},
    {path: '/mcp/*', origin: 'alb'},
  ],
}

test('a distribution that leads where its template says is well, whatever else it has', () => {
  expect(howMisled(found, wanted)).toBeUndefined()
  const more = {...found, origins: [{...origin, id: 'other'}, origin]}
  expect(howMisled(more, wanted)).toBeUndefined()
})

test('what the template does not tell here is not compared', () => {
  expect(howMisled(found, {...wanted, Origins: [{Id: 'alb', DomainName: '?'}]})).toBeUndefined()
  expect(howMisled(found, undefined)).toBeUndefined()
})

test.each([
  [{origins: []}, 'its origin alb is gone'],
  [
    {origins: [{...origin, domain: 'old.example.com'}]},
    'its origin alb is old.example.com, not Demo-1.elb.amazonaws.com',
  ],
  [{origins: [{...origin, path: '/old'}]}, 'the path of its origin alb is /old'],
  [
    {origins: [{...origin, protocol: 'https-only'}]},
    'it asks its origin alb by https-only, not by http-only',
  ],
  [
    {origins: [{...origin, protocol: ''}]},
    'it asks its origin alb by no protocol of the web, not by http-only',
  ],
  [{origins: [{...origin, headers: []}]}, 'it no longer sends its origin alb the header X-Mcpgw-Origin'],
  [{behaviors: [{path: '*', origin: 'old'}]}, 'requests for * go to origin old, not to origin alb'],
  [{behaviors: [{path: '*', origin: 'alb'}]}, 'requests for /mcp/* have no behavior of their own any more'],
] as const)('one that leads elsewhere is told how: %j', (change, how) => {
  expect(howMisled({...found, ...change}, wanted)).toBe(how)
})
