import {randomBytes} from 'node:crypto'
import {mkdtempSync} from 'node:fs'
import {cp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {TemplateSet} from '../../properties/templates/template-set.js'
import {startDatabase} from './database.js'
import {startFront} from './front.js'
import {startKeycloak} from './keycloak-process.js'
import {keycloakContainer} from './template-container.js'

/** A real Keycloak that runs with the templates' variables, behind what CloudFront and the load balancer send. */
export interface RealKeycloak extends KeycloakAddress {
  /** Copies its database as it is now into a folder, for others to begin with. */
  handOn(folder: string): Promise<FilledDatabase>
  /** Ends Keycloak alone; the front stays and answers 502. */
  stopKeycloak(): Promise<void>
  stop(): Promise<void>
}

/** What can be handed from vitest's setup to its tests. */
export interface KeycloakAddress {
  /** `https://<public host name>`, as the stack output KeycloakUrl has it. */
  readonly publicUrl: string
  /** Where requests for the public address are to be sent, as plain HTTP with its Host: for `createWeb`. */
  readonly endpoint: string
  /** Keycloak itself, as the load balancer reaches it. */
  readonly internalUrl: string
  readonly adminUser: string
  readonly adminPassword: string
  /** The health check's command as the templates have it; only where 8080 is somebody else's, with another port. */
  readonly healthCheck: readonly string[]
}

/** A database that a Keycloak has filled: it need not make its hundred tables again. */
export interface FilledDatabase {
  readonly folder: string
  /** The passwords in it. */
  readonly secrets: Readonly<Record<'KeycloakAdminSecret.password' | 'DatabaseSecret.password', string>>
}

export interface Wishes {
  /** With a domain of one's own TLS ends at the load balancer, and there is no CloudFront. */
  readonly domain?: boolean
  /** Other templates than the checked-in ones. */
  readonly templates?: TemplateSet
  /** What its database begins with; an empty one without it. It is copied. */
  readonly database?: FilledDatabase
  /** Whether it will be asked thousands of times. */
  readonly muchWork?: boolean
}

/** The folder into which install.sh has put Keycloak. */
export const folderVariable = 'CONFORMANCE_KEYCLOAK'

const distributionName = 'd111111abcdef8.cloudfront.net'
const ownName = 'kc.us-west-2.mcp.example.com'

/**
 * Starts a database, Keycloak and the front. Takes some 20 seconds of CPU, half of them to fill an empty database.
 * @throws with what was printed when one of them does not start
 */
export async function startRealKeycloak({
  domain = false,
  templates,
  database: filled,
  muchWork = false,
}: Wishes = {}): Promise<RealKeycloak> {
  const home = process.env[folderVariable]
  if (!home)
    throw new Error(`${folderVariable} is not set; test/conformance/keycloak/install.sh fills such a folder.`)
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-keycloak-'))
  const stops: (() => Promise<void>)[] = [() => rm(folder, {recursive: true, force: true})]
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one()
  }
  try {
    const host = domain ? ownName : distributionName
    const secrets = filled?.secrets ?? {
      'KeycloakAdminSecret.password': randomBytes(12).toString('hex'),
      'DatabaseSecret.password': randomBytes(12).toString('hex'),
    }
    const {variables, healthCheck} = keycloakContainer(
      domain ? {BaseDomain: 'mcp.example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ'} : {},
      {
        references: {
          'compute.KeycloakDistribution.DomainName': distributionName,
          'compute.KeycloakRecord': ownName,
          'data.DatabaseProxy.Endpoint': 'database.example.com',
        },
        secrets,
      },
      templates,
    )
    const {KC_DB_USERNAME = '', KC_DB_PASSWORD = '', KEYCLOAK_ADMIN = ''} = variables
    if (filled !== undefined) await cp(filled.folder, folder, {recursive: true})
    const database = await startDatabase(folder, KC_DB_USERNAME, KC_DB_PASSWORD)
    stops.push(database.stop)
    const keycloak = await startKeycloak(home, variables, database.port, muchWork ? 'forMuchWork' : 'quickly')
    stops.push(keycloak.stop)
    const {port} = keycloak
    const front = await startFront(port, domain ? 'https' : 'http')
    stops.push(front.stop)
    return {
      publicUrl: `https://${host}`,
      endpoint: front.endpoint,
      internalUrl: `http://127.0.0.1:${port}`,
      adminUser: KEYCLOAK_ADMIN,
      adminPassword: secrets['KeycloakAdminSecret.password'],
      healthCheck: healthCheck.map(part => part.replaceAll('/8080 ', `/${port} `)),
      handOn: async to => {
        await database.copy(to)
        return {folder: to, secrets}
      },
      stopKeycloak: keycloak.stop,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
