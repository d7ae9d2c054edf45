import {referenceIn, standIn} from '../../../../src/parity/templates/references.js'
import {type Statement, statementsOf} from '../policies.js'
import {type Findings, judgeEach, type Property, placeOf, type World} from '../property.js'
import {taskDefinitions} from '../tasks.js'

const pullActions = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']

/**
 * The counterpart of least privilege: a role that may not pull lets a task fail when it starts, and only where a
 * repository of one's own is chosen. An image is in a repository of the stacks or, by name, in one of the account.
 */
export const imagePulls: Property = {
  id: 'image-pulls',
  title: 'an execution role may pull the images of its containers, wherever they are',
  violations: world =>
    judgeEach(taskDefinitions(world.deployed), {atLeast: 8, what: 'task definitions'}, ({properties}) => {
      const role = world.deployed.resource(referenceIn(properties.ExecutionRoleArn))
      if (role === undefined) return ['its execution role is not made']
      const statements = statementsOf(world.deployed, role)
      const images: string[] = properties.ContainerDefinitions.map(({Image: image}: {Image: string}) => image)
      return [
        !allows(statements, 'ecr:GetAuthorizationToken', '*') && `${placeOf(role)} cannot log in`,
        ...images.flatMap(image => judge(world, statements, image)),
      ]
    }),
}

function judge({deployed, choice}: World, statements: readonly Statement[], image: string): Findings {
  const {partition, region, account} = choice
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  const registry = `${account}.dkr.ecr.${region}.${suffix}/`
  // The tag begins behind the last colon.
  const address = image.slice(0, image.lastIndexOf(':'))
  const own = deployed.resource(referenceIn(address))
  const name = own?.properties.RepositoryName ?? address.slice(registry.length)
  if (own === undefined && !address.startsWith(registry))
    return [`${image} is not in this account and region`]
  const arns = [
    `arn:${partition}:ecr:${region}:${account}:repository/${name}`,
    ...(own === undefined ? [] : [standIn({...own, attribute: 'Arn'})]),
  ]
  return pullActions.map(
    action => !arns.some(arn => allows(statements, action, arn)) && `it lacks ${action} for ${image}`,
  )
}

function allows(statements: readonly Statement[], action: string, resource: string): boolean {
  return statements.some(
    ({effect, actions, resources}) =>
      effect === 'Allow' && actions.includes(action) && resources.includes(resource),
  )
}
