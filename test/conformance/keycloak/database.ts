import {execFile} from 'node:child_process'
import {existsSync, writeFileSync} from 'node:fs'
import {cp} from 'node:fs/promises'
import {connect} from 'node:net'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {freePort, startChild, untilReady} from '../children.js'

/** A database for Keycloak on this machine. */
export interface Database {
  readonly port: number
  /** Copies it as it is at this moment into a folder, as a snapshot of the file system would. */
  copy(folder: string): Promise<void>
  stop(): Promise<void>
}

/** A busy machine takes a multiple of the usual 2 seconds. */
const startMs = 60_000

/** It lives no longer than a test: what is committed is written, so that copies have it, and need not reach a disk. */
const unsafeButQuick = [
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-flush-method=nosync',
  '--skip-innodb-doublewrite',
]

/**
 * Starts Debian's MariaDB with one schema, `keycloak`, and one user who may do everything in it.
 *
 * @param folder an empty folder of its own, or one into which another was copied, with the same user and password;
 * whoever gives it removes it
 */
export async function startDatabase(folder: string, user: string, password: string): Promise<Database> {
  const data = dataIn(folder)
  const isCopy = existsSync(data)
  if (!isCopy) {
    await promisify(execFile)('mariadb-install-db', [
      '--no-defaults',
      `--datadir=${data}`,
      '--user=root',
      '--auth-root-authentication-method=socket',
      '--skip-test-db',
    ])
  }
  const schema = join(folder, 'schema.sql')
  writeFileSync(
    schema,
    `CREATE DATABASE keycloak CHARACTER SET utf8mb4;
CREATE USER '${user}'@'127.0.0.1' IDENTIFIED BY '${password}';
GRANT ALL ON keycloak.* TO '${user}'@'127.0.0.1';
`,
    {mode: 0o600},
  )
  const port = await freePort()
  const server = startChild('mariadbd', [
    '--no-defaults',
    `--datadir=${data}`,
    '--user=root',
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 'socket')}`,
    ...(isCopy ? [] : [`--init-file=${schema}`]),
    '--skip-name-resolve',
    ...unsafeButQuick,
  ])
  await untilReady('mariadbd', server, () => isListening(port), startMs)
  return {
    port,
    copy: to => server.whileStopped(() => cp(data, dataIn(to), {recursive: true})),
    stop: server.stop,
  }
}

const dataIn = (folder: string) => join(folder, 'data')

export function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
