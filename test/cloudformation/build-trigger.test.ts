import {readFileSync} from 'node:fs'
import {StatusType} from '@aws-sdk/client-codebuild'
import fc from 'fast-check'
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {commonError, modelled} from '../../src/rehearsal/wire/index.js'
import {parseTemplate} from '../../src/template/index.js'
import {
  projectName,
  properties,
  repositoryNames,
  signature,
  stackId,
  type TriggerFixture,
  triggerFixture,
} from './trigger-fixture.js'

const read = (name: string) => readFileSync(new URL(`../../cloudformation/${name}`, import.meta.url), 'utf8')

let fixture: TriggerFixture
beforeEach(async () => {
  fixture = await triggerFixture()
  // The SDK's waits between attempts are a random part of seconds.
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await fixture.close()
})

const create = () => fixture.invoke(fixture.request('Create'))
const answers = () => fixture.puts.map(({answer}) => answer)

describe('a request to create', () => {
  test('starts a build and leaves the answer to its end', async () => {
    expect((await create()).failure).toBeUndefined()
    expect(fixture.builds()).toMatchObject([
      {projectName, status: 'IN_PROGRESS', idempotencyToken: 'request-Create'},
    ])
    expect(fixture.puts).toEqual([])
  })

  test('that Lambda delivers twice starts one build and is answered once', async () => {
    await create()
    fixture.pass(90)
    expect((await create()).failure).toBeUndefined()
    const [build, ...more] = fixture.builds()
    expect(more).toEqual([])
    expect(build?.status).toBe('IN_PROGRESS')
    await fixture.invoke(fixture.ended(build, 'SUCCEEDED'))
    expect(answers()).toMatchObject([{Status: 'SUCCESS', RequestId: 'request-Create'}])
  })

  test('is answered FAILED at once when CodeBuild refuses the build', async () => {
    fixture.codebuild.StartBuild = () => {
      throw modelled('ResourceNotFoundException', 'Project cannot be found: arn')
    }
    expect((await create()).failure).toBeUndefined()
    expect(answers()).toEqual([
      {
        StackId: stackId,
        RequestId: 'request-Create',
        LogicalResourceId: 'ContainerImages',
        PhysicalResourceId: 'demo-container-build-images',
        Status: 'FAILED',
        Reason: `CodeBuild did not start a build of ${projectName}: ResourceNotFoundException: Project cannot be found: arn.`,
      },
    ])
  })

  test('in an account that may not build says what to do', async () => {
    fixture.codebuild.StartBuild = () => {
      throw modelled(
        'AccountLimitExceededException',
        'Cannot have more than 0 builds in queue for the account',
      )
    }
    await create()
    expect(answers()[0].Reason).toBe(
      `CodeBuild did not start a build of ${projectName}: AccountLimitExceededException: ` +
        'Cannot have more than 0 builds in queue for the account. Wait until other builds in this Region have ended ' +
        'or, when there are none, have the CodeBuild quota "Concurrently running builds for Linux/Large environment" ' +
        'raised, and deploy again.',
    )
  })

  test('outlasts some throttling, but not all', async () => {
    const start = fixture.codebuild.StartBuild
    let left = 5
    fixture.codebuild.StartBuild = (input, call) => {
      left -= 1
      if (left >= 0) throw commonError('codebuild', 'throttled')
      return start?.(input, call) as never
    }
    await create()
    expect(fixture.builds()).toHaveLength(1)
    expect(fixture.puts).toEqual([])
    left = 6
    await fixture.invoke(fixture.request('Create', {RequestId: 'request-throttled'}))
    expect(answers()).toMatchObject([
      {Status: 'FAILED', Reason: expect.stringContaining('ThrottlingException: Rate exceeded')},
    ])
  })
})

describe('a request to update', () => {
  test.each([
    ['changed', {SourceVersion: 'v1.0.6'}],
    ['unchanged', {}],
  ])('with %s properties builds again under the same physical id', async (_, old) => {
    const {ResourceProperties} = fixture.request('Update') as {ResourceProperties: object}
    const OldResourceProperties = {...ResourceProperties, ...old}
    await fixture.invoke(fixture.request('Update', {OldResourceProperties, PhysicalResourceId: 'of-old'}))
    const [build] = fixture.builds()
    await fixture.invoke(fixture.ended(build, 'SUCCEEDED'))
    // Another id would make CloudFormation delete the "old" resource.
    expect(answers()).toMatchObject([
      {Status: 'SUCCESS', PhysicalResourceId: 'of-old', Data: {BuildId: build?.id}},
    ])
  })

  test('stops the build of the request that it takes the place of', async () => {
    await create()
    await fixture.invoke(fixture.request('Update'))
    expect(fixture.builds().map(({status}) => status)).toEqual(['STOPPED', 'IN_PROGRESS'])
  })

  test('builds even where the earlier build cannot be stopped', async () => {
    await create()
    fixture.codebuild.StopBuild = () => {
      throw commonError('codebuild', 'accessDenied')
    }
    expect((await fixture.invoke(fixture.request('Update'))).failure).toBeUndefined()
    expect(fixture.builds().map(({status}) => status)).toEqual(['IN_PROGRESS', 'IN_PROGRESS'])
  })
})

/** The tag by which the latest build's images are known. */
const setOf = (build: {environment: {name: string; value: string}[]} | undefined) =>
  build?.environment.find(({name}) => name === 'IMAGE_SET')?.value ?? ''

/** A build from request to end, whose images are pushed. */
async function builds(type: 'Create' | 'Update', version: string, more: object = {}) {
  const RequestId = `request-${type}-${version}`
  const given = {...properties(version), ...more}
  await fixture.invoke(fixture.request(type, {RequestId, ResourceProperties: given}))
  const build = fixture.builds().at(-1)
  fixture.push([setOf(build), 'latest'])
  await fixture.invoke(fixture.ended(build, 'SUCCEEDED'))
  return build
}

/** What CloudFormation asks for when it takes an update back. */
const goBack = (version: string, more: object = {}) =>
  fixture.invoke(
    fixture.request('Update', {RequestId: 'back', ResourceProperties: {...properties(version), ...more}}),
  )

describe('an update that is rolled back', () => {
  const whole = [['old'], ['new', 'latest']]
  const named = (build: Parameters<typeof setOf>[0], other: Parameters<typeof setOf>[0]) =>
    fixture
      .tags()
      .map(images =>
        images.map(tags =>
          tags.map(tag => (tag === setOf(build) ? 'old' : tag === setOf(other) ? 'new' : tag)),
        ),
      )

  test('is answered at once with the images that were there before, and builds nothing', async () => {
    const old = await builds('Create', 'v1.0.6')
    const other = await builds('Update', 'v1.0.7')
    expect(setOf(old)).toMatch(/^set-[0-9a-f]{12}$/)
    expect(named(old, other)).toEqual([whole, whole])
    expect((await goBack('v1.0.6')).failure).toBeUndefined()
    expect(fixture.builds()).toHaveLength(2)
    expect(answers().at(-1)).toMatchObject({
      Status: 'SUCCESS',
      RequestId: 'back',
      Reason: `The images of build ${old?.id} are the wanted ones.`,
      Data: {BuildId: old?.id},
    })
    const back = [['old', 'latest'], ['new']]
    expect(named(old, other)).toEqual([back, back])
  })

  test('moves no tag when its build had failed and nothing was pushed', async () => {
    const old = await builds('Create', 'v1.0.6')
    await fixture.invoke(fixture.request('Update'))
    await fixture.invoke(fixture.ended(fixture.builds().at(-1), 'FAILED', {name: 'BUILD'}))
    fixture.ecr.PutImage = () => {
      throw commonError('ecr', 'accessDenied')
    }
    await goBack('v1.0.6')
    expect(answers().at(-1)).toMatchObject({Status: 'SUCCESS', Data: {BuildId: old?.id}})
  })

  test.each([
    ['another recipe', {Recipe: 'ba9876543210'}],
    ['another source', {SourceLocation: 'https://github.com/o/r.git'}],
    ['a bucket', {ImagesBucket: 'images'}],
  ])('is not taken for one that asks for %s', async (_, more) => {
    await builds('Create', 'v1.0.6')
    await goBack('v1.0.6', more)
    expect(fixture.builds().map(({status}) => status)).toEqual(['SUCCEEDED', 'IN_PROGRESS'])
  })

  test('is known again by whatever does not make other images', async () => {
    await builds('Create', 'v1.0.6')
    await goBack('v1.0.6', {ServiceToken: 'arn:other', ServiceTimeout: '3600'})
    expect(fixture.builds()).toHaveLength(1)
  })

  test('builds, and moves no tag, when one of the images is gone', async () => {
    const old = await builds('Create', 'v1.0.6')
    const other = await builds('Update', 'v1.0.7')
    const call = {region: 'us-west-2'} as never
    const [, repositoryName] = repositoryNames
    await fixture.ecr.BatchDeleteImage?.({repositoryName, imageIds: [{imageTag: setOf(old)}]}, call)
    await goBack('v1.0.6')
    expect(fixture.builds()).toHaveLength(3)
    expect(named(old, other)).toEqual([whole, [['new', 'latest']]])
  })

  test.each(['BatchGetImage', 'PutImage'] as const)(
    'builds when its role may not %s yet',
    async operation => {
      await builds('Create', 'v1.0.6')
      await builds('Update', 'v1.0.7')
      fixture.ecr[operation] = () => {
        throw commonError('ecr', 'accessDenied')
      }
      const run = await goBack('v1.0.6')
      expect(run.failure).toBeUndefined()
      expect(run.log.join()).toContain('were not looked for: AccessDeniedException')
      expect(fixture.builds().map(({status}) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'IN_PROGRESS'])
    },
  )
})

describe('a source that cannot be fetched', () => {
  const fetching = {name: 'DOWNLOAD_SOURCE', message: 'CLIENT_ERROR: the source could not be reached'}

  test('is tried once more, and the second build answers', async () => {
    await create()
    const [first] = fixture.builds()
    const run = await fixture.invoke(fixture.ended(first, 'FAILED', fetching))
    expect(run.failure).toBeUndefined()
    expect(fixture.puts).toEqual([])
    const second = fixture.builds().at(-1)
    expect(fixture.builds()).toHaveLength(2)
    expect(setOf(second)).toBe(setOf(first))
    await fixture.invoke(fixture.ended(second, 'SUCCEEDED'))
    expect(answers()).toMatchObject([
      {Status: 'SUCCESS', RequestId: 'request-Create', Data: {BuildId: second?.id}},
    ])
  })

  test('is tried once more, not twice', async () => {
    await create()
    await fixture.invoke(fixture.ended(fixture.builds()[0], 'FAILED', fetching))
    await fixture.invoke(fixture.ended(fixture.builds()[1], 'FAILED', fetching))
    expect(fixture.builds()).toHaveLength(2)
    expect(answers()).toMatchObject([
      {Status: 'FAILED', Reason: expect.stringContaining('in phase DOWNLOAD_SOURCE')},
    ])
  })

  test('whose event comes twice starts one more build, not two', async () => {
    await create()
    const event = fixture.ended(fixture.builds()[0], 'FAILED', fetching)
    await fixture.invoke(event)
    fixture.pass(60)
    await fixture.invoke(event)
    expect(fixture.builds()).toHaveLength(2)
  })

  test('is answered with both reasons when CodeBuild refuses the second build', async () => {
    await create()
    const event = fixture.ended(fixture.builds()[0], 'FAILED', fetching)
    fixture.codebuild.StartBuild = () => {
      throw modelled('AccountLimitExceededException', 'Cannot have more than 0 builds in queue')
    }
    await fixture.invoke(event)
    expect(answers()[0].Reason).toMatch(
      /ended with FAILED in phase DOWNLOAD_SOURCE\. .* CodeBuild did not start it once more: AccountLimitExceededException: Cannot/,
    )
  })

  test.each([
    ['FAILED', 'BUILD'],
    ['STOPPED', 'DOWNLOAD_SOURCE'],
    ['TIMED_OUT', 'DOWNLOAD_SOURCE'],
  ] as const)('is all that is tried again: %s in %s is not', async (status, name) => {
    await create()
    await fixture.invoke(fixture.ended(fixture.builds()[0], status, {...fetching, name}))
    expect(fixture.builds()).toHaveLength(1)
    expect(answers()).toMatchObject([{Status: 'FAILED'}])
  })
})

describe('a request to delete', () => {
  const remove = () => fixture.invoke(fixture.request('Delete'))
  const success = {
    Status: 'SUCCESS',
    PhysicalResourceId: 'demo-container-build-images',
    RequestId: 'request-Delete',
  }

  test('is answered at once and builds nothing', async () => {
    expect((await remove()).failure).toBeUndefined()
    expect(answers()).toMatchObject([success])
    expect(fixture.builds()).toEqual([])
  })

  test('stops what the stack has started, and nothing else', async () => {
    await create()
    await fixture.invoke(fixture.request('Create', {StackId: `${stackId}-other`, RequestId: 'request-other'}))
    const region = {region: 'us-west-2'} as never
    await fixture.codebuild.StartBuild?.({projectName}, region)
    const environmentVariablesOverride = [{name: 'CLOUDFORMATION_REQUEST', value: 'no request'}]
    await fixture.codebuild.StartBuild?.({projectName, environmentVariablesOverride}, region)
    const run = await remove()
    const [own, ...others] = fixture.builds()
    expect(own?.status).toBe('STOPPED')
    expect(others.map(({status}) => status)).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS'])
    expect(answers()).toMatchObject([success])
    expect(run.log).toEqual([`INFO\tStopped build ${own?.id}, which an earlier request had started.`])
  })

  test('leaves a build alone that has ended', async () => {
    await create()
    fixture.ended(fixture.builds()[0], 'SUCCEEDED')
    const stop = vi.fn(fixture.codebuild.StopBuild)
    fixture.codebuild.StopBuild = stop
    await remove()
    expect(stop).not.toHaveBeenCalled()
  })

  test('succeeds when the project is gone', async () => {
    fixture.region.resources = {}
    expect((await remove()).failure).toBeUndefined()
    expect(answers()).toMatchObject([success])
  })

  test('succeeds when CodeBuild does not answer', async () => {
    fixture.codebuild.ListBuildsForProject = () => {
      throw commonError('codebuild', 'unavailable')
    }
    await remove()
    expect(answers()).toMatchObject([success])
  })
})

describe('the event of a build', () => {
  test.each(Object.values(StatusType))('that is %s', async status => {
    await create()
    const [build] = fixture.builds()
    const phase =
      status === 'SUCCEEDED' ? undefined : {name: 'BUILD', message: 'COMMAND_EXECUTION_ERROR: exit 1'}
    expect((await fixture.invoke(fixture.ended(build, status, phase))).failure).toBeUndefined()
    const log = `Log: /aws/codebuild/${projectName}, stream ${build?.id.split(':')[1]}.`
    const common = {
      StackId: stackId,
      RequestId: 'request-Create',
      LogicalResourceId: 'ContainerImages',
      PhysicalResourceId: 'demo-container-build-images',
      Data: {BuildId: build?.id},
    }
    const expected: Record<string, object[]> = {
      IN_PROGRESS: [],
      SUCCEEDED: [{...common, Status: 'SUCCESS', Reason: `Build ${build?.id} succeeded.`}],
    }
    const Reason = `The image build ${build?.id} ended with ${status} in phase BUILD. ${log} exit 1`
    expect(answers()).toEqual(expected[status] ?? [{...common, Status: 'FAILED', Reason}])
  })

  test('names the images that failed', async () => {
    await create()
    const [build] = fixture.builds()
    if (build) build.exported = [{name: 'FAILED_IMAGES', value: 'registry keycloak'}]
    await fixture.invoke(fixture.ended(build, 'FAILED', {name: 'BUILD'}))
    expect(answers()[0].Reason).toContain(' Failed images: registry keycloak. Log: ')
  })

  test('that was in the queue to its end has no log to name', async () => {
    await create()
    const [build] = fixture.builds()
    const event = fixture.ended(build, 'TIMED_OUT', {name: 'QUEUED'})
    if (build) build.logging = false
    await fixture.invoke(event)
    expect(answers()[0].Reason).toBe(`The image build ${build?.id} ended with TIMED_OUT in phase QUEUED.`)
  })

  test.each([
    ['nobody waits for', []],
    ['was started by hand with such a variable', [{name: 'CLOUDFORMATION_REQUEST', value: 'no request'}]],
  ])('that %s is let go', async (_, environmentVariablesOverride) => {
    await fixture.codebuild.StartBuild?.({projectName, environmentVariablesOverride}, {
      region: 'us-west-2',
    } as never)
    expect((await fixture.invoke(fixture.ended(fixture.builds()[0], 'SUCCEEDED'))).failure).toBeUndefined()
    expect(fixture.puts).toEqual([])
  })

  test('that CodeBuild does not know yet fails, so that Lambda tries again', async () => {
    await create()
    const event = fixture.ended(fixture.builds()[0], 'SUCCEEDED')
    const {BatchGetBuilds} = fixture.codebuild
    fixture.codebuild.BatchGetBuilds = () => ({builds: [], buildsNotFound: ['x']})
    expect((await fixture.invoke(event)).failure).toMatch(/^Error: CodeBuild does not know build .* yet\.$/)
    fixture.codebuild.BatchGetBuilds = BatchGetBuilds
    expect((await fixture.invoke(event)).failure).toBeUndefined()
    expect(answers()).toMatchObject([{Status: 'SUCCESS'}])
  })

  test('that is delivered twice is answered twice with the same words', async () => {
    await create()
    const event = fixture.ended(fixture.builds()[0], 'SUCCEEDED')
    await fixture.invoke(event)
    expect((await fixture.invoke(event)).failure).toBeUndefined()
    const [first, second] = fixture.puts
    expect(second?.text).toBe(first?.text)
  })
})

describe('an answer', () => {
  test('is put without a content type, which its address is not signed for', async () => {
    await fixture.invoke(fixture.request('Delete'))
    expect(fixture.puts[0]).toMatchObject({method: 'PUT', headers: {'content-type': ''}})
  })

  test.each([
    [403, /^Error: CloudFormation refused the answer with HTTP status 403\.$/],
    [503, /^Error: CloudFormation refused the answer with HTTP status 503\.$/],
    [0, /^Error: CloudFormation cannot be reached: [A-Z_]+\.$/],
  ])('that meets %i fails without its address, so that Lambda tries again', async (status, message) => {
    await create()
    const event = fixture.ended(fixture.builds()[0], 'SUCCEEDED')
    fixture.status = status
    const run = await fixture.invoke(event)
    expect(run.failure).toMatch(message)
    expect(run.log.join()).not.toContain(signature)
    fixture.status = 200
    expect((await fixture.invoke(event)).failure).toBeUndefined()
    expect(answers().at(-1)).toMatchObject({Status: 'SUCCESS'})
  })

  test('to nobody fails without its address', async () => {
    const gone = await triggerFixture()
    await gone.close()
    const run = await gone.invoke(gone.request('Delete'))
    expect(run.failure).toBe('Error: CloudFormation cannot be reached: ECONNREFUSED.')
    expect(run.log.join()).not.toContain(signature)
  })

  test('leaves the address out when CodeBuild quotes it', async () => {
    fixture.codebuild.StartBuild = ({environmentVariablesOverride = []}) => {
      throw modelled('InvalidInputException', `Value '${environmentVariablesOverride[0]?.value}' is too long`)
    }
    await create()
    expect(answers()[0].Reason).toContain(`Value '{"ResponseURL":"(address)","StackId":"${stackId}"`)
    expect(fixture.puts[0]?.text).not.toContain(signature)
  })

  test('has the longest beginning of its reason that CloudFormation takes, in whole characters', async () => {
    let message = ''
    fixture.codebuild.StartBuild = () => {
      throw modelled('InvalidInputException', message)
    }
    const begin = `CodeBuild did not start a build of ${projectName}: InvalidInputException: `
    const piece = fc.oneof(
      fc.string({unit: 'grapheme', minLength: 1}),
      fc.constantFrom('x', '"\\', '\u0001', '𝄞'),
    )
    const texts = fc
      .tuple(piece, fc.integer({min: 1, max: 3000}))
      .map(([text, times]) => text.repeat(times).slice(0, 6000))
    const bytesOf = (answer: object) => Buffer.byteLength(JSON.stringify(answer))
    await fc.assert(
      fc.asyncProperty(texts, async text => {
        message = Buffer.from(text).toString()
        await create()
        const {answer, text: body} = fixture.puts.at(-1) ?? {}
        const whole = `${begin}${message}.`
        expect(Buffer.byteLength(body ?? '')).toBeLessThanOrEqual(4096)
        // Half a character would not survive the way.
        expect(Buffer.from(answer.Reason).toString()).toBe(answer.Reason)
        expect(whole.startsWith(answer.Reason)).toBe(true)
        const rest = whole.slice(answer.Reason.length)
        const [next = ''] = rest
        if (next !== '') expect(bytesOf({...answer, Reason: answer.Reason + next})).toBeGreaterThan(4096)
      }),
      {numRuns: 30},
    )
  })
})

describe('the template around it', () => {
  const {resources} = parseTemplate(read('compute-stack.yaml'), 'compute-stack.yaml')
  const propertiesOf = (logicalId: string) => resources[logicalId]?.properties as any
  const code = read('functions/build-trigger.js')

  test('wakes it for the states that it calls an end', () => {
    const [, list = ''] = /endStates = \[(.*)\]/.exec(code) ?? []
    const {detail} = propertiesOf('BuildEndedRule').EventPattern
    expect(detail['build-status']).toEqual(list.replaceAll("'", '').split(', '))
  })

  test('allows what it calls, and no more', () => {
    const [{PolicyDocument}] = propertiesOf('BuildTriggerRole').Policies
    const allowed = PolicyDocument.Statement.flatMap(({Action}: any) => Action).filter((action: string) =>
      /^(codebuild|ecr):/.test(action),
    )
    const called = Array.from(
      code.matchAll(/(\w+)\.send\(\s*new (\w+)Command\(/g),
      ([, client, name]) => `${client}:${name}`,
    )
    expect([...new Set(called)].sort()).toEqual([...allowed].sort())
  })

  test('names the repositories that its role may move tags in, and the tag that the build pushes', () => {
    const [{PolicyDocument}] = propertiesOf('BuildTriggerRole').Policies
    const statement = PolicyDocument.Statement.find(({Sid}: any) => Sid === 'MoveTags')
    const {Repositories, ImageTag} = propertiesOf('ContainerImages')
    expect(statement.Resource).toEqual(Repositories.map(({Ref}: any) => ({'Fn::GetAtt': [Ref, 'Arn']})))
    expect(Repositories).toHaveLength(8)
    const {EnvironmentVariables} = propertiesOf('ContainerBuildProject').Environment
    expect(EnvironmentVariables).toContainEqual({Name: 'IMAGE_TAG', Value: ImageTag})
  })

  test('waits longer than a build can last, with a second try and the retries of its event', () => {
    const {TimeoutInMinutes, QueuedTimeoutInMinutes} = propertiesOf('ContainerBuildProject')
    const retriesSeconds = 60 + 120
    const longest = (TimeoutInMinutes + 2 * QueuedTimeoutInMinutes) * 60 + 2 * retriesSeconds
    expect(propertiesOf('ContainerImages').ServiceTimeout).toBeGreaterThan(longest)
  })
})
