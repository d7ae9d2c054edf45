import {creationNeeds, type Template} from '../../template/index.js'
import {templateOf} from './parsed-template.js'
import {resolverOf} from './resolver.js'
import type {StackOperation} from './stack.js'
import type {Scene} from './stack-context.js'

/** What a stack is to be made of: the resources whose conditions hold, and what each has to wait for. */
export interface Plan {
  template: Template
  active: readonly string[]
  needs: ReadonlyMap<string, readonly string[]>
}

/** An operation asks for its plan at every step; a plan lives as long as the operation whose plan it is. */
const plans = new WeakMap<StackOperation, {text: string; plan: Plan}>()

/** The plan of a stack's present template and parameters. */
export function planOf(scene: Scene): Plan {
  const {operation, template: text} = scene.stack
  const known = operation && plans.get(operation)
  if (known?.text === text) return known.plan
  const plan = makePlan(scene)
  if (operation) plans.set(operation, {text, plan})
  return plan
}

function makePlan(scene: Scene): Plan {
  const template = templateOf(scene.stack.template)
  const resolver = resolverOf(scene)
  const active = resolver.activeResources()
  return {template, active, needs: creationNeeds(template, active, name => resolver.condition(name))}
}
