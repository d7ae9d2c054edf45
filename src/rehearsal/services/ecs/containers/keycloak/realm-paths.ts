import type {AppAnswer} from '../../../../resources/http-messages.js'
import {answered, refusal} from './answers.js'
import {realmNamed} from './data.js'
import {certificates, openIdConfiguration, realmDocument} from './discovery.js'
import {token} from './grants.js'
import {authenticationRequest, loginAction, loginAgain} from './login.js'
import {clientLogout, logout} from './logout.js'
import {introspection, userinfo} from './userinfo.js'
import {breaks, type RealmVisit, type Visit} from './visit.js'

type Answer = (visit: RealmVisit) => AppAnswer | Promise<AppAnswer>

const openid = '/protocol/openid-connect'

/** What is answered below /realms/{realm}, by method and path. */
const paths: Readonly<Record<string, Partial<Record<string, Answer>>>> = {
  '': {GET: realmDocument},
  '/.well-known/openid-configuration': {GET: openIdConfiguration},
  [`${openid}/certs`]: {GET: certificates},
  [`${openid}/token`]: {POST: token},
  [`${openid}/token/introspect`]: {POST: introspection},
  [`${openid}/auth`]: {GET: authenticationRequest},
  [`${openid}/logout`]: {GET: logout, POST: clientLogout},
  '/login-actions/authenticate': {GET: loginAgain, POST: loginAction},
  [`${openid}/userinfo`]: {GET: userinfo, POST: userinfo},
}

/** The answer to a request about a realm; undefined for any other. @throws Refused */
export async function realmPaths(visit: Visit): Promise<AppAnswer | undefined> {
  const [, name, rest = ''] = /^\/realms\/([^/]+)(\/.*)?$/.exec(visit.path) ?? []
  if (name === undefined) return undefined
  const realm = realmNamed(visit.data, name)
  if (!realm || breaks({...visit, realm}, 'no-realm')) throw refusal(404, 'Realm does not exist')
  const known = Object.hasOwn(paths, rest) ? paths[rest] : undefined
  if (!known) throw refusal(404, 'HTTP 404 Not Found')
  const {method} = visit.request
  const answer = known[method]
  if (!answer) throw refusal(405, 'HTTP 405 Method Not Allowed')
  return answered(() => answer({...visit, realm}))
}
