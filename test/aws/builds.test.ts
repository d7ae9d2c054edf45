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
