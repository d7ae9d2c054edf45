import {adminRanges, isEverybody} from '../../environment/keycloak-admin.js'
import {keycloakAdminSecretName} from '../../environment/names.js'
import {realmName} from '../../environment/realm.js'
import {failed, type McpgwError} from '../../errors.js'
import type {KeycloakProblem} from '../../keycloak/problem.js'

/** Where it went wrong. */
interface Place {
  readonly environment: string
  readonly outputs: Readonly<Record<string, string>>
  readonly parameters: Readonly<Record<string, string>>
  commandLine(command: string): string
}

/** What Keycloak did not do, with what to do about it. Nothing of a request is in it. */
export function realmFailure(problem: KeycloakProblem, place: Place): McpgwError {
  const {environment, outputs, parameters, commandLine} = place
  const url = outputs.KeycloakUrl ?? ''
  const resource = `${url}/admin/realms/${realmName}`
  const again = `run \`${commandLine('realm')}\``
  const secret = keycloakAdminSecretName(environment)
  switch (problem.kind) {
    case 'busy':
    case 'unreachable':
      return failed(
        'REALM_UNREACHABLE',
        `Keycloak at ${url} gives no answer that can be used: ${problem.message}.`,
        {
          resource,
          hint: `Check with \`${commandLine('verify')}\` that it is healthy, and that this machine reaches ${url} (name servers, firewall; a proxy is not used).${problem.kind === 'unreachable' ? ` Where a filter of addresses drops what comes from here: ${openTheWay(commandLine('realm'))}` : ''} Then ${again}.`,
        },
      )
    case 'closed':
      if (problem.status === 403 && !isEverybody(adminRanges(parameters))) return shutOut(problem, place)
      return failed(
        'REALM_UNREACHABLE',
        `The admin API of Keycloak at ${url} is closed to this machine: ${problem.message}, and it was not Keycloak that answered.`,
        {
          resource,
          hint: `Something between here and Keycloak (a firewall, a filter of addresses, a rule at CloudFront or the load balancer) lets /realms or /admin not pass. ${capital(openTheWay(commandLine('realm')))} Then ${again}.`,
        },
      )
    case 'login':
      return failed(
        'REALM_LOGIN_REFUSED',
        `Keycloak at ${url} does not accept the administrator's password of the secret ${secret}: ${problem.message}.`,
        {
          resource: secret,
          hint: `Keycloak reads its administrator's name and password only at its first start. If KeycloakAdminUsername was changed since then, deploy again with the name that it had. Otherwise someone changed the password in Keycloak or in the secret: put the one that works into ${secret} under "password" (Secrets Manager console, Retrieve secret value, Edit), then ${again}.`,
        },
      )
    case 'forbidden':
      return failed(
        'REALM_LOGIN_REFUSED',
        `The administrator of Keycloak at ${url} may not manage realms: ${problem.message}.`,
        {
          resource,
          hint: `Someone took a role from that user. Give it the role admin of realm master in Keycloak's console (${url}/admin/), then ${again}.`,
        },
      )
    case 'taken':
      return failed(
        'REALM_FAILED',
        `Keycloak at ${url} did not make realm ${realmName}: ${problem.message}.`,
        {
          resource,
          hint: `Another account, client or group has that name already, or another account the e-mail address <user name>@${realmName}.invalid. Find it in Keycloak's console (${url}/admin/) and change or remove it, or give the student another name; then ${again}.`,
        },
      )
    default:
      return failed(
        'REALM_FAILED',
        `Keycloak at ${url} did not make realm ${realmName}: ${problem.message}.`,
        {
          resource,
          hint: `What was created until then stays. See the log of the Keycloak service for details; someone may have changed the realm by hand (${url}/admin/). Then ${again}: it continues from what it finds.`,
        },
      )
  }
}

/** The environment's own guard, which the templates make of AdminCidrBlocks. */
function shutOut(problem: KeycloakProblem, {outputs, parameters, commandLine}: Place): McpgwError {
  const url = outputs.KeycloakUrl ?? ''
  return failed(
    'REALM_UNREACHABLE',
    `This machine may not administer Keycloak at ${url}: ${problem.message}. AdminCidrBlocks of the environment admits ${parameters.AdminCidrBlocks}.`,
    {
      resource: `${url}/admin/realms/${realmName}`,
      hint: `Run \`${commandLine('realm')}\` on a machine with one of those addresses. Or deploy again with an AdminCidrBlocks that has, beside ${parameters.AdminCidrBlocks}, the public IPv4 address of this machine with /32 behind it. \`deploy --no-realm\`, without students, leaves the realm out.`,
    },
  )
}

/** For a filter that answers, and for one that drops. */
function openTheWay(realm: string): string {
  return `admit this machine's address there (for the load balancer in parameter IngressCidrBlocks of the templates), or run \`${realm}\` on a machine that is admitted; \`deploy --no-realm\`, without students, leaves the realm out.`
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
