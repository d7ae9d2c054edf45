import type {TerraformPlan} from '../plan/resource.js'
import type {Choice} from '../templates/choice.js'
import type {TemplateSet} from '../templates/template-set.js'
import type {Words} from './accepted.js'

/** What accepted values may write in braces: every parameter of the main template but secret ones, and where it all is. */
export function wordsOf(plan: TerraformPlan, {main}: TemplateSet, choice: Choice): Words {
  const parameters = Object.entries(main.parameters)
    .filter(([, {noEcho}]) => !noEcho)
    .map(([name, parameter]) => [name, choice.parameters[name] ?? parameter.default ?? ''])
  const known: Record<string, string> = Object.fromEntries(parameters)
  const {region, account, partition} = choice
  const name = String(plan.variables.name ?? '')
  return {...known, environment: known.EnvironmentName ?? '', name, region, account, partition}
}
