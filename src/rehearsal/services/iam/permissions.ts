import type {Resource} from '../../account/account.js'
import {fitsWildcards} from '../../account/wildcards.js'
import type {World} from '../../account/world.js'
import {fitsOperation} from '../../faults/places.js'
import {activeFault} from '../../faults/schedule.js'
import {list, type Properties, record, records, text, texts} from '../../resources/values.js'
import {serviceEntries} from '../../wire/services.js'

const policyTypes = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy']

/** Of AWS's own policies those that a task or its start needs. Source: AWS managed policy reference. */
const awsManaged: Readonly<Record<string, Properties>> = {
  'arn:aws:iam::aws:policy/AdministratorAccess': {
    Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}],
  },
  'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy': {
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'ecr:GetAuthorizationToken',
          'ecr:BatchCheckLayerAvailability',
          'ecr:GetDownloadUrlForLayer',
          'ecr:BatchGetImage',
          'logs:CreateLogStream',
          'logs:PutLogEvents',
        ],
        Resource: '*',
      },
    ],
  },
}

/**
 * Whether a role's own policies allow an action on a resource: inline ones, attached ones that the account
 * knows; an explicit deny wins. Conditions and boundaries are not looked at.
 * Source: IAM user guide, "Policy evaluation logic".
 */
export function roleAllows(world: World, roleArn: string, action: string, resourceArn: string): boolean {
  const statements = statementsOf(world, roleArn).filter(
    statement =>
      texts(statement.Action).some(pattern => matches(pattern, action, true)) &&
      list(statement.Resource).some(pattern => matches(text(pattern) ?? '', resourceArn, false)),
  )
  return (
    statements.some(({Effect}) => Effect === 'Allow') && !statements.some(({Effect}) => Effect === 'Deny')
  )
}

/** Whether a fault that is always triggered denies an action, named as in policies, to everybody. */
export function isDenied(world: World, action: string, region: string): boolean {
  const [prefix = '', operation = ''] = action.split(':')
  const service = serviceEntries.find(([, {signingName}]) => signingName === prefix)?.[0] ?? prefix
  return (
    activeFault(
      world,
      'deny',
      region,
      ({where, timing: {times, rate}}) =>
        times === undefined && rate === undefined && fitsOperation(where, {service, operation}),
    ) !== undefined
  )
}

function statementsOf(world: World, roleArn: string): Properties[] {
  const everything = Object.values(world.account.regions).flatMap(region => Object.values(region.resources))
  const role = everything.find(
    ({type, attributes}) => type === 'AWS::IAM::Role' && attributes.Arn === roleArn,
  )
  if (!role) return []
  const attached = everything.filter(resource => isAttachedTo(resource, role))
  return [
    ...texts(role.properties.ManagedPolicyArns).flatMap(arn => awsManaged[arn] ?? []),
    ...records(role.properties.Policies).map(({PolicyDocument}) => PolicyDocument),
    ...attached.map(({properties}) => properties.PolicyDocument),
  ].flatMap(document => records(record(document).Statement))
}

function isAttachedTo(policy: Resource, role: Resource): boolean {
  if (!policyTypes.includes(policy.type)) return false
  const {Roles, RoleName} = policy.properties
  return (
    texts(Roles).includes(role.physicalId) ||
    RoleName === role.physicalId ||
    texts(role.properties.ManagedPolicyArns).includes(policy.physicalId)
  )
}

/** IAM's patterns: `*` is any text, `?` any character; actions do not care about case. */
function matches(pattern: string, value: string, ignoreCase: boolean): boolean {
  return fitsWildcards(pattern, value, {ignoreCase, oneByOne: true})
}
