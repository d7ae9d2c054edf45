import {resourceReferences} from './dependencies.js'
import {TemplateError} from './error.js'
import {circularNodes, graphOf} from './graph.js'
import {messages} from './messages.js'
import type {Template} from './template.js'
import {conditionProblems} from './validation/conditions.js'
import {exportProblems} from './validation/exports.js'
import {intrinsicProblems} from './validation/intrinsics.js'
import {limitProblems} from './validation/limits.js'
import {parameterProblems} from './validation/parameters.js'
import {policyProblems} from './validation/policies.js'
import {problem, type TemplateProblem} from './validation/problem.js'
import {referenceProblems} from './validation/references.js'

/**
 * Everything in a template that CloudFormation refuses before it makes anything and without knowing any
 * parameter: names, limits, declarations, malformed functions, names that nothing has, circles.
 */
export function findTemplateProblems(template: Template): TemplateProblem[] {
  return [
    ...limitProblems(template),
    ...parameterProblems(template),
    ...policyProblems(template),
    ...conditionProblems(template),
    ...functionProblems(template),
    ...referenceProblems(template),
    ...exportProblems(template),
    ...circularProblems(template),
  ]
}

/** @throws {TemplateError} for the first problem, in CloudFormation's words */
export function validateTemplate(template: Template): void {
  if (template.isChecked) return
  const [first] = findTemplateProblems(template)
  if (first !== undefined) throw new TemplateError(first.message, {source: template.source, line: first.line})
}

function functionProblems(template: Template): TemplateProblem[] {
  return [
    ...Object.entries(template.resources).flatMap(([name, {properties}]) =>
      intrinsicProblems(template, properties, ['Resources', name, 'Properties']),
    ),
    ...Object.entries(template.outputs).flatMap(([name, {value, exportName = null}]) => [
      ...intrinsicProblems(template, value, ['Outputs', name, 'Value']),
      ...intrinsicProblems(template, exportName, ['Outputs', name, 'Export', 'Name']),
    ]),
  ]
}

/**
 * Circles that exist whatever the conditions say. One through a branch of `Fn::If` or a conditional resource may
 * never come to be, and is not reported.
 */
function circularProblems(template: Template): TemplateProblem[] {
  const names = Object.keys(template.resources).filter(
    name => template.resources[name]?.condition === undefined,
  )
  const certain = new Set(names)
  const graph = graphOf(names, name => {
    const mentioned = resourceReferences(template, name).filter(({conditional}) => !conditional)
    const needs = [
      ...mentioned.map(reference => reference.name),
      ...(template.resources[name]?.dependsOn ?? []),
    ]
    return [...new Set(needs)].filter(needed => certain.has(needed))
  })
  const circular = circularNodes(graph)
  const [first] = circular
  return first === undefined
    ? []
    : [problem(template, ['Resources', first], messages.circularResources(circular))]
}
