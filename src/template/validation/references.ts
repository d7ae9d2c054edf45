import {resourceReferences} from '../dependencies.js'
import {messages} from '../messages.js'
import {type Reference, referencesIn} from '../references.js'
import type {Template} from '../template.js'
import {isList, isMap, type Value} from '../value.js'
import {problem, type TemplateProblem} from './problem.js'

const pseudoParameters = new Set([
  ...[
    'AWS::AccountId',
    'AWS::NotificationARNs',
    'AWS::NoValue',
    'AWS::Partition',
    'AWS::Region',
    'AWS::StackId',
  ],
  ...['AWS::StackName', 'AWS::URLSuffix'],
])

/** Names that nothing in the template has. CloudFormation names all unresolved ones of a block at once. */
export function referenceProblems(template: Template): TemplateProblem[] {
  const inResources = Object.keys(template.resources).flatMap(name => resourceReferences(template, name))
  const inOutputs = Object.entries(template.outputs).flatMap(([name, {value, exportName = null}]) => [
    ...referencesIn(value, {path: ['Outputs', name, 'Value']}),
    ...referencesIn(exportName, {path: ['Outputs', name, 'Export', 'Name']}),
  ])
  return [
    ...blockProblems(template, 'Resources', inResources),
    ...blockProblems(template, 'Outputs', inOutputs),
    ...conditionNameProblems(template),
  ]
}

function blockProblems(
  template: Template,
  block: string,
  references: readonly Reference[],
): TemplateProblem[] {
  const isResource = (name: string) => Object.hasOwn(template.resources, name)
  const isValue = (name: string) => pseudoParameters.has(name) || Object.hasOwn(template.parameters, name)
  const unresolved = new Map<string, readonly (string | number)[]>()
  const others: TemplateProblem[] = []
  for (const {kind, name, attribute, path} of references) {
    if (isResource(name)) continue
    if (kind === 'GetAtt') others.push(problem(template, path, messages.undefinedGetAtt(name)))
    else if (attribute !== undefined) {
      others.push(problem(template, path, messages.undefinedSubAttribute(`${name}.${attribute}`)))
    } else if (!isValue(name) && !unresolved.has(name)) unresolved.set(name, path)
  }
  if (block === 'Resources') {
    for (const [name, {dependsOn}] of Object.entries(template.resources)) {
      for (const needed of dependsOn) {
        if (!isResource(needed) && !unresolved.has(needed))
          unresolved.set(needed, ['Resources', name, 'DependsOn'])
      }
    }
  }
  const [first] = unresolved
  if (first === undefined) return others
  return [problem(template, first[1], messages.unresolved([...unresolved.keys()], block)), ...others]
}

function conditionNameProblems(template: Template): TemplateProblem[] {
  const blocks = {Resources: template.resources, Outputs: template.outputs}
  return Object.entries(blocks).flatMap(([block, members]) =>
    Object.entries(members).flatMap(([name, {condition}]) =>
      condition === undefined || Object.hasOwn(template.conditions, condition)
        ? []
        : [problem(template, [block, name, 'Condition'], messages.unresolvedCondition(condition, block))],
    ),
  )
}

/** The conditions that an expression in the `Conditions` section names. */
export function conditionNames(expression: Value): string[] {
  if (isList(expression)) return expression.flatMap(conditionNames)
  if (!isMap(expression)) return []
  return Object.entries(expression).flatMap(([name, argument]) =>
    name === 'Condition' && typeof argument === 'string' ? [argument] : conditionNames(argument),
  )
}
