import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {startChild, untilReady} from '../children.js'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Loading the CLI takes half a second on an idle machine. */
const startMs = 60_000

/**
 * Loads the AWS CLI once for all calls of it.
 * @param env of an account's clients; the `python3` on its path is the one that has the CLI
 * @param folder where nothing of it is yet
 * @returns the variables with which `aws` is run by what has been loaded, from Node and from a shell
 */
export async function loadAwsCli(
  env: Readonly<Record<string, string>>,
  folder: string,
): Promise<{env: Record<string, string>; stop(): Promise<void>}> {
  const socket = join(folder, 'aws-cli')
  const server = startChild('python3', [here('server.py'), socket], env)
  await untilReady('The AWS CLI', server, async () => existsSync(socket), startMs)
  return {
    env: {...env, CONFORMANCE_AWS_CLI: socket, PATH: `${here('bin')}:${env.PATH}`},
    stop: server.stop,
  }
}
