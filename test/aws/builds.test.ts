import {expect, it} from 'vitest'
import {awsAnswering, json, jsonError} from './wire.js'

const build = {
  id: 'demo:1234',
  buildNumber: 3,
  buildStatus: 'FAILED',
  currentPhase: 'COMPLETED',
  buildComplete: true,
  startTime: 1_700_000_000,
  endTime: 1_700_000_060,
  phases: [
    {phaseType: 'SUBMITTED', phaseStatus: 'SUCCEEDED', durationInSeconds: 0},
    {
      phaseType: 'BUILD',
      phaseStatus: 'FAILED',
      durationInSeconds: 50,
      contexts: [{statusCode: 'COMMAND_EXECUTION_ERROR', message: 'Reason: exit status 1'}],
    },
    {phaseType: 'COMPLETED'},
  ],
  logs: {groupName: '/aws/codebuild/demo', streamName: '1234', deepLink: 'https://logs'},
  environment: {
    environmentVariables: [
      {name: 'A', value: '1', type: 'PLAINTEXT'},
      {name: 'PASSWORD', value: 'a-secret-name', type: 'SECRETS_MANAGER'},
    ],
  },
}

it('gives the newest build of a project without asking for an order', async () => {
  const {aws, calls} = await awsAnswering(call =>
    call.operation === 'ListBuildsForProject'
      ? json({ids: ['demo:1234', 'demo:0']})
      : json({builds: [build]}),
  )
  expect(await aws.builds.latest('demo')).toEqual({
    id: 'demo:1234',
    number: 3,
    status: 'FAILED',
    currentPhase: 'COMPLETED',
    complete: true,
    startedAt: 1_700_000_000_000,
    endedAt: 1_700_000_060_000,
    phases: [
      {name: 'SUBMITTED', status: 'SUCCEEDED', seconds: 0},
      {name: 'BUILD', status: 'FAILED', seconds: 50, message: 'Reason: exit status 1'},
      {name: 'COMPLETED'},
    ],
    logs: {group: '/aws/codebuild/demo', stream: '1234', url: 'https://logs'},
    environment: {A: '1'},
  })
  expect(calls[0]?.json).toEqual({projectName: 'demo'})
  expect(calls[1]?.json).toEqual({ids: ['demo:1234']})
})

it('has no logs before the stream exists', async () => {
  const {aws} = await awsAnswering(() => json({builds: [{id: 'demo:1', logs: {deepLink: 'https://logs'}}]}))
  expect((await aws.builds.describe('demo:1'))?.logs).toBeUndefined()
})

it('finds nothing for a project without builds, a missing project, an unknown build', async () => {
  const {aws} = await awsAnswering(({operation, json: {projectName}}) => {
    if (operation === 'BatchGetBuilds') return json({builds: [], buildsNotFound: ['demo:9']})
    return projectName === 'demo'
      ? json({ids: []})
      : jsonError('ResourceNotFoundException', 'Project cannot be found')
  })
  expect(await aws.builds.latest('demo')).toBeUndefined()
  expect(await aws.builds.latest('gone')).toBeUndefined()
  expect(await aws.builds.describe('demo:9')).toBeUndefined()
})

it('gives the ten newest builds, newest first, in whatever order CodeBuild describes them', async () => {
  const ids = Array.from({length: 30}, (_, index) => `demo:${30 - index}`)
  const {aws, calls} = await awsAnswering(call =>
    call.operation === 'ListBuildsForProject'
      ? json({ids})
      : json({
          builds: [
            {...build, buildNumber: 29},
            {...build, buildNumber: 30},
          ],
        }),
  )
  expect((await aws.builds.recent('demo')).map(({number}) => number)).toEqual([30, 29])
  expect(calls[1]?.json).toEqual({ids: ids.slice(0, 10)})
  const {aws: without} = await awsAnswering(() => jsonError('ResourceNotFoundException', 'no project'))
  expect(await without.builds.recent('demo')).toEqual([])
})

it('starts a build with variables of its own, and reads what the commands of a build hand on', async () => {
  const exportedEnvironmentVariables = [{name: 'FAILED_IMAGES', value: 'registry mcpgw'}]
  const {aws, calls} = await awsAnswering(() => json({build: {...build, exportedEnvironmentVariables}}))
  const started = await aws.builds.start('demo', {EXPORT_BUCKET: 'images', EXPORT_PREFIX: ''}, 'token-1')
  expect(started).toMatchObject({id: 'demo:1234', exported: {FAILED_IMAGES: 'registry mcpgw'}})
  expect(calls[0]).toMatchObject({
    operation: 'StartBuild',
    json: {
      projectName: 'demo',
      idempotencyToken: 'token-1',
      environmentVariablesOverride: [
        {name: 'EXPORT_BUCKET', value: 'images', type: 'PLAINTEXT'},
        {name: 'EXPORT_PREFIX', value: '', type: 'PLAINTEXT'},
      ],
    },
  })
})
