import {creationNeeds, type Template} from '../../template/index.js'
import type {StackOperation} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import {templateOf} from './parsed-template.js'
import {resolverOf} from './resolver.js'

/** What a stack is to be made of: the resources whose conditions hold, and what each has to wait for. */
export interface Plan {
  template: Template
  active: readonly string[]
  needs: ReadonlyMap<string, readonly string[]>
}

/** An operation asks for its plan at every step; a plan lives as long as the operation whose plan it is. */
const plans = new WeakMap<StackOperation, {text: string; plan: Plan}>()

/** The plan of a stack's present template and parameters. */
export function planOf(context: StackContext): Plan {
  const {operation, template: text} = context.stack
  const known = operation && plans.get(operation)
  if (known?.text === text) return known.plan
  const plan = makePlan(context)
  if (operation) plans.set(operation, {text, plan})
  return plan
}

function makePlan(context: StackContext): Plan {
  const template = templateOf(context.stack.template)
  const resolver = resolverOf(context)
  const active = resolver.activeResources()
  return {template, active, needs: creationNeeds(template, active, name => resolver.condition(name))}
}
