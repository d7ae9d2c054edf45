import {readFileSync} from 'node:fs'
import path from 'node:path'
import {templatesFolder} from '../environment/templates.js'

/** The version in the package's own package.json, `1.2.3`; `unknown` in a damaged installation. */
export function mcpgwVersion(): string {
  try {
    const file = path.join(path.dirname(templatesFolder({})), 'package.json')
    const {version} = JSON.parse(readFileSync(file, 'utf8')) as {version: string}
    return version
  } catch {
    return 'unknown'
  }
}
