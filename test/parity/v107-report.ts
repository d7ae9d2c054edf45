import {readFileSync} from 'node:fs'
import {compareFiles} from '../../src/app/compare-files.js'
import {templatesChosen} from '../../src/input/template-folder.js'
import type {ParityReport} from '../../src/results.js'

const known = new Map<string, ParityReport>()

/** What `mcpgw parity` says of the plan of v1.0.7 with the checked-in templates; each way is compared once. */
export function reportOfV107({withState}: {withState: boolean}): ParityReport {
  const name = withState ? 'with its state' : 'alone'
  const report =
    known.get(name) ??
    compareFiles({
      files: {
        plan: fileOf('v107-domain-use1'),
        state: withState ? fileOf('v107-applied-state') : undefined,
        older: undefined,
      },
      templates: templatesChosen(undefined),
      given: new Map(),
      strict: true,
    })
  known.set(name, report)
  return report
}

function fileOf(name: string) {
  return {name, bytes: readFileSync(new URL(`../fixtures/parity/${name}.json.gz`, import.meta.url))}
}
