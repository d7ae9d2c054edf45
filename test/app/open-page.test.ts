import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, it} from 'vitest'
import {openPage} from '../../src/app/open-page.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcpgw-open-'))
  for (const program of ['xdg-open', 'open', 'rundll32']) {
    const file = join(folder, program)
    writeFileSync(
      file,
      `#!/bin/sh\nprintf '%s' "${program} $*" > '${folder}/told.part' && mv '${folder}/told.part' '${folder}/told'\n`,
    )
    chmodSync(file, 0o755)
  }
})
afterEach(() => rmSync(folder, {recursive: true, force: true}))

const url = 'https://d1.cloudfront.net/?a=1&b=2'
const reach = {endpoint: undefined}
const env = () => ({PATH: `${folder}:/usr/bin:/bin`, DISPLAY: ':0'})

/** What the opener was told, as soon as it has written it down. */
async function told(): Promise<string> {
  for (let look = 0; look < 500 && !existsSync(join(folder, 'told')); look++)
    await new Promise(resolve => setTimeout(resolve, 10))
  return readFileSync(join(folder, 'told'), 'utf8')
}

it.each([
  ['linux', `xdg-open ${url}`],
  ['freebsd', `xdg-open ${url}`],
  ['darwin', `open ${url}`],
  ['win32', `rundll32 url.dll,FileProtocolHandler ${url}`],
] as const)('hands the address to what opens pages on %s', async (platform, words) => {
  expect(await openPage(url, reach, {platform, env: env()})).toEqual({url, ok: true, reason: null})
  expect(await told()).toBe(words)
})

it.each([
  ['without a display', {PATH: '/bin'}, url, reach, /no display/],
  [
    'without an opener',
    {PATH: '/nowhere', DISPLAY: ':0'},
    url,
    reach,
    /^xdg-open could not be started: .*ENOENT/,
  ],
  ['with an address that is not https', env, 'http://d1.cloudfront.net', reach, /no https address/],
  ['with no address', env, '', reach, /no https address/],
  ['with something else than an address', env, 'file:///etc/passwd', reach, /no https address/],
  ['in the embedded account', env, url, {endpoint: 'http://127.0.0.1:4566'}, /embedded account.*no page/],
] as const)('opens nothing %s, and says why', async (_, surroundings, page, where, reason) => {
  const own = typeof surroundings === 'function' ? surroundings() : surroundings
  const opened = await openPage(page, where, {platform: 'linux', env: own})
  expect(opened).toEqual({url: page, ok: false, reason: expect.stringMatching(reason)})
  expect(existsSync(join(folder, 'told'))).toBe(false)
})
