import {
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  CodeBuildClient,
  ListBuildsCommand,
  ListBuildsForProjectCommand,
  ListProjectsCommand,
  StartBuildCommand,
  StopBuildCommand,
} from '@aws-sdk/client-codebuild'
import {
  BatchDeleteImageCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  ListImagesCommand,
} from '@aws-sdk/client-ecr'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {codeBuildOperations} from '../../../../src/rehearsal/services/codebuild/operations.js'
import {ecrOperations} from '../../../../src/rehearsal/services/ecr/operations.js'
import {type Served, served} from '../served.js'
import {type BuildFixture, buildFixture} from './build-account.js'

const projectName = 'demo-container-build'
let base: BuildFixture
let wire: Served
let codebuild: CodeBuildClient
let ecr: ECRClient

beforeAll(async () => {
  base = await buildFixture({code: 'exports.handler = async () => {}'})
  wire = await served({codebuild: codeBuildOperations(base.world), ecr: ecrOperations(base.world)})
  codebuild = new CodeBuildClient(wire.client)
  ecr = new ECRClient(wire.client)
})

afterAll(async () => {
  codebuild.destroy()
  ecr.destroy()
  await wire.close()
  await base.close()
})

it('describes projects', async () => {
  expect((await codebuild.send(new ListProjectsCommand({}))).projects).toEqual([projectName])
  expect(await codebuild.send(new BatchGetProjectsCommand({names: [projectName, 'none']}))).toMatchObject({
    projects: [{name: projectName, source: {type: 'GITHUB', buildspec: expect.stringContaining('version')}}],
    projectsNotFound: ['none'],
  })
})

it('starts builds with overridden variables, lists the newest first, and lets images be looked at', async () => {
  const first = await codebuild.send(
    new StartBuildCommand({
      projectName,
      environmentVariablesOverride: [{name: 'IMAGE_TAG', value: 'v2', type: 'PLAINTEXT'}],
    }),
  )
  const id = first.build?.id ?? ''
  expect(first.build?.environment?.environmentVariables).toContainEqual({
    name: 'IMAGE_TAG',
    value: 'v2',
    type: 'PLAINTEXT',
  })
  await base.live(30)
  const second = await codebuild.send(new StartBuildCommand({projectName}))
  expect((await codebuild.send(new ListBuildsForProjectCommand({projectName}))).ids).toEqual([
    second.build?.id,
    id,
  ])
  expect((await codebuild.send(new ListBuildsCommand({}))).ids).toHaveLength(2)
  await codebuild.send(new StopBuildCommand({id: second.build?.id}))
  await base.live(700)
  const {builds} = await codebuild.send(new BatchGetBuildsCommand({ids: [id, second.build?.id ?? '']}))
  expect(builds?.map(({buildStatus}) => buildStatus)).toEqual(['SUCCEEDED', 'STOPPED'])
  const repositoryName = 'demo-registry'
  const byCommit = expect.stringMatching(/^sha-[0-9a-f]{12}$/)
  expect((await ecr.send(new ListImagesCommand({repositoryName}))).imageIds).toMatchObject([
    {imageTag: byCommit},
    {imageTag: 'v2'},
  ])
  const {imageDetails} = await ecr.send(
    new DescribeImagesCommand({repositoryName, imageIds: [{imageTag: 'v2'}]}),
  )
  expect(imageDetails).toMatchObject([
    {imageTags: [byCommit, 'v2'], imageDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/)},
  ])
  await expect(
    ecr.send(new DescribeImagesCommand({repositoryName, imageIds: [{imageTag: 'no'}]})),
  ).rejects.toMatchObject({name: 'ImageNotFoundException'})
  const {repositories} = await ecr.send(new DescribeRepositoriesCommand({}))
  expect(repositories?.map(({repositoryName: name}) => name)).toEqual([
    'demo-registry',
    'demo-keycloak',
    'other',
  ])
  // The image goes with its last tag.
  await ecr.send(new BatchDeleteImageCommand({repositoryName, imageIds: [{imageTag: 'v2'}]}))
  const [left] = (await ecr.send(new ListImagesCommand({repositoryName}))).imageIds ?? []
  expect(left).toMatchObject({imageTag: byCommit})
  await ecr.send(new BatchDeleteImageCommand({repositoryName, imageIds: [{imageTag: left?.imageTag}]}))
  expect((await ecr.send(new ListImagesCommand({repositoryName}))).imageIds ?? []).toEqual([])
})
