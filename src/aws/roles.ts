import {parseArn} from './arn.js'
import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import type {CallerIdentity} from './identity.js'
import {allPages, unlessAbsent} from './pages.js'

/** Actions that are asked about together, because they are about the same resource. */
export interface ActionsOn {
  readonly actions: readonly string[]
  /** An ARN, or `*`. */
  readonly resource: string
  /** Condition keys of the requests, `{"iam:PassedToService": "lambda.amazonaws.com"}`. */
  readonly context?: Readonly<Record<string, string>>
}

/** What IAM's simulator says of one action. */
export interface Decision {
  readonly action: string
  readonly resource: string
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny'
  /** Condition keys that a policy asks for and the question did not give: the decision may be another one then. */
  readonly missing: readonly string[]
}

/** Identity and Access Management. */
export interface Roles {
  exists(name: string): Promise<boolean>
  /** Names of the roles that AWS's services have made for themselves. */
  serviceLinked(): Promise<readonly string[]>
  /**
   * What the simulator may be asked about: the user, or the role behind temporary credentials. Undefined for the root
   * user and for federated users, whose policies cannot be simulated.
   */
  simulated(caller: CallerIdentity): Promise<string | undefined>
  /** ARN of the permissions boundary of a user or role, by its ARN; undefined without one, and for anybody else. */
  boundaryOf(principal: string): Promise<string | undefined>
  /** Whether a managed policy exists, AWS's own included. */
  policyExists(arn: string): Promise<boolean>
  /** What the policies of a user or role allow. Resource policies are not looked at. */
  simulate(principal: string, question: ActionsOn): Promise<readonly Decision[]>
}

/** The largest page. Source: IAM API reference. */
const rolesPerPage = 1000

export function createRoles(clients: Pick<Clients, 'iam'>): Roles {
  return {
    async exists(name) {
      const iam = await clients.iam()
      const answer = await unlessAbsent(() => iam.getRole({RoleName: name}), isMissing, undefined)
      return answer !== undefined
    },

    async serviceLinked() {
      const iam = await clients.iam()
      const roles = await allPages(async token => {
        const page = await iam.listRoles({
          PathPrefix: '/aws-service-role/',
          MaxItems: rolesPerPage,
          Marker: token,
        })
        return {items: page.Roles, token: page.IsTruncated ? page.Marker : undefined}
      })
      return roles.flatMap(({RoleName}) => RoleName ?? [])
    },

    async simulated({arn, account, partition}) {
      const [kind, name = ''] = parseArn(arn)?.resource.split('/') ?? []
      if (kind === 'user') return arn
      if (kind !== 'assumed-role') return undefined
      // The session's ARN lacks the path of its role, which those of IAM Identity Center have.
      const iam = await clients.iam()
      const answer = await unlessAbsent(() => iam.getRole({RoleName: name}), isMissing, undefined)
      return answer?.Role?.Arn ?? `arn:${partition}:iam::${account}:role/${name}`
    },

    async boundaryOf(principal) {
      const iam = await clients.iam()
      const [kind, ...path] = parseArn(principal)?.resource.split('/') ?? []
      const name = path.at(-1)
      if (kind === 'user') {
        const {User} = await iam.getUser({UserName: name})
        return User?.PermissionsBoundary?.PermissionsBoundaryArn
      }
      if (kind !== 'role') return undefined
      const {Role} = await iam.getRole({RoleName: name})
      return Role?.PermissionsBoundary?.PermissionsBoundaryArn
    },

    async policyExists(arn) {
      const iam = await clients.iam()
      const answer = await unlessAbsent(() => iam.getPolicy({PolicyArn: arn}), isMissing, undefined)
      return answer !== undefined
    },

    async simulate(principal, {actions, resource, context = {}}) {
      const iam = await clients.iam()
      const results = await allPages(async token => {
        const page = await iam.simulatePrincipalPolicy({
          PolicySourceArn: principal,
          ActionNames: [...actions],
          ResourceArns: [resource],
          ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
            ContextKeyName,
            ContextKeyType: 'string',
            ContextKeyValues: [value],
          })),
          Marker: token,
        })
        return {items: page.EvaluationResults, token: page.IsTruncated ? page.Marker : undefined}
      })
      return results.map(
        ({EvalActionName = '', EvalDecision = 'implicitDeny', MissingContextValues = []}) => ({
          action: EvalActionName,
          resource,
          decision: EvalDecision,
          missing: MissingContextValues,
        }),
      )
    },
  }
}

function isMissing(error: unknown): boolean {
  return isNamed(error, 'NoSuchEntityException')
}
