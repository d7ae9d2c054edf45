import type {ParityReport} from '../results.js'
import {changesSince} from './against.js'
import {type Comparison, compareWithPlan} from './comparison.js'
import {hiddenIn} from './hidden.js'
import {type Mapping, MappingLookup} from './mapping/index.js'
import type {TerraformPlan} from './plan/resource.js'
import {relaxed} from './templates/relaxed.js'
import type {Derived} from './variables/parameters.js'
import type {VariableRow} from './variables/table.js'
import {verdictOf} from './verdict.js'

/** Everything that a report is made of, read and checked. */
export interface ReportInput extends Omit<Comparison, 'choice'> {
  /** An older plan, for what came, went and changed since. */
  readonly older: TerraformPlan | undefined
  readonly withState: boolean
  readonly strict: boolean
  /** What the templates are compared with. */
  readonly derived: Derived
  readonly table: readonly VariableRow[]
}

/** Compares, and says what it means. Nothing that the plans mark as sensitive is in it. */
export function parityReport(input: ReportInput): ParityReport {
  const {plan, older, withState, strict, table, mappings} = input
  const {choice, beyond, unused} = input.derived
  const templates = relaxed(input.templates, beyond)
  const result = compareWithPlan({...input, templates, choice})
  const variables = unused.map(({variable, parameter = null, reason}) => ({variable, parameter, reason}))
  const judged = {...result, strict, withState, variables}
  const report: ParityReport = {
    ...result,
    verdict: verdictOf(judged),
    strict,
    withState,
    variables,
    against: older === undefined ? null : changesSince(older, plan, knownOf(mappings, table)),
  }
  const hidden = hiddenIn(report, plan.secrets)
  return older === undefined ? hidden : hiddenIn(hidden, older.secrets)
}

function knownOf(mappings: readonly Mapping[], table: readonly VariableRow[]) {
  const lookup = new MappingLookup(mappings)
  return {
    mapped({parsed}: TerraformPlan['resources'][number]) {
      const counterpart = lookup.of(parsed)?.counterpart
      return counterpart?.kind === 'nothing' ? 'nothing' : counterpart?.resource
    },
    variables: new Set(table.flatMap(({terraform}) => terraform)),
  }
}
