import {expect, it} from 'vitest'
import {createProbe} from '../../src/aws/probe.js'
import {wire} from './wire.js'

const limit = {timeoutMs: 2000}

it.each([
  'https://d111.cloudfront.net/health?x=1',
  'http://demo-alb-1.eu-west-1.elb.amazonaws.com/health?x=1',
])('reaches %s through a loopback endpoint, without TLS, under its public name', async url => {
  const {endpoint, calls} = await wire(() => ({status: 200, body: 'ok'}))
  expect(await createProbe(endpoint)(url, limit)).toEqual({status: 200, body: 'ok'})
  expect(calls[0]).toMatchObject({method: 'GET', path: '/health?x=1', headers: {host: new URL(url).host}})
})

it('gives any status with its body', async () => {
  const {endpoint} = await wire(() => ({status: 503, body: 'Service Unavailable'}))
  expect(await createProbe(endpoint)('https://d111.cloudfront.net/', limit)).toEqual({
    status: 503,
    body: 'Service Unavailable',
  })
})

it('follows redirects only when asked', async () => {
  const {endpoint} = await wire(({path}) =>
    path === '/' ? {status: 302, headers: {location: 'https://other.example/login'}} : {body: 'login'},
  )
  const probe = createProbe(endpoint)
  expect(await probe('https://d111.cloudfront.net/', limit)).toEqual({status: 302, body: ''})
  expect(await probe('https://d111.cloudfront.net/', {...limit, followRedirects: true})).toEqual({
    status: 200,
    body: 'login',
  })
})

it('says that nothing listens', async () => {
  expect(await createProbe('http://127.0.0.1:1')('https://d111.cloudfront.net/', limit)).toEqual({
    failure: 'connection refused',
  })
})

it('gives up after its time limit', async () => {
  const {endpoint} = await wire(() => ({headers: {'content-length': '10'}, body: 'half'}))
  expect(await createProbe(endpoint)('https://d111.cloudfront.net/', {timeoutMs: 100})).toEqual({
    failure: 'no answer within 0.1 s',
  })
})

it('says what is wrong with an address', async () => {
  expect(await createProbe(undefined)('not a url', limit)).toEqual({failure: expect.stringMatching(/URL/i)})
})

it('goes to the address itself when the endpoint is not on this machine', async () => {
  const {endpoint} = await wire(() => ({body: 'direct'}))
  expect(await createProbe('https://aws.example')(endpoint, limit)).toEqual({status: 200, body: 'direct'})
})

it('reads no more than the beginning of a huge answer', async () => {
  const {endpoint} = await wire(() => ({body: 'x'.repeat(1024 * 1024)}))
  const answer = await createProbe(endpoint)('https://d111.cloudfront.net/', limit)
  expect('body' in answer && answer.body.length).toBe(256 * 1024)
})
