import {beforeEach, describe, expect, it} from 'vitest'
import type {Clock} from '../../src/clock.js'
import {failed, McpgwError} from '../../src/errors.js'
import {type ProgressSink, silent} from '../../src/progress.js'
import type {ExportContext} from '../../src/steps/images/context.js'
import {OperationRecord} from '../../src/steps/stacks/record.js'
import {checkImages, exportImages} from '../../src/workflows/images.js'
import {listener} from '../helpers/contexts.js'
import {ExportingAws} from '../helpers/exporting-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const place = {bucket: 'images', prefix: 'v1/'}
const allowed = 'start demo-container-build while the build may write to images/v1/'
let clock: Clock
let aws: ExportingAws
let record: OperationRecord

beforeEach(() => {
  clock = virtualClock()
  aws = new ExportingAws(clock)
  record = new OperationRecord()
})

function run(
  options: {tell?: ProgressSink; signal?: AbortSignal; overwrite?: boolean; prefix?: string} = {},
) {
  const {
    tell = silent,
    signal = new AbortController().signal,
    overwrite = false,
    prefix = place.prefix,
  } = options
  const context: ExportContext = {
    aws,
    clock,
    environment: 'demo',
    commandLine: command => `mcpgw ${command} --environment demo`,
    place: {...place, prefix},
    overwrite,
    record,
  }
  return exportImages(context, {startedAt: clock.now(), tell, signal})
}

async function failureOf(promise: Promise<unknown>): Promise<McpgwError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof McpgwError)) throw new Error(`expected a McpgwError, got ${String(error)}`)
  return error
}

const mayWriteTo = async () => {
  const {parameters = {}} = (await aws.stacks.describe('demo')) ?? {}
  return `${parameters.ContainerImagesExportBucket}/${parameters.ContainerImagesExportPrefix}`
}

describe('an export', () => {
  it('lets the build write while it runs, checks what lies there, and takes the permission back', async () => {
    const result = await run()
    expect(result).toMatchObject({
      environment: 'demo',
      account: '123456789012',
      operation: 'export',
      build: {status: 'SUCCEEDED', durationSeconds: 200},
      set: {ok: true, version: 'v1.0.7'},
    })
    expect(aws.changes).toEqual(['update demo', allowed, 'update demo'])
    expect(await mayWriteTo()).toBe('/')
    // Nothing else is changed, and nobody's secret is written over with its mask.
    expect((await aws.stacks.describe('demo'))?.parameters).toMatchObject({
      EnvironmentName: 'demo',
      AdminPassword: '****',
    })
  })

  it('tells how many images are written', async () => {
    const {events, tell} = listener()
    await run({tell})
    const told = events.flatMap(event => (event.kind === 'images-exported' ? [event.ok] : []))
    expect(told).toEqual([0, 8])
  })

  it('is not repeated when the images lie there already, however often it is run', async () => {
    await run()
    aws.stacks.calls.length = 0
    expect(await run()).toMatchObject({operation: 'none', build: null, set: {ok: true}})
    expect(aws.changes).toEqual([])
  })

  it('is made anew when what lies there was damaged since, or when other images were built', async () => {
    await run()
    aws.objects.delete('images/v1/mcp-gateway-mcpgw.tar.gz')
    expect(await run()).toMatchObject({operation: 'export', set: {ok: true}})
    aws.add({status: 'SUCCEEDED', complete: true, environment: {UPSTREAM_VERSION: 'v1.0.7'}})
    expect(await run()).toMatchObject({operation: 'export'})
  })

  it('that an interrupted run has left behind is followed, and its permission taken back', async () => {
    const interrupt = new AbortController()
    const {tell} = listener()
    const interrupted = run({
      signal: interrupt.signal,
      tell: event => {
        tell(event)
        if (event.kind === 'build-phase') interrupt.abort(new Error('Ctrl-C'))
      },
    })
    await expect(interrupted).rejects.toThrow('Ctrl-C')
    expect(await mayWriteTo()).toBe('images/v1/')
    aws.stacks.calls.length = 0
    record = new OperationRecord()
    const {notes, tell: listen} = listener()
    expect(await run({tell: listen})).toMatchObject({operation: 'attached', build: {status: 'SUCCEEDED'}})
    expect(notes()).toContain('These images are being exported already: following demo-container-build:2')
    expect(aws.changes).toEqual(['update demo'])
    expect(await mayWriteTo()).toBe('/')
  })

  it('knows that something is still running in AWS while the build runs, and that it has ended after it', async () => {
    const seen = new Set<string>()
    await run({
      tell: event => {
        if (event.kind === 'build-phase') seen.add(`build ${record.underway}`)
        if (event.kind === 'step-started' && event.id === 'check-images') seen.add(`check ${record.underway}`)
      },
    })
    expect([...seen]).toEqual(['build running', 'check ended'])
  })

  it('changes the stack of the build alone in layout individual', async () => {
    aws = new ExportingAws(clock, 'demo-compute')
    expect(await run()).toMatchObject({operation: 'export', set: {ok: true}})
    expect(aws.changes).toEqual(['update demo-compute', allowed, 'update demo-compute'])
  })

  it('waits for an operation on the stack first, such as one that an interrupted run has begun', async () => {
    const id = (await aws.stacks.describe('demo'))?.id ?? ''
    aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', 'UPDATE_IN_PROGRESS', 0)
    aws.stacks.happen(id, 'demo', 'AWS::CloudFormation::Stack', 'UPDATE_COMPLETE', 60)
    const {notes, tell} = listener()
    expect(await run({tell})).toMatchObject({operation: 'export'})
    expect(notes()).toContain('Stack demo is in UPDATE_IN_PROGRESS: following that operation first')
  })

  it('continues when AWS does not answer for a while', async () => {
    const {describe: ask} = aws.builds
    let calls = 0
    aws.builds = {
      ...aws.builds,
      describe: async id => {
        calls += 1
        if (calls === 2 || calls === 3) throw failed('THROTTLED', 'slow down')
        return ask(id)
      },
    }
    const {notes, tell} = listener()
    expect(await run({tell})).toMatchObject({set: {ok: true}})
    expect(notes().filter(text => text.includes('cannot be read, retrying: slow down'))).toHaveLength(1)
  })
})

describe('an export that fails', () => {
  it('names the images and the log, and takes the permission back', async () => {
    aws.ends = {status: 'FAILED', failed: 'registry mcpgw'}
    expect(await failureOf(run())).toMatchObject({
      code: 'EXPORT_FAILED',
      exitCode: 1,
      message:
        'The export demo-container-build:2 to s3://images/v1/ ended FAILED in phase BUILD. Failed images: registry mcpgw. CodeBuild says: exit status 1.',
      logs: 'CloudWatch Logs, group /aws/codebuild/demo, stream 2',
    })
    expect(await mayWriteTo()).toBe('/')
  })

  it('is told as such also when the permission cannot be taken back', async () => {
    aws.ends = {status: 'FAILED', failed: 'registry'}
    let updates = 0
    aws.stacks.before = call => {
      if (call.startsWith('update') && ++updates === 2) throw failed('THROTTLED', 'slow down')
    }
    const {notes, tell} = listener()
    expect((await failureOf(run({tell}))).code).toBe('EXPORT_FAILED')
    expect(notes()).toContain(
      'The build may still write to the bucket, until the next export ends: slow down',
    )
  })

  it('is one although the build succeeded, when the set is not as it should be', async () => {
    const {bucketContents} = aws
    aws.bucketContents = {
      ...bucketContents,
      list: async (bucket, prefix) =>
        (await bucketContents.list(bucket, prefix)).filter(({key}) => !key.includes('keycloak')),
    }
    expect(await failureOf(run())).toMatchObject({
      code: 'EXPORT_NOT_WHOLE',
      message: expect.stringContaining('mcp-gateway-keycloak.tar.gz: It is missing.'),
    })
    expect(await mayWriteTo()).toBe('/')
  })

  it('is one when CloudFormation cannot let the build write; nothing is started then', async () => {
    aws.stacks.resourcesOf.set('main-stack.yaml', [
      {logicalId: 'ContainerBuildRole', type: 'AWS::IAM::Role', fails: 'policy too long'},
    ])
    expect(await failureOf(run())).toMatchObject({
      code: 'STACK_FAILED',
      message: expect.stringContaining('policy too long'),
    })
    expect(aws.changes.filter(call => call.startsWith('start'))).toEqual([])
  })
})

describe('an export is refused', () => {
  const changes = () => aws.changes

  it.each([
    ['NO_SUCH_BUCKET', 2, () => aws.bucketTags.clear()],
    [
      'NO_SUCH_ENVIRONMENT',
      1,
      () => {
        aws = new ExportingAws(clock)
        return aws.stacks.delete('demo').then(() => clock.sleep(600_000))
      },
    ],
    ['NO_FINISHED_IMAGES', 3, () => (aws.history = [])],
    ['NO_FINISHED_IMAGES', 3, () => aws.add({status: 'FAILED', complete: true})],
    ['NO_FINISHED_IMAGES', 3, () => aws.add({status: 'IN_PROGRESS'})],
    ['EXPORT_RUNNING', 3, () => aws.add({environment: {EXPORT_BUCKET: 'images', EXPORT_PREFIX: 'v2/'}})],
    ['OTHER_IMAGES', 3, () => aws.writeSet(place, 'v1.0.6')],
    ['OTHER_IMAGES', 3, () => aws.writeSet(place, null)],
    ['OTHER_IMAGES', 3, () => aws.objects.set('images/v1/mcp-gateway-registry.tar.gz', 'by hand')],
    ['OTHER_IMAGES', 3, () => aws.objects.set('images/v1/manifest.json', 'no manifest')],
  ])('with %s and exit code %i, before anything is changed', async (code, exitCode, prepare) => {
    await prepare()
    aws.stacks.calls.length = 0
    expect(await failureOf(run())).toMatchObject({code, exitCode})
    expect(changes()).toEqual([])
  })

  it('when the stack is somebody else’s, in a bad state, or older than exports', async () => {
    const existingStacks = (name: string, status: string, parameters = {}) => {
      aws.stacks.putStack('demo', status, {tags: name === '' ? {} : {'mcpgw:environment': name}, parameters})
      return failureOf(run())
    }
    expect((await existingStacks('', 'CREATE_COMPLETE')).code).toBe('NOT_OURS')
    expect((await existingStacks('demo', 'UPDATE_ROLLBACK_FAILED')).code).toBe('STACK_NEEDS_ATTENTION')
    expect((await existingStacks('demo', 'CREATE_COMPLETE')).code).toBe('ENVIRONMENT_TOO_OLD')
    expect(changes()).toEqual([])
  })

  it('not over images of another version when --yes says so, nor over half a set of the same', async () => {
    aws.writeSet(place, 'v1.0.6')
    expect(await run({overwrite: true})).toMatchObject({operation: 'export', set: {version: 'v1.0.7'}})
    aws.objects.set(
      'images/v1/manifest.json',
      String(aws.objects.get('images/v1/manifest.json')).replace('"complete":true', '"complete":false'),
    )
    expect(await run()).toMatchObject({operation: 'export', set: {ok: true}})
  })
})

describe('a check', () => {
  const check = (expectedVersion = 'v1.0.7') =>
    checkImages(
      {aws, clock, environment: 'demo', commandLine: command => command, place, expectedVersion},
      {tell: silent, signal: new AbortController().signal},
    )

  it('finds a set good, of another version, and incomplete, and changes nothing', async () => {
    aws.writeSet(place)
    expect(await check()).toMatchObject({ok: true, version: 'v1.0.7'})
    expect(await check('v1.0.8')).toMatchObject({ok: false, complete: true})
    aws.objects.delete('images/v1/mcp-gateway-registry.tar.gz')
    expect(await check()).toMatchObject({ok: false, complete: false})
    expect(aws.changes).toEqual([])
  })

  it('of a bucket that does not exist is refused', async () => {
    aws.bucketTags.clear()
    expect(await failureOf(check())).toMatchObject({code: 'NO_SUCH_BUCKET', exitCode: 2})
  })
})
