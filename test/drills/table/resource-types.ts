import {readFileSync} from 'node:fs'
import {childStacks, type StackKey} from '../../../src/environment/stacks.js'
import {createResolver, parseTemplate} from '../../../src/template/index.js'
import type {Drill} from '../harness/drill.js'
import type {StartState} from '../harness/states.js'

/** Where only its own stack, and what comes after it, is missing: that keeps a drill short. */
const startOf: Record<StackKey, StartState> = {
  network: 'empty',
  data: 'network-and-compute',
  compute: 'network-and-data',
  services: 'no-services',
}

/** What makes the resources that are not there by default. */
const options = {BaseDomain: 'example.com', HostedZoneId: 'Z0EXAMPLECOM', AlarmEmail: 'somebody@example.com'}

const message = 'The maximum number of these has been reached.'

interface Example {
  key: StackKey
  logicalId: string
  type: string
  /** It is made with the options only. */
  isOptional: boolean
}

/** One resource of each type of the child templates; of several the one whose stack comes last, which is made soonest. */
function examples(): Example[] {
  const byType = new Map<string, Example>()
  for (const {key, template: name} of childStacks) {
    const url = new URL(`../../../cloudformation/${name}`, import.meta.url)
    const template = parseTemplate(readFileSync(url, 'utf8'), name)
    const defaults = Object.entries(template.parameters).map(([parameter, {default: value}]) => [
      parameter,
      String(value ?? ''),
    ])
    const parameters = Object.fromEntries(defaults)
    const active = createResolver({template, parameters}).activeResources()
    const optional = createResolver({template, parameters: {...parameters, ...options}}).activeResources()
    const take = (logicalId: string, isOptional: boolean) => {
      const type = template.resources[logicalId]?.type ?? ''
      const known = byType.get(type)
      if (known && (known.key === key || isOptional)) return
      byType.set(type, {key, logicalId, type, isOptional})
    }
    for (const logicalId of active) take(logicalId, false)
    for (const logicalId of optional) take(logicalId, true)
  }
  return [...byType.values()]
}

/** A drill for every resource type, read from the templates: a type that is added has a drill by itself. */
export const resourceTypes: readonly Drill[] = examples().map(({key, logicalId, type, isOptional}) => {
  const path = `mcp-gateway-${key}/${logicalId}`
  const set = isOptional
    ? [
        ...Object.entries(options).map(([name, value]) => ` --set ${name}=${value}`),
        ' --skip-check hosted-zone',
      ]
    : []
  return {
    name: `${type} fails to create`,
    start: startOf[key],
    faults: [`fail-create ${path} code=ServiceLimitExceeded message="${message}"`],
    command: `mcpgw deploy --layout individual${set.join('')}`,
    expect: {
      exit: 1,
      code: 'STACK_FAILED',
      resource: path,
      message: new RegExp(`in ${key}, ${logicalId} \\(${type}\\) failed: .*${message}`),
      next: /^mcpgw deploy --rehearse --layout individual/,
    },
  }
})
