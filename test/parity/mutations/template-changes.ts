import type {Label} from '../../../src/parity/templates/template-set.js'
import type {Document, Documents} from '../../properties/templates/template-set.js'

/** What is done to the templates. */
export type TemplateChange = (documents: Documents) => void

/** A property at a path; `undefined` takes it away. What is there must be there. */
export function property(resource: string, path: string, value: unknown): TemplateChange {
  return documents => {
    const steps = path.split('.')
    const last = steps.pop() ?? ''
    const holder = steps.reduce((at, step) => at[step], resourceIn(documents, resource).Properties)
    if (holder === undefined) throw new Error(`${resource} has no ${path}.`)
    if (value === undefined) {
      if (!(last in holder)) throw new Error(`${resource} has no ${path}.`)
      if (Array.isArray(holder)) holder.splice(Number(last), 1)
      else delete holder[last]
    } else holder[last] = value
  }
}

/** Anything that is done to the properties of a resource. */
export function edited(resource: string, edit: (properties: Document) => void): TemplateChange {
  return documents => edit(resourceIn(documents, resource).Properties)
}

export function withoutResource(resource: string): TemplateChange {
  return documents => {
    resourceIn(documents, resource)
    const [stack, logicalId = ''] = split(resource)
    delete documents[stack].Resources[logicalId]
  }
}

/** A copy of a resource under another logical id. */
export function copied(resource: string, to: string): TemplateChange {
  return documents => {
    const [stack] = split(resource)
    documents[stack].Resources[to] = JSON.parse(JSON.stringify(resourceIn(documents, resource)))
  }
}

function resourceIn(documents: Documents, resource: string): Document {
  const [stack, logicalId = ''] = split(resource)
  const found = documents[stack].Resources[logicalId]
  if (found === undefined) throw new Error(`There is no ${resource}.`)
  return found
}

function split(resource: string): [Label, string] {
  const [stack, logicalId = ''] = resource.split('.')
  return [stack as Label, logicalId]
}

/** A container of a task definition, by its name. */
export function inContainer(
  resource: string,
  container: string,
  change: (container: any) => void,
): TemplateChange {
  return edited(resource, ({ContainerDefinitions: containers}) => {
    change(containers.find(({Name}: Document) => Name === container))
  })
}
