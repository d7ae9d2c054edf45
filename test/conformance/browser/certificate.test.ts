import {execFile} from 'node:child_process'
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {promisify} from 'node:util'
import {inflateSync} from 'node:zlib'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {certificatePage} from '../../../src/report/certificate-page.js'
import {provedKinds} from '../../../src/steps/prove/kinds.js'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'mcpgw-certificate-'))
const page = join(folder, 'certificate.html')
const hostile = `<script>document.title = 'ran'</script>"><img src=x onerror="document.title = 'ran'">`
const stacks = [
  'class',
  'class-NetworkStack-1AB2',
  'class-DataStack-1AB2',
  'class-ComputeStack-1AB2',
  hostile,
]
const id = (name: string) => `arn:aws:cloudformation:us-west-2:123456789012:stack/${name}/1f2e3d4c`

/** Opens the page with Debian's Chromium, which does what the options say and ends. */
async function chromium(...options: readonly string[]): Promise<string> {
  const profile = mkdtempSync(join(folder, 'profile-'))
  const {stdout} = await run(
    'chromium',
    [
      // It runs as root in a container.
      ...['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', `--user-data-dir=${profile}`],
      // Whatever it would load, it finds nothing.
      '--host-resolver-rules=MAP * ~NOTFOUND',
      ...options,
      pathToFileURL(page).href,
    ],
    {timeout: 120_000, maxBuffer: 2 ** 26},
  )
  return stdout
}

/** As the reader's system is set. */
const scheme = {
  dark: '--blink-settings=preferredColorScheme=0',
  light: '--blink-settings=preferredColorScheme=1',
}

async function screenshot(name: 'light' | 'dark'): Promise<Buffer> {
  const file = join(process.env.MCPGW_KEEP_SCREENSHOTS ?? folder, `certificate-${name}.png`)
  await chromium(scheme[name], '--hide-scrollbars', '--window-size=900,1400', `--screenshot=${file}`)
  return readFileSync(file)
}

/** Red, green and blue of the first pixel, which no filter of PNG changes. Source: PNG specification, 9. */
function cornerOf(png: Buffer): number[] {
  const chunks: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') chunks.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return [...inflateSync(Buffer.concat(chunks)).subarray(1, 4)]
}

beforeAll(() => {
  const pending = {kind: 'kms:key', name: '0a1b2c3d', reason: 'KMS waits.', until: '2026-01-09T03:05:11.000Z'}
  const snapshot = {kind: 'rds:cluster-snapshot', name: 'class-keycloak-kept-20260102030405', command: null}
  const text = certificatePage(
    {
      environment: 'class',
      removed: stacks.map(stack => ({stack, status: 'DELETE_COMPLETE', durationSeconds: 600})),
      cleaned: [{kind: 'log-group', name: '/ecs/class-registry'}],
      kept: [
        {
          ...snapshot,
          reason: hostile,
          owner: hostile,
          kept: true,
          cost: {usd: 0.021, per: 'GiB and month', asOf: 2025},
        },
      ],
      durationSeconds: 808,
      proof: {
        at: '2026-01-02T03:18:29.000Z',
        certified: true,
        stacks: stacks.map(name => ({name, id: id(name), status: 'DELETE_COMPLETE'})),
        lookedFor: provedKinds.map(({kind, action}) => ({kind, action, listed: 3, found: 0})),
        pending: [pending],
      },
    },
    {account: '123456789012', region: 'us-west-2', time: 'account time'},
  )
  writeFileSync(page, text)
})

afterAll(() => rm(folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 50}))

describe('the page of a certificate, in a real browser', () => {
  test('is white where the reader has it light, and dark where dark', async () => {
    expect(cornerOf(await screenshot('light'))).toEqual([255, 255, 255])
    const dark = cornerOf(await screenshot('dark'))
    expect(Math.max(...dark)).toBeLessThan(64)
  })

  test('fits on paper, on a few pages', async () => {
    const file = join(process.env.MCPGW_KEEP_SCREENSHOTS ?? folder, 'certificate.pdf')
    await chromium(scheme.dark, '--no-pdf-header-footer', `--print-to-pdf=${file}`)
    const pdf = readFileSync(file).toString('latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    const pages = pdf.match(/\/Type\s*\/Page\b/g) ?? []
    expect(pages.length).toBeGreaterThanOrEqual(2)
    expect(pages.length).toBeLessThanOrEqual(5)
  })

  test('shows what others wrote, and runs nothing of it', async () => {
    const dom = await chromium('--dump-dom')
    expect(dom).toContain('<title>Nothing remains of class</title>')
    expect(dom).toContain('&lt;script&gt;document.title')
    expect(dom).not.toMatch(/<script|<img/)
  })
})
