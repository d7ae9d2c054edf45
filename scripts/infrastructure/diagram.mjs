/** The deployment as Mermaid diagrams, which GitHub draws. */
import {childStacks} from '../../dist/environment/stacks.js'
import {flowsOf} from './flows.mjs'
import {nodesOf} from './nodes.mjs'

/** The box that holds the services: an arrow that all of them share starts there. */
const tasks = {id: 'tasks', label: 'Fargate tasks'}

/** What is deployed and who calls whom, one box a stack. */
export function architecture(deployment) {
  const nodes = nodesOf(deployment)
  const flows = shared(flowsOf(deployment, nodes), nodes)
  const boxes = deployment.stacks
    .filter(({key}) => key !== 'main')
    .flatMap(({key, resources}) => {
      const own = nodes.filter(({stack}) => stack === key)
      const services = own.filter(({isService}) => isService)
      const count = resources.filter(({exists}) => exists).length
      return [
        `  subgraph ${key}["${key}: ${count} resources"]`,
        ...own.filter(node => !services.includes(node)).map(node => `    ${drawn(node)}`),
        ...(services.length > 0
          ? [
              `    subgraph ${tasks.id}["${tasks.label}"]`,
              ...services.map(node => `      ${drawn(node)}`),
              '    end',
            ]
          : []),
        '  end',
      ]
    })
  return fenced([
    'flowchart LR',
    '  clients(["browsers, MCP clients, agents"])',
    '  internet(["GitHub, model downloads, AWS APIs"])',
    ...boxes,
    ...flows.map(({from, to, label}) => `  ${from} -->${label ? `|"${label}"|` : ''} ${to}`),
  ])
}

/** Which stack is created after which, and how many exports of it the later one imports. */
export function creationOrder({stacks}) {
  const arrows = childStacks.flatMap(({key, needs}) => {
    const {imports} = stacks.find(stack => stack.key === key)
    const sources = [...new Set([...needs, ...imports.values()])].filter(source => source !== key)
    return sources.map(source => {
      const count = [...imports.values()].filter(value => value === source).length
      const label = count > 0 ? `|"${count} imports"|` : ''
      return `  ${source} ${needs.includes(source) ? '-->' : '-.->'}${label} ${key}`
    })
  })
  return fenced(['flowchart LR', ...childStacks.map(({key}) => `  ${key}["${key}"]`), ...arrows])
}

/** Arrows that every service has to the same place become one. */
function shared(flows, nodes) {
  const services = nodes.filter(({isService}) => isService).map(({id}) => id)
  const same = flow => flows.filter(({to, label}) => to === flow.to && label === flow.label)
  const isShared = flow =>
    services.includes(flow.from) && services.every(id => same(flow).some(({from}) => from === id))
  const merged = flows.map(flow => (isShared(flow) ? {...flow, from: tasks.id} : flow))
  return [...new Map(merged.map(flow => [`${flow.from} ${flow.to} ${flow.label}`, flow])).values()]
}

function drawn({id, label}) {
  return `${id}["${label}"]`
}

function fenced(lines) {
  return ['```mermaid', ...lines, '```'].join('\n')
}
