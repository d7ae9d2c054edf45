import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {sdkSettings} from '../helpers/sdk-settings.js'
import {Rehearsal} from './mcpgw.js'

let rehearsal: Rehearsal
beforeAll(() => {
  rehearsal = new Rehearsal()
})
afterAll(() => rehearsal.remove())

/** A port that refuses: whoever goes there does not reach the account. */
const nowhere = 'http://127.0.0.1:9'

/** Everything that the SDK reads of a machine, and what leads Node's own requests astray, set to what does harm. */
function hostile(): NodeJS.ProcessEnv {
  const {variables, keys} = sdkSettings()
  const file = path.join(rehearsal.folder, 'aws-config')
  writeFileSync(
    file,
    `[default]\ncredential_process = false\n${keys.map(key => `${key} = ${nowhere}\n`).join('')}`,
  )
  return {
    ...Object.fromEntries(variables.map(name => [name, nowhere])),
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_PROFILE: 'nobody',
    AWS_CONFIG_FILE: file,
    AWS_SHARED_CREDENTIALS_FILE: file,
    // No setting for AWS: on Node.js 20 the SDK says, unless it is told not to, that it will want a later one.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_CA_BUNDLE: '/nowhere',
    SSL_CERT_FILE: '/nowhere',
    ...{HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, ALL_PROXY: nowhere, NO_PROXY: ''},
    ...{http_proxy: nowhere, https_proxy: nowhere, all_proxy: nowhere, no_proxy: ''},
    // Node.js from 22.21 on has its own requests follow the lines above.
    NODE_USE_ENV_PROXY: '1',
    // Node.js 22 calls that experimental on standard error.
    NODE_NO_WARNINGS: '1',
  }
}

it('a rehearsal is the same whatever the machine has set for AWS and for proxies', async () => {
  const command = ['preflight', '--rehearse', '--json']
  const plain = await rehearsal.run(command)
  expect(plain.code).toBe(0)
  const {code, stderr, stdout} = await rehearsal.run(command, hostile())
  expect(code).toBe(0)
  expect(progressOf(stderr)).toEqual(progressOf(plain.stderr))
  expect(withoutTimes(stdout)).toEqual(withoutTimes(plain.stdout))
})

/** What was told, without when and how long it took. */
function progressOf(told: string): string[] {
  return told.split('\n').map(line => line.replace(/^\S+Z /, '').replace(/ in \S+$/, ''))
}

function withoutTimes(document: string): unknown {
  return JSON.parse(document, (key, value) => (/seconds|time|at$/i.test(key) ? undefined : value))
}
