import {invalidInput, type McpgwError} from '../errors.js'
import {checkGivenParameters} from '../input/check-parameters.js'
import type {GivenParameters} from '../input/given-parameter.js'
import type {ParityFiles} from '../input/parity-files.js'
import {takeStudents} from '../input/students.js'
import {readPlan} from '../parity/plan/plan.js'
import type {TerraformPlan} from '../parity/plan/resource.js'
import {addState} from '../parity/plan/state.js'
import {parityReport} from '../parity/report.js'
import {everyLabel, fileOf} from '../parity/templates/template-set.js'
import {parametersOf} from '../parity/variables/parameters.js'
import type {ParityReport} from '../results.js'
import {type TemplateSet, templateOf} from '../steps/deploy/template-set.js'
import {TemplateError} from '../template/index.js'
import {parityTables} from './parity-tables.js'
import {Redactor} from './redactor.js'

/** What is compared, read but not understood. */
export interface ComparedFiles {
  readonly files: ParityFiles
  readonly templates: TemplateSet
  readonly given: GivenParameters
  readonly strict: boolean
}

/**
 * The comparison of files with templates. Neither it nor a failure holds what the plans mark as sensitive.
 * @throws exit code 2 for what is no plan or state, and for wrong parameters and templates
 */
export function compareFiles(compared: ComparedFiles): ParityReport {
  const {plan: file, state, older: olderFile} = compared.files
  const planned = readPlan(file.bytes, file.name)
  const plan = hiding([planned], () =>
    state === undefined ? planned : addState(planned, state.bytes, state.name),
  )
  const older = hiding([plan], () => olderFile && readPlan(olderFile.bytes, olderFile.name))
  return hiding(older === undefined ? [plan] : [plan, older], () => comparePlans(compared, plan, older))
}

function comparePlans(
  {files, templates, given, strict}: ComparedFiles,
  plan: TerraformPlan,
  older: TerraformPlan | undefined,
): ParityReport {
  const {mappings, accepted, table} = parityTables()
  const set = everyLabel(label => templateOf(templates, fileOf(label)))
  // Students of a class are no parameters of its templates.
  const {rest} = takeStudents(given, undefined)
  const values = Object.fromEntries(Array.from(rest, ([name, {value}]) => [name, value]))
  const derived = parametersOf(plan, {table, main: set.main, given: values})
  checkGivenParameters(templates, rest, [], derived.choice.parameters)
  const withState = files.state !== undefined
  return parityReport({plan, older, templates: set, mappings, accepted, table, derived, withState, strict})
}

/** A failure, too, may repeat a value of a plan. */
function hiding<T>(plans: readonly TerraformPlan[], work: () => T): T {
  try {
    return work()
  } catch (error) {
    const text = (words: string) => plans.reduce((clean, {secrets}) => secrets.text(clean), words)
    throw new Redactor([], text).error(error instanceof TemplateError ? unusable(error) : error)
  }
}

function unusable({location, message}: TemplateError): McpgwError {
  return invalidInput(
    'INVALID_TEMPLATE',
    `${location === '' ? 'The templates' : location}: ${message}`,
    'Correct the template, or give a parameter with which it can be resolved (--set).',
  )
}
