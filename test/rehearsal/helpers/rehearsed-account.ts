import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Aws, connect} from '../../../src/aws/aws.js'
import type {Clock} from '../../../src/clock.js'
import {joinRehearsal} from '../../../src/rehearsal/process/join.js'
import {serveAccount} from '../../../src/rehearsal/process/serve.js'

/** An embedded account that this process serves, as fast as it can, and AWS as mcpgw sees it there. */
export interface RehearsedAccount {
  aws: Aws
  clock: Clock
  /** AWS as another run of mcpgw sees it, which has asked nothing yet. */
  connectAgain(): Promise<Aws>
  stateFile: string
  end(): Promise<void>
}

/** Begins an empty account; `faults` as lines. */
export async function rehearsedAccount(
  options: {seed?: number; faults?: readonly string[]} = {},
): Promise<RehearsedAccount> {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-account-'))
  const stateFile = join(folder, 'account.json')
  const {seed = 1, faults = []} = options
  const onError = (error: unknown) => console.error(error)
  const served = await serveAccount({stateFile, speed: 'max', seed, onError, savesByItself: false})
  const {endpoint, region, credentials, clock, leave} = await joinRehearsal({stateFile, faults})
  const connectAgain = () => connect({endpoint, region, credentials, clock})
  return {
    aws: await connectAgain(),
    clock,
    connectAgain,
    stateFile,
    async end() {
      leave()
      await served.stop()
      rmSync(folder, {recursive: true, force: true})
    },
  }
}
