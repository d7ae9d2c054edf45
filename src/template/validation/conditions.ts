import {circularNodes, graphOf} from '../graph.js'
import {shapeProblem} from '../intrinsics/shapes.js'
import {messages} from '../messages.js'
import {referencesIn} from '../references.js'
import type {Template} from '../template.js'
import {isList, isMap, type Path, type Value} from '../value.js'
import {intrinsicProblems} from './intrinsics.js'
import {problem, type TemplateProblem} from './problem.js'
import {conditionNames} from './references.js'

const boolean = new Set(['Fn::And', 'Fn::Or', 'Fn::Not', 'Fn::Equals', 'Condition'])

/** What CloudFormation refuses in the `Conditions` section. */
export function conditionProblems(template: Template): TemplateProblem[] {
  const found = Object.entries(template.conditions).flatMap(([name, expression]) => {
    const path = ['Conditions', name]
    return [...booleanProblems(template, expression, path), ...resourceProblems(template, expression, path)]
  })
  const names = Object.keys(template.conditions)
  const known = (name: string) =>
    conditionNames(template.conditions[name] ?? null).filter(other => names.includes(other))
  const circular = circularNodes(graphOf(names, name => [...new Set(known(name))]))
  if (circular.length > 0) {
    found.push(problem(template, ['Conditions', circular[0] ?? ''], messages.circularConditions(circular)))
  }
  return found
}

function booleanProblems(template: Template, expression: Value, path: Path): TemplateProblem[] {
  const [name = '', ...others] = isMap(expression) ? Object.keys(expression) : []
  if (!isMap(expression) || others.length > 0 || !boolean.has(name)) {
    return [problem(template, path, messages.notACondition)]
  }
  const argument = expression[name] as Value
  const at = [...path, name]
  if (name === 'Condition') {
    const isKnown = Object.hasOwn(template.conditions, String(argument))
    return isKnown
      ? []
      : [problem(template, at, messages.unresolvedCondition(String(argument), 'Conditions'))]
  }
  const message = shapeProblem(name, argument)
  if (message !== undefined || !isList(argument))
    return [problem(template, at, message ?? messages.notACondition)]
  return argument.flatMap((operand, index) =>
    name === 'Fn::Equals'
      ? intrinsicProblems(template, operand, [...at, index])
      : booleanProblems(template, operand, [...at, index]),
  )
}

function resourceProblems(template: Template, expression: Value, path: Path): TemplateProblem[] {
  if (JSON.stringify(expression).includes('"Fn::ImportValue"')) {
    return [problem(template, path, messages.functionInConditions('Fn::ImportValue'))]
  }
  const names = referencesIn(expression, {path})
    .map(({name}) => name)
    .filter(name => !name.startsWith('AWS::') && !Object.hasOwn(template.parameters, name))
  return names.length === 0
    ? []
    : [problem(template, path, messages.resourceInConditions([...new Set(names)]))]
}
