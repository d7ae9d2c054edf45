import {environmentTag} from '../../environment/names.js'
import {isNamed} from '../errors.js'
import {allPages, batches, unlessAbsent} from '../pages.js'
import {arnIn, type Existing, idsLike, type Reader, sharedIn, tagsOf} from './reader.js'

/** Tags are in no list of IAM: those of roles that begin as the environment does are asked for one by one. */
const roles: Reader = async (clients, {environment, ids}) => {
  const iam = await clients.iam()
  const all = await allPages(async token => {
    const page = await iam.listRoles({MaxItems: 1000, Marker: token})
    return {items: page.Roles, token: page.IsTruncated ? page.Marker : undefined}
  })
  const ours = all.filter(
    ({RoleName = ''}) => RoleName.startsWith(`${environment}-`) || ids.includes(RoleName),
  )
  const found = await Promise.all(
    ours.map(async ({RoleName: id = '', Arn: arn = ''}): Promise<Existing[]> => {
      const answer = await unlessAbsent(
        () => iam.getRole({RoleName: id}),
        error => isNamed(error, 'NoSuchEntityException'),
        undefined,
      )
      if (answer === undefined) return []
      return [{kind: 'iam:role', arn, name: id, id, tags: tagsOf(answer.Role?.Tags ?? [])}]
    }),
  )
  return found.flat()
}

const policies: Reader = async clients => {
  const iam = await clients.iam()
  const all = await allPages(async token => {
    const page = await iam.listPolicies({Scope: 'Local', MaxItems: 1000, Marker: token})
    return {items: page.Policies, token: page.IsTruncated ? page.Marker : undefined}
  })
  return all.map(({PolicyName: name = '', Arn: arn = ''}) => ({kind: 'iam:policy', arn, name, id: arn}))
}

const aliases: Reader = async clients => {
  const kms = await clients.kms()
  const all = await allPages(async token => {
    const page = await kms.listAliases({Limit: 100, Marker: token})
    return {items: page.Aliases, token: page.Truncated ? page.NextMarker : undefined}
  })
  return all.map(({AliasName: id = '', AliasArn: arn = '', TargetKeyId}) => ({
    ...{kind: 'kms:alias', arn, name: id.replace(/^alias\//, ''), id},
    within: TargetKeyId === undefined ? [] : [TargetKeyId],
  }))
}

const sharedAliases: Reader = (clients, sought) =>
  sharedIn(sought, 'kms:alias', () => aliases(clients, sought))

/**
 * The keys that the environment's stacks had, that its tag is on, or that its alias leads to: a key of the account that
 * none of these names has nothing by which it could be known.
 */
const keys: Reader = async (clients, sought) => {
  const kms = await clients.kms()
  const {environment, tagged} = sought
  const ours = (await sharedAliases(clients, sought)).filter(({name}) => name === `${environment}-rds`)
  const ids = new Set([
    ...ours.flatMap(({within = []}) => within),
    ...idsLike(sought, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}$|^mrk-[0-9a-f]{32}$/),
    ...tagged,
  ])
  const found = await Promise.all(
    [...ids].map(async id => {
      const answer = await unlessAbsent(
        () => kms.describeKey({KeyId: id}),
        error => isNamed(error, 'NotFoundException'),
        undefined,
      )
      const {Arn: arn = '', KeyState, DeletionDate} = answer?.KeyMetadata ?? {}
      if (KeyState === undefined) return []
      const entry = {kind: 'kms:key', arn, name: id, id}
      const isPending = KeyState === 'PendingDeletion' || KeyState === 'PendingReplicaDeletion'
      const goes = DeletionDate === undefined ? {} : {goesAt: DeletionDate.getTime()}
      return [isPending ? {...entry, isGoing: true, ...goes} : entry]
    }),
  )
  return found.flat()
}

/** With those that wait for their deletion: their names are taken until then. */
const secrets: Reader = async clients => {
  const sdk = await clients.secrets()
  const all = await allPages(async token => {
    const page = await sdk.listSecrets({IncludePlannedDeletion: true, MaxResults: 100, NextToken: token})
    return {items: page.SecretList, token: page.NextToken}
  })
  return all.map(({ARN: arn = '', Name: name = '', Tags, DeletedDate}) => ({
    ...{kind: 'secretsmanager:secret', arn, name, id: arn},
    tags: tagsOf(Tags),
    // DescribeSecret and ListSecrets give the date of the request plus the window. Source: API reference, DeletedDate.
    ...(DeletedDate === undefined ? {} : {isGoing: true, goesAt: DeletedDate.getTime()}),
  }))
}

/** A filter takes fifty values. Source: Systems Manager API reference, ParameterStringFilter. */
const parameters: Reader = async (clients, sought) => {
  const ssm = await clients.ssm()
  const list = (Key: string, Option: string, Values: readonly string[]) =>
    allPages(async token => {
      const ParameterFilters = [{Key, Option, Values: [...Values]}]
      const page = await ssm.describeParameters({ParameterFilters, MaxResults: 50, NextToken: token})
      return {items: page.Parameters, token: page.NextToken}
    })
  const path = `/${sought.environment}`
  const named = [
    ...new Set(sought.tagged.map(name => (name.includes('/') ? `/${name.replace(/^\//, '')}` : name))),
  ]
  const others = named.filter(name => !name.startsWith(`${path}/`))
  const found = await Promise.all([
    list('Path', 'Recursive', [path]),
    list(`tag:${environmentTag}`, 'Equals', [sought.environment]),
    ...batches(others, 50).map(batch => list('Name', 'Equals', batch)),
  ])
  const all = new Map(found.flat().map(({Name: name = ''}) => [name, name]))
  return [...all.values()].map(name => ({
    kind: 'ssm:parameter',
    arn: arnIn(sought, 'ssm', `parameter/${name.replace(/^\//, '')}`),
    ...{name: name.replace(/^\//, ''), id: name},
  }))
}

/** By what the names have in common, which is the environment's; those that do not have it, by their own. */
const logGroups: Reader = async (clients, sought) => {
  const logs = await clients.logs()
  const list = (by: {logGroupNamePattern: string} | {logGroupNamePrefix: string}) =>
    allPages(async token => {
      const page = await logs.describeLogGroups({...by, nextToken: token})
      return {items: page.logGroups, token: page.nextToken}
    })
  const {environment, tagged} = sought
  const others = tagged.map(name => name.replace(/:\*$/, '')).filter(name => !name.includes(environment))
  const found = await Promise.all([
    list({logGroupNamePattern: environment}),
    ...others.map(name => list({logGroupNamePrefix: name})),
  ])
  const names = new Set(found.flat().flatMap(({logGroupName}) => logGroupName ?? []))
  return [...names].map(name => ({
    kind: 'logs:log-group',
    arn: arnIn(sought, 'logs', `log-group:${name}`),
    ...{name, id: name},
  }))
}

export const securedReaders: Readonly<Record<string, Reader>> = {
  'iam:role': roles,
  'iam:policy': policies,
  'kms:alias': sharedAliases,
  'kms:key': keys,
  'secretsmanager:secret': secrets,
  'ssm:parameter': parameters,
  'logs:log-group': logGroups,
}
