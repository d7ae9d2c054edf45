import {repeatedNames} from '../exports.js'
import {messages} from '../messages.js'
import {referencesIn} from '../references.js'
import type {Template} from '../template.js'
import {problem, type TemplateProblem} from './problem.js'

/** Export names that only the deployment could know, and those that several outputs have whatever the conditions say. */
export function exportProblems(template: Template): TemplateProblem[] {
  const outputs = Object.entries(template.outputs)
  const dependent = outputs.flatMap(([name, {exportName = null}]) =>
    referencesIn(exportName).some(reference => Object.hasOwn(template.resources, reference.name)) ||
    /"Fn::(ImportValue|GetAZs)"/.test(JSON.stringify(exportName))
      ? [problem(template, ['Outputs', name, 'Export', 'Name'], messages.exportDependsOn(name))]
      : [],
  )
  const repeated = repeatedNames(
    outputs.flatMap(([, {exportName, condition}]) =>
      typeof exportName === 'string' && condition === undefined ? [exportName] : [],
    ),
  )
  if (repeated.length === 0) return dependent
  return [...dependent, problem(template, ['Outputs'], messages.duplicateExports(repeated))]
}
