import {afterEach, describe, expect, it} from 'vitest'
import {World} from '../../../../src/rehearsal/account/world.js'
import {registerEvents} from '../../../../src/rehearsal/control/event-handlers.js'
import {pendingOf, receiveAnswer} from '../../../../src/rehearsal/services/cloudformation/custom-resources.js'
import type {LogStream} from '../../../../src/rehearsal/services/logs/streams.js'
import {emptyBucket} from '../../../../src/rehearsal/services/s3/buckets.js'
import {type BuildFixture, buildFixture, customResource} from '../codebuild/build-account.js'

let open: BuildFixture | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

async function started(options: Parameters<typeof buildFixture>[0] = {}) {
  open = await buildFixture(options)
  return open
}

/** What a provider sends in full. */
function answerTo(
  resource: Parameters<typeof pendingOf>[0],
  answer: Record<string, unknown>,
): [string, string] {
  const pending = pendingOf(resource)
  return [pending?.token ?? '', JSON.stringify({RequestId: pending?.requestId, ...answer})]
}

const silent = 'exports.handler = async () => {}'

describe('the build trigger', () => {
  it('starts the build, and answers CloudFormation when the build has succeeded', async () => {
    const base = await started()
    const resource = customResource(base)
    await base.live(60)
    expect(Object.values(base.region.builds)).toMatchObject([{status: 'IN_PROGRESS'}])
    expect(base.progress(resource)).toMatchObject({state: 'waiting'})
    await base.live(660)
    const [build] = Object.values(base.region.builds)
    expect(base.progress(resource)).toEqual({
      state: 'ready',
      physicalId: 'demo-container-build-images',
      attributes: {BuildId: build?.id},
    })
    const streams = base.world.resource(
      base.region,
      'AWS::Logs::LogGroup',
      '/aws/lambda/demo-build-trigger',
    )?.data
    expect(Object.keys((streams?.streams ?? {}) as Record<string, LogStream>)).toHaveLength(2)
  }, 20_000)

  it('fails the resource with what failed in the build', async () => {
    const mayList = {Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::images'}
    const base = await started({environment: {CONTAINER_IMAGES_BUCKET: 'images'}, statements: [mayList]})
    base.world.account.buckets.images = emptyBucket('images', base.region.name, 0)
    const resource = customResource(base)
    await base.live(400)
    expect(base.progress(resource)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(
        /^Received response status \[FAILED\] from custom resource\. Message returned: The image build demo-container-build:.* ended with FAILED in phase BUILD\. Failed images: registry keycloak\. Log: \/aws\/codebuild\/demo-container-build, .* \(RequestId: [0-9a-f-]{36}\)$/,
      ),
    })
  }, 20_000)

  it('stops the build of a resource that is deleted before the build has ended', async () => {
    const base = await started()
    const resource = customResource(base)
    await base.live(60)
    base.kind(resource).deleting?.(resource, base.request(resource))
    await base.live(30)
    expect(Object.values(base.region.builds)).toMatchObject([{status: 'STOPPED'}])
    expect(base.progress(resource, 'delete')).toEqual({state: 'ready'})
    // The stopped build is answered too; nobody waits for that any more.
    await base.live(60)
    const [removed, stopped] = base.puts.map(({body}) => JSON.parse(body))
    expect(removed).toMatchObject({Status: 'SUCCESS', Reason: 'Nothing to remove.'})
    expect(stopped).toMatchObject({Status: 'FAILED', Reason: expect.stringContaining('ended with STOPPED')})
    expect(base.puts).toHaveLength(2)
  })

  it('is run again by the next process when this one was killed in the middle', async () => {
    const base = await started()
    customResource(base)
    base.pass(2)
    expect(base.world.clock.held).toBe(true)
    const saved = JSON.parse(JSON.stringify(base.world.account))
    await base.settle()
    expect(saved.eventQueue).toMatchObject([{name: 'lambda.invoke'}])
    const next = new World(saved, base.world.clock)
    registerEvents(next, {endpoint: () => 'http://127.0.0.1:9'})
    base.pass(61)
    next.advance()
    expect(next.clock.held).toBe(true)
    await base.settle()
  })
})

describe('a provider', () => {
  it('gets every property as text, and the old ones on update', async () => {
    const code = 'exports.handler = async event => { console.log(JSON.stringify(event)) }'
    const base = await started({code})
    const resource = customResource(base, {Count: 3, On: true, List: [1]})
    await base.live(5)
    base.update(resource, {Count: 4})
    await base.live(5)
    const group = base.world.resource(base.region, 'AWS::Logs::LogGroup', '/aws/lambda/demo-build-trigger')
    const lines = Object.values((group?.data.streams ?? {}) as Record<string, LogStream>).flatMap(
      ({events}) =>
        events
          .filter(({message}) => message.startsWith('INFO\t'))
          .map(({message}) => JSON.parse(message.slice(5))),
    )
    expect(lines[0]).toMatchObject({
      RequestType: 'Create',
      LogicalResourceId: 'ContainerImages',
      ResourceProperties: {Count: '3', On: 'true', List: ['1'], ProjectName: 'demo-container-build'},
    })
    expect(lines[0].ResponseURL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/_mcpgw\/answers\/[0-9a-f]{40}$/)
    expect(lines[1]).toMatchObject({
      RequestType: 'Update',
      PhysicalResourceId: resource.physicalId,
      ResourceProperties: {Count: '4'},
      OldResourceProperties: {Count: '3'},
    })
  })

  it('that fails is tried again after one and after two more minutes, then given up', async () => {
    const base = await started({code: 'exports.handler = async () => { throw new Error("no") }'})
    customResource(base)
    await base.live(600)
    const group = base.world.resource(base.region, 'AWS::Logs::LogGroup', '/aws/lambda/demo-build-trigger')
    const starts = Object.values((group?.data.streams ?? {}) as Record<string, LogStream>).map(
      s => s.createdAt,
    )
    expect(starts.map(at => Math.round((at - (starts[0] ?? 0)) / 30_000) * 30)).toEqual([0, 60, 180])
    expect(JSON.stringify(group?.data)).toContain('ERROR\\tInvoke Error\\tError: no')
  })

  it('that stays silent fails the resource after its timeout', async () => {
    const base = await started({code: silent})
    const resource = customResource(base, {ServiceTimeout: '120'})
    await base.live(119)
    expect(base.progress(resource).state).toBe('waiting')
    await base.live(2)
    expect(base.progress(resource)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(
        /^CloudFormation did not receive a response from your Custom Resource\. Please check your logs for requestId \[/,
      ),
    })
  })

  it('of another runtime is refused by name', async () => {
    const base = await started({runtime: 'python3.12'})
    expect(() => customResource(base)).toThrow(
      'The embedded account runs functions of Node.js runtimes only; demo-build-trigger is of python3.12.',
    )
  })
})

describe('an answer', () => {
  it('to an unknown address is refused', async () => {
    const base = await started({code: silent})
    expect(receiveAnswer(base.world, 'nobody', '{}')).toBe(403)
  })

  it('that comes when nobody waits any more is taken without effect', async () => {
    const base = await started({code: silent})
    const resource = customResource(base)
    const [token, body] = answerTo(resource, {Status: 'SUCCESS', PhysicalResourceId: 'one'})
    for (let times = 0; times < 2; times += 1) {
      expect(receiveAnswer(base.world, token, body)).toBe(200)
      base.progress(resource)
    }
    expect(pendingOf(resource)).toBeUndefined()
  })

  it('without a physical id fails the creation', async () => {
    const base = await started({code: silent})
    const resource = customResource(base)
    expect(receiveAnswer(base.world, ...answerTo(resource, {Status: 'SUCCESS'}))).toBe(200)
    expect(base.progress(resource)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('Invalid PhysicalResourceId'),
    })
  })

  it('of FAILED is told with its reason', async () => {
    const base = await started({code: silent})
    const resource = customResource(base)
    receiveAnswer(base.world, ...answerTo(resource, {Status: 'FAILED', Reason: 'no luck'}))
    expect(base.progress(resource)).toMatchObject({
      reason: expect.stringMatching(
        /^Received response status \[FAILED\] from custom resource\. Message returned: no luck \(RequestId: /,
      ),
    })
  })

  it('with another physical id on update is a new thing; deleting the old one is left to the clean-up', async () => {
    const base = await started({
      code: 'exports.handler = async e => { console.log(e.RequestType, e.PhysicalResourceId) }',
    })
    const resource = customResource(base)
    receiveAnswer(base.world, ...answerTo(resource, {Status: 'SUCCESS', PhysicalResourceId: 'one'}))
    expect(base.progress(resource)).toMatchObject({physicalId: 'one'})
    base.world.remove(base.region, resource)
    resource.physicalId = 'one'
    base.world.put(base.region, resource)
    base.update(resource, {ProjectName: 'x'})
    receiveAnswer(base.world, ...answerTo(resource, {Status: 'SUCCESS', PhysicalResourceId: 'two'}))
    expect(base.progress(resource, 'update')).toMatchObject({state: 'ready', physicalId: 'two'})
    await base.live(30)
    await base.live(30)
    const group = base.world.resource(base.region, 'AWS::Logs::LogGroup', '/aws/lambda/demo-build-trigger')
    expect(JSON.stringify(group?.data)).toContain('Update one')
    expect(JSON.stringify(group?.data)).not.toContain('Delete one')
  })
})
