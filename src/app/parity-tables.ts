import {readFileSync} from 'node:fs'
import path from 'node:path'
import {packageRoot} from '../environment/package-root.js'
import {readAccepted} from '../parity/compare/read-accepted.js'
import {readMappings} from '../parity/mapping/index.js'
import {readVariables} from '../parity/variables/table.js'

/** What the package knows of Terraform's resources and variables: the files of parity/. */
export function parityTables() {
  return {
    mappings: readMappings(...fileOf('mapping.yaml')),
    accepted: readAccepted(...fileOf('accepted.yaml')),
    table: readVariables(fileOf('variables.yaml')[0]),
  }
}

/** The text of a file, and what messages call it. */
function fileOf(name: string): [text: string, file: string] {
  return [readFileSync(path.join(packageRoot(), 'parity', name), 'utf8'), `parity/${name}`]
}
