import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {statementsOf} from '../policies.js'
import {differs, type Findings, located, type Property, placeOf, tooFew} from '../property.js'
import {containersIn, environmentOf} from '../tasks.js'

/** CloudFormation: the longest that it waits for a custom resource, in seconds. */
const maxServiceTimeout = 3600
/** For the event that a build has ended, and its retries, in seconds. */
const slack = 240

/** CodeBuild: every status of a build that has ended. */
const endStatuses = ['FAILED', 'FAULT', 'STOPPED', 'SUCCEEDED', 'TIMED_OUT']

const pushActions = [
  ...[
    'BatchCheckLayerAvailability',
    'CompleteLayerUpload',
    'InitiateLayerUpload',
    'PutImage',
    'UploadLayerPart',
  ],
].map(action => `ecr:${action}`)

/**
 * The stack waits until the build's event answers CloudFormation: a part of that way that is missing costs an hour, and
 * a build that ends unheard as well.
 */
export const imageBuild: Property = {
  id: 'image-build',
  title:
    'the end of every image build is answered in time, and the images are where the services look for them',
  violations(world) {
    const {deployed} = world
    const [project, ...projects] = deployed.resources('AWS::CodeBuild::Project')
    const [images, ...others] = deployed.resources('Custom::ContainerImages')
    if (!project || !images || projects.length + others.length > 0)
      return ['compute: there is not one image build']
    const trigger = deployed.resource(referenceIn(images.properties.ServiceToken))
    const rules = deployed.resources('AWS::Events::Rule')
    return [
      ...located(placeOf(images), timing(images, project)),
      ...located(placeOf(images), [
        trigger?.type !== 'AWS::Lambda::Function' && 'no function serves it',
        differs(
          'the project it builds',
          deployed.resource(referenceIn(images.properties.ProjectName))?.logicalId,
          project.logicalId,
        ),
        ...whatChangesImages(deployed).flatMap(value =>
          Object.values(images.properties).includes(value) ? [] : [`a change of ${value} builds no images`],
        ),
      ]),
      ...tooFew(rules, 1, 'rules for the end of a build'),
      ...rules.flatMap(rule => located(placeOf(rule), wakening(deployed, rule, project, trigger))),
      ...(trigger === undefined
        ? []
        : located(placeOf(trigger), powers(deployed, trigger.properties.Role, project))),
      ...repositoryProblems(deployed, project),
    ]
  },
}

function timing(
  {properties: {ServiceTimeout: wait}}: DeployedResource,
  {properties}: DeployedResource,
): Findings {
  const {TimeoutInMinutes: build = 60, QueuedTimeoutInMinutes: queue = 480} = properties
  // A source that cannot be fetched is tried once more, which may wait in the queue again.
  const longest = (Number(build) + 2 * Number(queue)) * 60
  return [
    !(Number(wait) >= longest + slack) && `it waits ${wait} seconds for a build that may take ${longest}`,
    Number(wait) > maxServiceTimeout && `it waits longer than ${maxServiceTimeout} seconds`,
  ]
}

/** Without a change in its properties, an update of the stack builds nothing. */
function whatChangesImages(deployed: Deployed): string[] {
  const {GitHubRepoUrl, GitHubBranch, ContainerImagesBucket, ContainerImagesPrefix} =
    deployed.stack('compute').parameters
  return [GitHubRepoUrl, GitHubBranch, ContainerImagesBucket, ContainerImagesPrefix].map(String)
}

function wakening(
  deployed: Deployed,
  rule: DeployedResource,
  project: DeployedResource,
  trigger: DeployedResource | undefined,
): Findings {
  const {source, 'detail-type': kind, detail} = rule.properties.EventPattern ?? {}
  const targets: {Arn: unknown}[] = rule.properties.Targets ?? []
  const permission = deployed
    .resources('AWS::Lambda::Permission')
    .some(
      ({properties}) =>
        deployed.resource(referenceIn(properties.FunctionName)) === trigger &&
        deployed.resource(referenceIn(properties.SourceArn)) === rule &&
        properties.Principal === 'events.amazonaws.com',
    )
  return [
    differs('its source', source, ['aws.codebuild']),
    differs('its events', kind, ['CodeBuild Build State Change']),
    differs('the statuses it hears', [...(detail?.['build-status'] ?? [])].sort(), endStatuses),
    differs('its projects', (detail?.['project-name'] ?? []).map(referenceIn), [
      {stack: project.stack, logicalId: project.logicalId},
    ]),
    !targets.some(({Arn}) => deployed.resource(referenceIn(Arn)) === trigger) && 'it wakes nothing',
    !permission && 'it may not invoke the function',
  ]
}

function powers(deployed: Deployed, roleArn: unknown, project: DeployedResource): Findings {
  const role = deployed.resource(referenceIn(roleArn))
  return [
    ...['codebuild:StartBuild', 'codebuild:BatchGetBuilds'].map(
      action => !(role && mayDo(deployed, role, action, project)) && `it may not ${action} its project`,
    ),
    ...deployed
      .resources('AWS::ECR::Repository')
      .flatMap(repository =>
        ['ecr:BatchGetImage', 'ecr:PutImage'].map(
          action =>
            !(role && mayDo(deployed, role, action, repository)) &&
            `it may not ${action} in ${repository.logicalId}`,
        ),
      ),
  ]
}

function repositoryProblems(deployed: Deployed, project: DeployedResource): string[] {
  const role = deployed.resource(referenceIn(project.properties.ServiceRole))
  const variables: {Name: string; Value: string}[] =
    project.properties.Environment?.EnvironmentVariables ?? []
  const prefix = variables.find(({Name}) => Name === 'REPOSITORY_PREFIX')?.Value
  const repositories = deployed.resources('AWS::ECR::Repository')
  const services = [...new Set(containersIn(deployed).map(({service}) => service))]
  return [
    ...tooFew(services, 8, 'services'),
    ...located(placeOf(project), [differs('REPOSITORY_PREFIX', prefix, environmentOf(deployed))]),
    ...services.flatMap(service =>
      repositories.some(({properties}) => properties.RepositoryName === `${prefix}-${service}`)
        ? []
        : [`compute: there is no repository ${prefix}-${service}, which the build pushes to`],
    ),
    ...repositories.flatMap(repository =>
      located(placeOf(repository), [
        ...pushActions
          .filter(action => !(role && mayDo(deployed, role, action, repository)))
          .map(action => `the build may not ${action} there`),
      ]),
    ),
    ...containersIn(deployed).flatMap(({definition, service, properties}) => {
      const own = referenceIn(String(properties.Image).replace(/:[^:>]*$/, ''))
      const repository = deployed.resource(own)
      const isOwn =
        repository === undefined || repository.properties.RepositoryName === `${prefix}-${service}`
      return located(placeOf(definition), [
        !isOwn && `it runs the image of ${repository.properties.RepositoryName}`,
      ])
    }),
  ]
}

function mayDo(deployed: Deployed, role: DeployedResource, action: string, on: DeployedResource): boolean {
  return statementsOf(deployed, role).some(
    ({effect, actions, resources}) =>
      effect === 'Allow' &&
      actions.includes(action) &&
      resources.some(resource => deployed.resource(referenceIn(resource)) === on),
  )
}
