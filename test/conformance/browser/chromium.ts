import {mkdtempSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {startChild} from '../children.js'

/** A page that is open in a browser of its own. */
export interface OpenPage {
  /** Closes the browser and forgets what it kept. */
  close(): Promise<void>
}

/**
 * Opens an address in Debian's Chromium as a reader would, with a profile of its own. Names that end in `.example` lead
 * to this machine: to somebody's server there, or, after a DNS rebinding, to the account.
 */
export function openPage(url: string): OpenPage {
  const profile = mkdtempSync(join(tmpdir(), 'mcpgw-chromium-'))
  const browser = startChild('chromium', [
    '--headless=new',
    // It runs as root in a container.
    ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    ...['--no-first-run', '--disable-background-networking', '--disable-component-update'],
    // What a reader allows with one click.
    '--disable-popup-blocking',
    `--user-data-dir=${profile}`,
    '--host-resolver-rules=MAP *.example 127.0.0.1',
    url,
  ])
  return {
    async close() {
      await browser.stop()
      await rm(profile, {recursive: true, force: true, maxRetries: 20, retryDelay: 50})
    },
  }
}
