import {describe, expect, it} from 'vitest'
import {newEngineVersion} from '../../../src/environment/database.js'
import {templatesFolder} from '../../../src/environment/templates.js'
import {readTemplateFolder} from '../../../src/input/template-folder.js'
import {keptOfStacks, secretParameters} from '../../../src/steps/reset/kept-of-stacks.js'
import type {ExistingStack} from '../../../src/steps/stacks/existing-stacks.js'
import {targetsOfLayout} from '../../../src/steps/stacks/stack-targets.js'

const defaultBucket = 'mcpgw-demo-123456789012-us-west-2'
const deployed = {
  templates: readTemplateFolder(templatesFolder()),
  environment: 'demo',
  region: 'us-west-2',
  defaultBucket,
}

function standing(
  layout: 'nested' | 'individual',
  parameters: Record<string, string>,
  more: Partial<ExistingStack['stack']> = {},
): ExistingStack[] {
  return targetsOfLayout(layout, 'demo').map(stackTarget => ({
    stackTarget,
    layout,
    stack: {
      id: `arn:aws:cloudformation:us-west-2:123456789012:stack/${stackTarget.stackName}/1`,
      name: stackTarget.stackName,
      status: 'CREATE_COMPLETE',
      parameters,
      outputs: {},
      tags: {},
      createdAt: 0,
      terminationProtection: false,
      ...more,
    },
  }))
}

describe('what is kept of the stacks', () => {
  it('is what was chosen: no defaults, nothing that mcpgw sets or looks up, no secrets, nothing unknown', () => {
    const kept = keptOfStacks(
      standing('nested', {
        EnvironmentName: 'demo',
        TemplateS3Bucket: defaultBucket,
        TemplateS3Prefix: 'demo/0123456789ab/',
        CloudFrontPrefixListId: 'pl-1',
        DatabaseEngineVersion: newEngineVersion,
        AgentInferenceProfile: 'us',
        KeycloakAdminUsername: 'admin',
        KeycloakAdminPassword: '****',
        TargetCpuUtilization: '60',
        OfAnOlderVersion: 'x',
      }),
      deployed,
    )
    expect(kept).toEqual({
      layout: 'nested',
      parameters: {TargetCpuUtilization: '60'},
      secretsGiven: [],
      students: undefined,
      dropped: ['OfAnOlderVersion'],
    })
  })

  it('has the flags that follow from parameters, tags and the role', () => {
    const parameters = {
      ContainerImagesBucket: 'images',
      ContainerImagesPrefix: 'v1/',
      CloudFrontPrefixListId: '',
    }
    const tags = {'mcpgw:templates': 's3://mine/class/demo/0123456789ab/'}
    const serviceRole = 'arn:aws:iam::123456789012:role/cloudformation'
    expect(keptOfStacks(standing('individual', parameters, {tags, serviceRole}), deployed)).toMatchObject({
      layout: 'individual',
      images: 's3://images/v1/',
      templateBucket: 'mine',
      templatePrefix: 'class/demo/',
      serviceRole,
      // An empty list was given on purpose.
      parameters: {CloudFrontPrefixListId: ''},
    })
  })

  it('is nothing where nothing stands', () => {
    expect(keptOfStacks([], deployed)).toMatchObject({layout: 'nested', parameters: {}, dropped: []})
  })

  it('knows every secret parameter of the templates', () => {
    expect(secretParameters(deployed.templates)).toEqual([
      'KeycloakAdminPassword',
      'KeycloakDatabasePassword',
      'EmbeddingsApiKey',
    ])
  })
})
