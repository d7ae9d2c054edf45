import {execFile} from 'node:child_process'
import {mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, describe, expect, test} from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const guard = new URL('no-network.mjs', import.meta.url).href
const bin = join(root, 'bin/run.js')
const fixture = (name: string) => join(root, 'test/fixtures/parity', `v107-${name}.json.gz`)

describe('parity, on a machine without credentials, AWS configuration and network', () => {
  const home = mkdtempSync(join(tmpdir(), 'mcpgw-parity-'))
  afterAll(() => rmSync(home, {recursive: true, force: true}))

  /** Runs a line of a shell, in which `mcpgw` is the built command. */
  function shell(
    line: string,
    env: Record<string, string> = {},
  ): Promise<{code: number; stdout: string; stderr: string}> {
    const script = `mcpgw() { ${JSON.stringify(process.execPath)} ${JSON.stringify(bin)} "$@"; }\n${line}`
    const options = {
      env: {PATH: process.env.PATH, HOME: home, NODE_OPTIONS: `--import=${guard}`, ...env},
      maxBuffer: 1e8,
    }
    return new Promise(resolve => {
      execFile('bash', ['-c', script], options, (error, stdout, stderr) =>
        resolve({code: error === null ? 0 : Number(error.code), stdout, stderr}),
      )
    })
  }

  test('reads a plan that is piped into it, and leaves nothing behind', async () => {
    const {code, stdout, stderr} = await shell(
      `gunzip -c ${fixture('oneshot-errored')} | mcpgw parity --tf-plan - --json`,
    )
    expect({code, stderr}).toEqual({code: 5, stderr: ''})
    const {verdict, plan, partial} = JSON.parse(stdout)
    expect([verdict, plan.resources, partial[0].code]).toEqual(['partial', 274, 'errored'])
    expect(readdirSync(home)).toEqual([])
  })

  test('reads a plan and a state from what other commands write', async () => {
    const {code, stdout} = await shell(
      `mcpgw parity --tf-plan <(gunzip -c ${fixture('domain-use1')}) --tf-state <(gunzip -c ${fixture('applied-state')}) --json`,
    )
    const {withState, totals, verdict} = JSON.parse(stdout)
    // The state does not know the VPC either, which a data source reads.
    expect([withState, totals.unknown]).toEqual([true, 7])
    expect(code).toBe(verdict === 'same' ? 0 : 1)
  })

  test('takes its flags from variables, and says what nothing was piped', async () => {
    const {code, stderr} = await shell('mcpgw parity </dev/null', {MCPGW_TF_PLAN: '-'})
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Error: Standard input is empty/)
  })
})
