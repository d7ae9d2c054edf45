import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {DeployedResource} from '../deployed.js'
import {isIdentityPolicy, type Statement, statementsIn, trustStatements} from '../policies.js'
import {differs, type Findings, judgeEach, located, type Property, tooFew, type World} from '../property.js'
import {actionsWithoutResource, wildcards} from '../tables/wildcards.js'
import {environmentOf} from '../tasks.js'

/** Types whose `Ref` is their ARN; of others only an attribute called `…Arn` is one. */
const refIsArn = ['AWS::SecretsManager::Secret', 'AWS::SNS::Topic', 'AWS::IAM::ManagedPolicy']

/** Actions that Amazon EFS clients need, without root access. */
const mountActions = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite']

/** Property 7. */
export const leastPrivilege: Property = {
  id: 'least-privilege',
  title: 'no policy says * where an ARN is known, and no role is open to everyone',
  violations(world) {
    const {deployed} = world
    const statements = deployed.resources().flatMap(statementsIn)
    const granted = statements.filter(({carrier}) => isIdentityPolicy(carrier))
    const placed = statements.filter(({carrier}) => !isIdentityPolicy(carrier))
    return [
      ...statements.flatMap(({place, effect}) =>
        located(place, [!['Allow', 'Deny'].includes(effect) && `its effect is ${effect}`]),
      ),
      ...tooFew(granted, 20, 'statements of roles'),
      ...granted.flatMap(statement => located(statement.place, judgeGranted(world, statement))),
      // The database key and the two of the file system.
      ...tooFew(placed, 3, 'statements at resources'),
      ...placed.flatMap(statement => located(statement.place, judgePlaced(world, statement))),
      ...judgeEach(deployed.resources('AWS::IAM::Role'), {atLeast: 9, what: 'roles'}, role => [
        ...judgeTrust(role),
        ...[role.properties.ManagedPolicyArns ?? []].flat().map(arn => {
          const policy = deployed.resource(referenceIn(arn))
          return policy?.type !== 'AWS::IAM::ManagedPolicy' && `policy ${arn} is not one of the templates`
        }),
        role.properties.Path === undefined ? undefined : differs('Path', role.properties.Path, '/'),
      ]),
      ...judgeEach(
        deployed.resources('AWS::Lambda::Permission'),
        {atLeast: 1, what: 'permissions to invoke'},
        ({properties}) => [
          referenceIn(properties.SourceArn) === undefined &&
            'it does not say which rule may invoke the function',
          !/^[a-z]+\.amazonaws\.com$/.test(properties.Principal) && `it is open to ${properties.Principal}`,
        ],
      ),
    ]
  },
}

function judgeGranted(world: World, statement: Statement): Findings {
  const {effect, actions, resources, members} = statement
  if (effect !== 'Allow') return []
  return [
    members.NotAction !== undefined && 'it allows everything but some actions',
    members.NotResource !== undefined && 'it speaks of everything but some resources',
    actions.length === 0 && 'it names no action',
    resources.length === 0 && 'it names no resource',
    ...actions.filter(action => /[*?]/.test(action)).map(action => `it allows ${action}`),
    ...resources.flatMap(resource => judgeResource(world, resource, statement)),
  ]
}

function judgeResource(world: World, resource: string, statement: Statement): Findings {
  const {actions} = statement
  if (resource === '*') {
    return actions
      .filter(action => !actionsWithoutResource.has(action))
      .map(action => `it allows ${action} on *, though the action knows resources`)
  }
  const reference = referenceIn(resource)
  if (reference !== undefined) {
    const type = world.deployed.resource(reference)?.type
    const isArn =
      reference.attribute === undefined ? refIsArn.includes(String(type)) : /Arn$/.test(reference.attribute)
    return [type === undefined && `${resource} is not made`, !isArn && `${resource} is no ARN`]
  }
  const known = wildcards.find(wildcard => wildcard.matches(resource, world, statement))
  if (known !== undefined) {
    return actions
      .filter(action => !known.actions.includes(action))
      .map(action => `it allows ${action} on ${resource}, though ${known.why}`)
  }
  return [
    /[*?]/.test(resource) && `it speaks of ${resource}, a wildcard without need`,
    ...judgeArn(world, resource),
  ]
}

/** An ARN that is written out belongs to the partition, region and account of the stack. */
function judgeArn({choice}: World, resource: string): Findings {
  const [scheme, partition, service, region, account] = resource.split(':')
  return [
    scheme !== 'arn' && `${resource} is no ARN`,
    differs(`the partition of ${resource}`, partition, choice.partition),
    service !== 's3' && differs(`the region of ${resource}`, region, choice.region),
    service !== 's3' && differs(`the account of ${resource}`, account, choice.account),
  ]
}

/** A document at a resource: it says whom, and `*` as resource means the one it is at. */
function judgePlaced(world: World, statement: Statement): Findings {
  if (statement.effect !== 'Allow') return []
  const {carrier, actions, resources, members} = statement
  switch (carrier.type) {
    case 'AWS::KMS::Key': {
      // Without this statement nobody could manage the key: it leaves the decision to the account's IAM policies.
      const {partition, account} = world.choice
      return [
        differs('its principal', members.Principal, {AWS: `arn:${partition}:iam::${account}:root`}),
        differs('its action', actions, ['kms:*']),
        differs('its resource', resources, ['*']),
      ]
    }
    case 'AWS::EFS::FileSystem':
      // Tasks mount without IAM, so that it is the mount targets' security group that says who they are.
      return [
        differs('its condition', members.Condition, {
          Bool: {'elasticfilesystem:AccessedViaMountTarget': 'true'},
        }),
        ...actions.filter(action => !mountActions.includes(action)).map(action => `it allows ${action}`),
      ]
    case 'AWS::SNS::TopicPolicy': {
      const {partition, region, account} = world.choice
      const alarms = `arn:${partition}:cloudwatch:${region}:${account}:alarm:${environmentOf(world.deployed)}-*`
      return [
        differs('its principal', members.Principal, {Service: 'cloudwatch.amazonaws.com'}),
        differs('its action', actions, ['sns:Publish']),
        ...resources.flatMap(resource => judgeResource(world, resource, statement)),
        differs('its condition', members.Condition, {ArnLike: {'aws:SourceArn': alarms}}),
      ]
    }
    default:
      return [`nobody expects a policy at ${carrier.type}`]
  }
}

function judgeTrust(role: DeployedResource): Findings {
  const trust = trustStatements(role)
  return [
    trust.length === 0 && 'nobody may take it on',
    ...trust.flatMap(({actions, members}) => {
      const principal = members.Principal as {Service?: unknown} | undefined
      return [
        differs('who may take it on', Object.keys(principal ?? {}), ['Service']),
        !/^[a-z-]+\.amazonaws\.com$/.test(String(principal?.Service)) &&
          `it can be taken on by ${principal?.Service}`,
        differs('how it is taken on', actions, ['sts:AssumeRole']),
      ]
    }),
  ]
}
