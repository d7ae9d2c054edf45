import type {ParityResult} from '../results/parity.js'
import type {AcceptedDifferences} from './compare/accepted.js'
import {judgeAccepted} from './compare/judge-accepted.js'
import {compareResources} from './compare/resources.js'
import {resultOf} from './compare/result.js'
import type {Reuse} from './compare/reuse.js'
import {wordsOf} from './compare/words.js'
import type {Mapping} from './mapping/index.js'
import type {TerraformPlan} from './plan/resource.js'
import type {Choice} from './templates/choice.js'
import {deploy} from './templates/deploy.js'
import type {Deployed} from './templates/deployed.js'
import type {TemplateSet} from './templates/template-set.js'

export interface Comparison {
  readonly plan: TerraformPlan
  readonly templates: TemplateSet
  /** What the plan's variables are in the templates' parameters, and where. */
  readonly choice: Choice
  readonly mappings: readonly Mapping[]
  readonly accepted: AcceptedDifferences
  /** An evaluation of the same choice, of which what is the same is taken. */
  readonly known?: Deployed
  /** Verdicts of earlier comparisons, of which what is the same is taken. */
  readonly reuse?: Reuse
}

/**
 * Compares a plan of Terraform with what the templates resolve to, attribute by attribute.
 * @throws {TemplateError} when the templates refuse the parameters, or are none
 */
export function compareWithPlan(comparison: Comparison): ParityResult {
  const {plan, templates, choice, mappings, accepted, known, reuse} = comparison
  const environment =
    choice.parameters.EnvironmentName ?? templates.main.parameters.EnvironmentName?.default ?? ''
  const words = wordsOf(plan, templates, choice)
  const compared = compareResources(plan, deploy(templates, choice, known), mappings, reuse)
  return resultOf({plan, templates, choice, environment}, judgeAccepted(compared, accepted, plan, words))
}
