import {isObject, type Json, type JsonObject} from '../../../src/parity/json.js'
import {parseAddress} from '../../../src/parity/plan/address.js'
import type {TerraformPlan, TerraformResource} from '../../../src/parity/plan/resource.js'

/** What is done to a plan. */
export type PlanChange = (plan: TerraformPlan) => TerraformPlan

/** A value at a path of an attribute, `health_check.0.matcher`; `undefined` takes it away. */
export function value(address: string, path: string, value: Json | undefined): PlanChange {
  return resource(address, one => ({...one, values: put(one.values, path.split('.'), value) as JsonObject}))
}

/** A value inside an attribute that is a text of JSON. */
export function inText(
  address: string,
  attribute: string,
  path: string,
  value: Json | undefined,
): PlanChange {
  return resource(address, one => {
    const inside = JSON.parse(String(one.values[attribute]))
    return {...one, values: {...one.values, [attribute]: JSON.stringify(put(inside, path.split('.'), value))}}
  })
}

/** A member of a container of a task definition, by the name of the container. */
export function inContainer(
  address: string,
  container: string,
  change: (container: any) => void,
): PlanChange {
  return resource(address, one => {
    const containers: any[] = JSON.parse(String(one.values.container_definitions))
    change(containers.find(({name}) => name === container))
    return {...one, values: {...one.values, container_definitions: JSON.stringify(containers)}}
  })
}

/** The first two resources point where the other one does. */
export function swapped(one: string, other: string, attribute: string): PlanChange {
  return plan => {
    const [first, second] = [found(plan, one).values[attribute], found(plan, other).values[attribute]]
    return value(other, attribute, first)(value(one, attribute, second)(plan))
  }
}

export function removed(address: string): PlanChange {
  return plan => {
    found(plan, address)
    return {...plan, resources: plan.resources.filter(one => one.address !== address)}
  }
}

/** A copy of a resource under another address. */
export function added(address: string, like: string): PlanChange {
  return plan => ({
    ...plan,
    resources: [...plan.resources, {...found(plan, like), address, parsed: parseAddress(address)}],
  })
}

export function renamed(address: string, to: string): PlanChange {
  return resource(address, one => ({...one, address: to, parsed: parseAddress(to)}))
}

function resource(address: string, change: (resource: TerraformResource) => TerraformResource): PlanChange {
  return plan => {
    const old = found(plan, address)
    return {...plan, resources: plan.resources.map(one => (one === old ? change(one) : one))}
  }
}

function found({resources}: TerraformPlan, address: string): TerraformResource {
  const one = resources.find(candidate => candidate.address === address)
  if (one === undefined) throw new Error(`The plan has no ${address}.`)
  return one
}

function put(value: Json, [first = '', ...rest]: readonly string[], to: Json | undefined): Json {
  const inside = (member: Json | undefined) => (rest.length === 0 ? to : put(member ?? {}, rest, to))
  if (Array.isArray(value)) {
    const at = Number(first)
    const copy = [...value]
    const member = inside(value[at])
    if (member === undefined) copy.splice(at, 1)
    else copy[at] = member
    return copy
  }
  if (!isObject(value)) throw new Error(`There is no ${first} in ${JSON.stringify(value)}.`)
  const {[first]: old, ...others} = value
  const member = inside(old)
  return member === undefined ? others : {...others, [first]: member}
}
