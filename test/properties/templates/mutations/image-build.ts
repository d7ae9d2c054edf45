import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const property = 'image-build'
const planted = plantedFor(property)

const images = placeAt('compute', 'ContainerImages')
const project = placeAt('compute', 'ContainerBuildProject')
const rule = placeAt('compute', 'BuildEndedRule')
const trigger = placeAt('compute', 'BuildTriggerFunction')
const statuses: readonly string[] = rule.resource.properties.EventPattern.detail['build-status']

/** Where a defect of one resource shows at another. */
const shownAt = (at: string, mutation: Mutation): Mutation => ({...mutation, at})

export const imageBuildMutations: readonly Mutation[] = [
  planted(images, 'waits as long as the build may take', properties => {
    properties.ServiceTimeout = 1800
  }),
  planted(images, 'waits longer than CloudFormation can', properties => {
    properties.ServiceTimeout = 3601
  }),
  planted(images, 'does not say how long it waits', properties => {
    delete properties.ServiceTimeout
  }),
  planted(images, 'builds no project', properties => {
    properties.ProjectName = 'container-build'
  }),
  planted(images, 'is served by the project', properties => {
    properties.ServiceToken = {'Fn::GetAtt': ['ContainerBuildProject', 'Arn']}
  }),
  ...['SourceLocation', 'SourceVersion', 'ImagesBucket', 'ImagesPrefix'].map(name =>
    planted(images, `does not change with ${name}`, properties => {
      properties[name] = 'fixed'
    }),
  ),
  shownAt(
    images.at,
    planted(project, 'may build for an hour', properties => {
      properties.TimeoutInMinutes = 60
    }),
  ),
  shownAt(
    images.at,
    planted(project, 'may wait in the queue for 8 hours', properties => {
      delete properties.QueuedTimeoutInMinutes
    }),
  ),
  ...statuses.map(status =>
    planted(rule, `does not hear of ${status}`, ({EventPattern: {detail}}) => {
      detail['build-status'] = statuses.filter(other => other !== status)
    }),
  ),
  planted(rule, 'hears of every project', ({EventPattern: {detail}}) => {
    delete detail['project-name']
  }),
  planted(rule, 'hears of phases', ({EventPattern: pattern}) => {
    pattern['detail-type'] = ['CodeBuild Build Phase Change']
  }),
  planted(rule, 'wakes nothing', properties => {
    properties.Targets = []
  }),
  shownAt(
    rule.at,
    planted(placeAt('compute', 'BuildEndedPermission'), 'is for another principal', properties => {
      properties.Principal = 'codebuild.amazonaws.com'
    }),
  ),
  shownAt(
    rule.at,
    planted(placeAt('compute', 'BuildEndedPermission'), 'is for another source', properties => {
      properties.SourceArn = {'Fn::GetAtt': ['ContainerBuildProject', 'Arn']}
    }),
  ),
  ...['codebuild:StartBuild', 'codebuild:BatchGetBuilds'].map(action =>
    shownAt(
      trigger.at,
      planted(placeAt('compute', 'BuildTriggerRole'), `may not ${action}`, properties => {
        const text = JSON.stringify(properties.Policies).replace(action, 'codebuild:ListBuilds')
        properties.Policies = JSON.parse(text)
      }),
    ),
  ),
  ...['ecr:BatchGetImage', 'ecr:PutImage'].map(action =>
    shownAt(
      trigger.at,
      planted(placeAt('compute', 'BuildTriggerRole'), `may not ${action}`, properties => {
        const text = JSON.stringify(properties.Policies).replace(action, 'ecr:ListImages')
        properties.Policies = JSON.parse(text)
      }),
    ),
  ),
  planted(project, 'pushes to fixed repositories', ({Environment: environment}) => {
    environment.EnvironmentVariables.find(({Name}: Document) => Name === 'REPOSITORY_PREFIX').Value =
      'mcp-gateway'
  }),
  ...some(
    resourcesOf('AWS::ECR::Repository').flatMap(place => [
      shownAt(
        place.at,
        planted(
          placeAt('compute', 'ContainerBuildRole'),
          `may not push to ${place.logicalId}`,
          ({Policies: [policy]}) => {
            for (const statement of policy.PolicyDocument.Statement) {
              if (!JSON.stringify(statement).includes('ecr:PutImage')) continue
              statement.Resource = statement.Resource.filter(
                (resource: Document) => resource['Fn::GetAtt'][0] !== place.logicalId,
              )
            }
          },
        ),
      ),
      shownAt(
        'compute: there is no repository',
        planted(place, 'is called otherwise', properties => {
          properties.RepositoryName = {'Fn::Sub': `images-${place.logicalId.toLowerCase()}`}
        }),
      ),
    ]),
    8,
  ),
  ...resourcesOf('AWS::ECS::TaskDefinition').map(place =>
    planted(place, 'runs the image of another', properties => {
      const other = place.logicalId.startsWith('Mcpgw') ? 'Registry' : 'Mcpgw'
      const text = JSON.stringify(properties.ContainerDefinitions)
      properties.ContainerDefinitions = JSON.parse(
        text.replaceAll(/\w+EcrRepositoryUri/g, `${other}EcrRepositoryUri`),
      )
    }),
  ),
  {
    name: 'there is no image build',
    property,
    at: 'compute: there is not one image build',
    plant({compute}) {
      delete compute.Resources.ContainerImages
      delete compute.Outputs.ContainerBuildId
    },
  },
]
