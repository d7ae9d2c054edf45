import {readFileSync} from 'node:fs'
import {readAccepted} from '../../src/parity/compare/read-accepted.js'
import {Reuse} from '../../src/parity/compare/reuse.js'
import {compareWithPlan} from '../../src/parity/comparison.js'
import {readMappings} from '../../src/parity/mapping/index.js'
import {readPlan} from '../../src/parity/plan/plan.js'
import type {TerraformPlan} from '../../src/parity/plan/resource.js'
import {addState} from '../../src/parity/plan/state.js'
import type {Choice} from '../../src/parity/templates/choice.js'
import {deploy} from '../../src/parity/templates/deploy.js'
import type {TemplateSet} from '../../src/parity/templates/template-set.js'
import {parametersOf} from '../../src/parity/variables/parameters.js'
import {readVariables} from '../../src/parity/variables/table.js'
import type {ParityResult} from '../../src/results/parity.js'
import {loadTemplates} from '../properties/templates/template-set.js'

function fixture(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/parity/${name}`, import.meta.url))
}

function table(name: string): [text: string, file: string] {
  return [readFileSync(`parity/${name}`, 'utf8'), `parity/${name}`]
}

/** The plan of v1.0.7 as it is. */
export const planAlone = readPlan(fixture('v107-domain-use1.json.gz'), 'plan.json')

/** With what an applied state knows. */
export const plan = addState(planAlone, fixture('v107-applied-state.json.gz'), 'state.json')

export const mappings = readMappings(...table('mapping.yaml'))
export const accepted = readAccepted(...table('accepted.yaml'))

const unedited = loadTemplates()
const derived = parametersOf(planAlone, {
  table: readVariables(table('variables.yaml')[0]),
  main: unedited.main,
  given: {},
})

export const choice: Choice = derived.choice

const known = deploy(unedited, choice)
const reuse = new Reuse()

/** Compares a plan, or templates, that differ a little from those of v1.0.7 and from ours: what is the same is reused. */
export function compare({
  plan: of = plan,
  templates = unedited,
}: {
  plan?: TerraformPlan
  templates?: TemplateSet
} = {}): ParityResult {
  return compareWithPlan({plan: of, templates, choice, mappings, accepted, known, reuse})
}
