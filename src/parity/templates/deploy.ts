import {isDeepStrictEqual} from 'node:util'
import {childStacks, type StackKey} from '../../environment/stacks.js'
import {creationNeeds, TemplateError, type Value} from '../../template/index.js'
import type {Choice} from './choice.js'
import type {Deployed} from './deployed.js'
import {type Account, childLabel, type Given, Stack, stackIn} from './stack.js'
import {fileOf, type Label, type TemplateSet} from './template-set.js'

/**
 * Evaluates the templates under a choice. Everything is evaluated when it is first read, so that asking for one
 * stack does not pay for the others.
 * @param known an evaluation of the same choice: a stack that it has, of the same templates and parameters, is taken
 *   from there
 * @throws {TemplateError} when a parameter is missing, unknown or refused, here or in a nested stack, when a rule does not
 *   hold, and on reading what imports a name that nothing exports
 */
export function deploy(templates: TemplateSet, choice: Choice, known?: Deployed): Deployed {
  const stacks: Stack[] = []
  const account = {templates, choice, stacks}
  if (choice.layout === 'nested') addNested(account, known)
  else for (const {key} of childStacks) addIndividual(account, key, known)
  return {
    stacks,
    resources: (...types) =>
      stacks.flatMap(({resources}) =>
        types.length === 0 ? resources : resources.filter(({type}) => types.includes(type)),
      ),
    stack: label => stackIn(stacks, label),
    resource: reference =>
      reference &&
      stacks
        .find(({label}) => label === reference.stack)
        ?.resources.find(({logicalId}) => logicalId === reference.logicalId),
  }
}

/** The main stack and, with the parameters that it passes, its children. */
function addNested(account: Account, known?: Deployed): void {
  const {templates, choice, stacks} = account
  const name = choice.parameters.EnvironmentName ?? templates.main.parameters.EnvironmentName?.default ?? ''
  const main = new Stack(account, 'main', name, choice.parameters, [])
  stacks.push(main)
  const needs = creationNeeds(templates.main, main.resolver.activeResources(), name =>
    main.resolver.condition(name),
  )
  for (const {logicalId, type, properties} of main.resources) {
    if (type !== 'AWS::CloudFormation::Stack') continue
    const child = childStacks.find(({key}) => String(properties.TemplateURL).endsWith(`/${fileOf(key)}`))
    if (child === undefined) {
      const {source} = templates.main
      throw new TemplateError(`main.${logicalId} nests ${properties.TemplateURL}`, {source})
    }
    const childName = `${name}-${logicalId}-1A2B3C4D5E6F7`
    stacks.push(
      childStack(account, known, child.key, childName, textsIn(properties.Parameters), before(logicalId)),
    )
  }

  function before(logicalId: string): Label[] {
    const needed = needs.get(logicalId) ?? []
    const labels = needed.flatMap(need => [...before(need), childLabel(need)])
    return [...new Set(labels)]
  }
}

/** Parameters as a stack is given them, all of them texts. */
function textsIn(parameters: Value | undefined): Given {
  return Object.fromEntries(Object.entries(parameters ?? {}).map(([name, value]) => [name, String(value)]))
}

/** A stack by itself, which is given those parameters of the main template that it declares. */
function addIndividual(account: Account, key: StackKey, known?: Deployed): void {
  const {templates, choice, stacks} = account
  const given = Object.fromEntries(
    Object.entries(choice.parameters).filter(([name]) => Object.hasOwn(templates[key].parameters, name)),
  )
  const environment = choice.parameters.EnvironmentName ?? templates[key].parameters.EnvironmentName?.default
  stacks.push(childStack(account, known, key, `${environment}-${key}`, given, existingBefore(key)))
}

/** A new stack, or the known one if neither it nor what it imports from differs. */
function childStack(account: Account, known: Deployed | undefined, key: StackKey, ...own: Own): Stack {
  const {templates} = account
  const twin = known?.stacks.find(({label}) => label === key)
  const isSame =
    twin instanceof Stack &&
    isDeepStrictEqual([twin.name, twin.given, twin.existingBefore], own) &&
    [key, ...existingBefore(key)].every(label => templates[label] === twin.templates[label])
  return isSame ? twin : new Stack(account, key, ...own)
}

type Own = [name: string, given: Given, existingBefore: readonly Label[]]

function existingBefore(key: StackKey): Label[] {
  const needs = childStacks.find(stack => stack.key === key)?.needs ?? []
  return [...new Set(needs.flatMap(need => [...existingBefore(need), need]))]
}
