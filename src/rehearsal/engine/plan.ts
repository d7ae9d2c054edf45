import {creationNeeds, type Template} from '../../template/index.js'
import {templateOf} from './parsed-template.js'
import {resolverOf} from './resolver.js'
import type {Scene} from './scene.js'

/** What a stack is to be made of: the resources whose conditions hold, and what each has to wait for. */
export interface Plan {
  template: Template
  active: readonly string[]
  needs: ReadonlyMap<string, readonly string[]>
}

const plans = new Map<string, {text: string; plan: Plan}>()

/** The plan of a stack's present template and parameters. */
export function planOf(scene: Scene): Plan {
  const {stack} = scene
  const key = `${stack.id} ${stack.operation?.id}`
  const known = plans.get(key)
  if (known && known.text === stack.template) return known.plan
  const template = templateOf(stack.template)
  const resolver = resolverOf(scene)
  const active = resolver.activeResources()
  const plan = {template, active, needs: creationNeeds(template, active, name => resolver.condition(name))}
  plans.set(key, {text: stack.template, plan})
  return plan
}
