import type {User} from '../data.js'
import type {Members} from './request.js'

/** A user as the admin API shows one. */
export function userRepresentation(user: User): Members {
  const {id, createdTimestamp, username, enabled, emailVerified, firstName, lastName, email, attributes} =
    user
  return {
    id,
    createdTimestamp,
    username,
    enabled,
    totp: false,
    emailVerified,
    firstName,
    lastName,
    email,
    attributes,
    disableableCredentialTypes: [],
    requiredActions: user.requiredActions,
    notBefore: 0,
    access: {manageGroupMembership: true, view: true, mapRoles: true, impersonate: true, manage: true},
  }
}

/** The same in lists of members, which do not say what one may do. */
export function listedUser(user: User): Members {
  const {access: _, ...listed} = userRepresentation(user)
  return listed
}

/** The same for lists that nobody reads closely. */
export function briefUser(user: User): Members {
  const {
    totp: _,
    disableableCredentialTypes: __,
    requiredActions: ___,
    notBefore: ____,
    ...brief
  } = userRepresentation(user)
  return brief
}
