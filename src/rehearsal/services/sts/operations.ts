import type {Resource} from '../../account/account.js'
import {newSession} from '../../account/sessions.js'
import type {World} from '../../account/world.js'
import {callerOf} from '../../resources/caller.js'
import {checkValue} from '../../resources/constraints.js'
import {globalResource} from '../../resources/names.js'
import {number, record, records, text, texts} from '../../resources/values.js'
import {commonError} from '../../wire/common-errors.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'

/** Seconds that temporary credentials may live. Source: STS API reference, AssumeRole and GetSessionToken. */
const shortest = 900
const longestSession = 129_600
const defaultRole = 3600
const defaultSession = 43_200

/** Who calls, and temporary credentials, which end after their time in the account's own clock. */
export function stsOperations(world: World) {
  return {
    GetCallerIdentity: (_input, call) => callerOf(world, call),

    GetSessionToken(input, call) {
      const seconds = input.DurationSeconds ?? defaultSession
      checkValue('durationSeconds', seconds, {least: shortest, most: longestSession}, invalid)
      const {Arn, UserId} = callerOf(world, call)
      return {Credentials: credentials(newSession(world, {arn: Arn, userId: UserId, seconds}))}
    },

    AssumeRole(input, call) {
      const name = input.RoleSessionName ?? ''
      if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
        throw invalid(
          `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
        )
      }
      const caller = callerOf(world, call)
      const roleArn = input.RoleArn ?? ''
      const roleName = roleArn.split('/').at(-1) ?? ''
      const role = globalResource(world, 'AWS::IAM::Role', roleName)
      if (!role || role.attributes.Arn !== roleArn || !trusts(role, caller)) {
        throw commonError(
          'sts',
          'accessDenied',
          `User: ${caller.Arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        )
      }
      const seconds = input.DurationSeconds ?? defaultRole
      checkValue('durationSeconds', seconds, {least: shortest, most: defaultSession}, invalid)
      if (seconds > (number(role.properties.MaxSessionDuration) ?? defaultRole)) {
        throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
      }
      const arn = `arn:aws:sts::${world.account.id}:assumed-role/${roleName}/${name}`
      const userId = `${text(role.attributes.RoleId)}:${name}`
      return {
        AssumedRoleUser: {Arn: arn, AssumedRoleId: userId},
        Credentials: credentials(newSession(world, {arn, userId, seconds})),
      }
    },
  } satisfies Operations<'sts'>
}

const invalid = (message: string): AwsError => new AwsError('ValidationError', message)

/** Whether a role lets a caller of its own account take it on; conditions are not looked at. */
function trusts(role: Resource, {Account, Arn}: {Account: string; Arn: string}): boolean {
  const trusted = ['*', Account, `arn:aws:iam::${Account}:root`, Arn]
  return records(record(role.properties.AssumeRolePolicyDocument).Statement).some(
    ({Effect, Action, Principal}) =>
      Effect === 'Allow' &&
      texts(Action).some(action => ['sts:AssumeRole', 'sts:*', '*'].includes(action)) &&
      (Principal === '*' || texts(record(Principal).AWS).some(principal => trusted.includes(principal))),
  )
}

function credentials({accessKeyId, secretAccessKey, sessionToken, expiresAt}: ReturnType<typeof newSession>) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: new Date(expiresAt),
  }
}
