import {join} from 'node:path'
import {freePort, type Started, startChild, untilReady} from '../children.js'

/** A Keycloak that is ready to be asked. */
export interface KeycloakProcess {
  readonly port: number
  readonly stop: Started['stop']
}

/** The task's port, which the container's health check asks. */
const taskPort = 8080

/** Two busy cores fill the database in minutes; in a tenth of that when nothing else runs. */
const startMs = 280_000

/** Between the choice of a port and its use lie the seconds in which somebody else may take it. */
const tries = 3

/**
 * How the JVM compiles. For a minute of life, code that is made better for hours costs more than it brings: a start with a
 * filled database takes 9 s of CPU instead of 13. One that is asked thousands of times gets that back if the few hottest
 * methods, ten times as hot as the JVM wants by itself, are compiled well: the realm's tests then take 72 s instead of 91,
 * without those of a class.
 */
const compiling = {
  quickly: ['-XX:TieredStopAtLevel=1'],
  forMuchWork: [
    '-XX:Tier4InvocationThreshold=50000',
    '-XX:Tier4MinInvocationThreshold=6000',
    '-XX:Tier4CompileThreshold=150000',
    '-XX:Tier4BackEdgeThreshold=400000',
  ],
} as const

/**
 * Starts Keycloak on the task's port, or on another one where that is somebody else's.
 * @param home where install.sh has put it
 * @throws with what it printed when it does not start
 */
export async function startKeycloak(
  home: string,
  variables: Readonly<Record<string, string>>,
  databasePort: number,
  compile: keyof typeof compiling,
): Promise<KeycloakProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? taskPort : 0)
    const started = startChild(join(home, 'keycloak/bin/kc.sh'), ['start', '--optimized'], {
      ...variables,
      ...(await ownVariables(port, databasePort, compile)),
    })
    try {
      await untilReady('Keycloak', started, () => isReady(port, variables), startMs)
      return {port, stop: started.stop}
    } catch (error) {
      await started.stop()
      if (attempt === tries || !started.output().includes('Port(s) already bound')) throw error
    }
  }
}

/** What differs from the task: where it listens, its database, and that it finds no other Keycloak of this machine. */
async function ownVariables(
  port: number,
  databasePort: number,
  compile: keyof typeof compiling,
): Promise<Record<string, string>> {
  return {
    ...(port !== taskPort && {KC_HTTP_PORT: String(port)}),
    KC_HTTP_HOST: '127.0.0.1',
    KC_DB_URL: `jdbc:mariadb://127.0.0.1:${databasePort}/keycloak`,
    JAVA_OPTS_APPEND: [
      `-Djgroups.bind_addr=127.0.0.1 -Djgroups.mcast_port=${await freePort()}`,
      ...compiling[compile],
    ].join(' '),
  }
}

/** Its health is good, and its realm answers, some time before the administrator is made. */
async function isReady(port: number, variables: Readonly<Record<string, string>>): Promise<boolean> {
  const {KEYCLOAK_ADMIN: username = '', KEYCLOAK_ADMIN_PASSWORD: password = ''} = variables
  const body = new URLSearchParams({grant_type: 'password', client_id: 'admin-cli', username, password})
  const token = `http://127.0.0.1:${port}/realms/master/protocol/openid-connect/token`
  const answer = await fetch(token, {method: 'POST', body}).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.status === 200
}
