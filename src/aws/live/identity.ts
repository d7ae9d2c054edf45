import {isNamed} from '../errors.js'
import type {IAM} from '../iam-client.js'
import {allPages, unlessAbsent} from '../pages.js'
import {type LiveState, type Look, there} from './state.js'

/** IAM has no call for several roles that says what is attached to them. */
const roles: Look = async (clients, ids) => {
  const iam = await clients.iam()
  const found = await Promise.all(
    ids.map(async name => {
      const [attached, inline] = await Promise.all([attachedTo(iam, name), inlineOf(iam, name)])
      return attached && inline && ([name, {is: 'role', attached, inline} satisfies LiveState] as const)
    }),
  )
  return new Map(found.flatMap(entry => (entry === undefined ? [] : [entry])))
}

/** Physical ids are `POLICY|ROLE`. */
const rolePolicies: Look = async (clients, ids) => {
  const iam = await clients.iam()
  const found = await Promise.all(
    ids.map(async id => {
      const [policy = '', role = ''] = id.split('|')
      return (await inlineOf(iam, role))?.includes(policy) ? [id] : []
    }),
  )
  return new Map(found.flat().map(id => [id, there]))
}

const managedPolicies: Look = async (clients, ids) => {
  const iam = await clients.iam()
  const found = await Promise.all(
    ids.map(async arn => {
      const answer = await unlessAbsent(() => iam.getPolicy({PolicyArn: arn}), isMissing, undefined)
      return answer === undefined ? [] : [arn]
    }),
  )
  return new Map(found.flat().map(arn => [arn, there]))
}

/** ARNs; undefined when there is no such role. */
function attachedTo(iam: IAM, name: string): Promise<readonly string[] | undefined> {
  const ask = async () => {
    const all = await allPages(async token => {
      const page = await iam.listAttachedRolePolicies({RoleName: name, Marker: token})
      return {items: page.AttachedPolicies, token: page.IsTruncated ? page.Marker : undefined}
    })
    return all.flatMap(({PolicyArn}) => PolicyArn ?? [])
  }
  return unlessAbsent(ask, isMissing, undefined)
}

/** Names; undefined when there is no such role. */
function inlineOf(iam: IAM, name: string): Promise<readonly string[] | undefined> {
  const ask = () =>
    allPages(async token => {
      const page = await iam.listRolePolicies({RoleName: name, Marker: token})
      return {items: page.PolicyNames, token: page.IsTruncated ? page.Marker : undefined}
    })
  return unlessAbsent(ask, isMissing, undefined)
}

function isMissing(error: unknown): boolean {
  return isNamed(error, 'NoSuchEntityException')
}

export const identityLooks: Readonly<Record<string, Look>> = {
  'AWS::IAM::Role': roles,
  'AWS::IAM::RolePolicy': rolePolicies,
  'AWS::IAM::ManagedPolicy': managedPolicies,
}
