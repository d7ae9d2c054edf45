import type {Region, Resource} from '../../../../account/account.js'
import type {World} from '../../../../account/world.js'
import {text, texts} from '../../../../resources/values.js'
import type {RunningContainer} from '../container-app.js'
import type {KeycloakData} from './data.js'
import {newRealm, newUser} from './new-realm.js'
import {setPassword} from './password.js'

/** A schema of a database server, with what a Keycloak keeps in it. */
interface Schema {
  name: string
  keycloak?: KeycloakData
}

/** Why a Keycloak with these variables ends as soon as it has started: KC_DB_URL leads to no database. */
export function databaseRefusal({world, region, environment}: RunningContainer): string | undefined {
  const url = environment.KC_DB_URL
  if (url === undefined || serverAt(world, region, url)) return undefined
  return `ERROR: Failed to obtain JDBC connection: Communications link failure (${url.split('?')[0]})`
}

/**
 * What a Keycloak keeps: in the Aurora cluster that KC_DB_URL leads to, so that a new database knows nothing and a kept
 * one everything. Without the variable it is in the container itself, as with `KC_DB=dev-file`. The first start with
 * an empty database makes realm `master` and the administrator; a later one changes nothing.
 * Source: Keycloak 23, "Creating the initial admin user".
 */
export function databaseOf(container: RunningContainer): KeycloakData {
  const {world, environment} = container
  const schema = schemaOf(container)
  if (schema.keycloak) return schema.keycloak
  const data: KeycloakData = {seed: world.account.seed, name: schema.name, made: 0, realms: []}
  schema.keycloak = data
  const master = newRealm(data, 'master', {
    ...{enabled: true, accessTokenLifespan: 60, displayName: 'Keycloak'},
    displayNameHtml: '<div class="kc-logo-text"><span>Keycloak</span></div>',
  })
  data.realms.push(master)
  const {KEYCLOAK_ADMIN: username, KEYCLOAK_ADMIN_PASSWORD: password} = environment
  if (username && password) {
    const roles = master.roles.filter(
      ({name, clientId}) => clientId === undefined && name !== 'offline_access',
    )
    const admin = newUser(data, world.now, {username, enabled: true, realmRoles: roles.map(({id}) => id)})
    setPassword(data, admin, password, world.now)
    master.users.push(admin)
  }
  return data
}

function schemaOf({world, region, task, environment}: RunningContainer): Schema {
  const url = environment.KC_DB_URL
  const server = url === undefined ? undefined : serverAt(world, region, url)
  if (!server) {
    task.memory ??= {}
    task.memory.database ??= {name: task.arn} satisfies Schema
    return task.memory.database as Schema
  }
  server.data.schemas ??= []
  const schemas = server.data.schemas as Schema[]
  const database = nameIn(url ?? '')
  const name = `${String(server.attributes.DBClusterResourceId ?? server.physicalId)}/${database}`
  const known = schemas.find(schema => schema.name === name)
  if (known) return known
  const made: Schema = {name}
  schemas.push(made)
  return made
}

const jdbcPattern = /^jdbc:[a-z:]+:\/\/([^:/?]+)(?::\d+)?\/([^?;]*)/

function nameIn(url: string): string {
  return jdbcPattern.exec(url)?.[2] || 'keycloak'
}

/** The cluster behind a JDBC address: that of a cluster, of an instance of one, or of an RDS Proxy in front of it. */
function serverAt(world: World, region: Region, url: string): Resource | undefined {
  const host = jdbcPattern.exec(url)?.[1]?.toLowerCase()
  if (host === undefined) return undefined
  const at = (type: string, attribute: string) =>
    world
      .resourcesOf(region, type)
      .find(({attributes}) => text(attributes[attribute])?.toLowerCase() === host)
  const cluster = (name: string | undefined) =>
    name === undefined ? undefined : world.resource(region, 'AWS::RDS::DBCluster', name.toLowerCase())
  const proxy = at('AWS::RDS::DBProxy', 'Endpoint')
  if (proxy) {
    const group = world
      .resourcesOf(region, 'AWS::RDS::DBProxyTargetGroup')
      .find(({properties}) => text(properties.DBProxyName)?.toLowerCase() === proxy.physicalId)
    return cluster(texts(group?.properties.DBClusterIdentifiers)[0])
  }
  const instance = at('AWS::RDS::DBInstance', 'Endpoint.Address')
  if (instance) return cluster(text(instance.properties.DBClusterIdentifier)) ?? instance
  return at('AWS::RDS::DBCluster', 'Endpoint.Address')
}
