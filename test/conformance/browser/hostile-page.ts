import {readFileSync} from 'node:fs'

const script = readFileSync(new URL('page-script.js', import.meta.url), 'utf8')

/** What the page has to know of the account: no more than a page could find out or guess. */
export interface Aim {
  /** Addresses under which the account's port may be reached. */
  targets: string[]
  /** Where the page came from: it redirects, and is told when all is done. */
  own: string
  /** Ids of keys, the account's own too: an id is no secret. */
  keys: string[]
  template: string
  region: string
}

/** A page that tries with everything a browser has to create a stack, each under the name of what was tried. */
export const hostilePage = (aim: Aim, id: string): string => `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="unsafe-url">
<title>Nice pictures</title>
<body>
<script>window.given = ${JSON.stringify({aim, id}).replaceAll('<', '\\u003c')}</script>
<script>${script}</script>`
