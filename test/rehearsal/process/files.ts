import {mkdtempSync, rmSync} from 'node:fs'
import type {Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach} from 'vitest'

/** Above every system's highest process id: nobody has it. */
export const nobodysPid = 2 ** 22 + 7

const folders: string[] = []

/** A state file that does not exist yet, in a folder of its own that goes after the test. */
export function freshStateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-process-'))
  folders.push(folder)
  return join(folder, 'account.json')
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, {recursive: true, force: true})
})

/** Has a server listen on a free port of loopback. */
export function listening(server: Server): Promise<number> {
  return new Promise(resolve =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )
}
