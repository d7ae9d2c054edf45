/** What the templates deploy with their default parameters: every resource, and what it refers to across the stacks. */
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {childStacks, mainTemplate} from '../../dist/environment/stacks.js'
import {createResolver, parseTemplate, resolveParameters} from '../../dist/template/index.js'

const pseudo = {
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'us-west-2',
  'AWS::Partition': 'aws',
  'AWS::StackName': 'stack',
  'AWS::StackId': 'arn:aws:cloudformation:us-west-2:123456789012:stack/stack/1',
  'AWS::URLSuffix': 'amazonaws.com',
}

/** What has no default; which value it has decides about no resource. */
const given = {TemplateS3Bucket: 'templates'}

/** Stands in a resolved property for a resource, with or without an attribute: `«data.DatabaseProxy»`. */
const reference = /«(\w+\.\w+)»/g

/**
 * Reads a folder of templates. A resource has `id` (`data.DatabaseProxy`), `stack`, `logicalId`, `type`, whether it
 * `exists` with default parameters, its `declared` properties and, where it exists, the resolved `properties`, in
 * which every resource is written as `«id»`.
 */
export function readDeployment(folder) {
  const exported = new Map()
  const main = readStack('main', mainTemplate, {folder, given, exported})
  const children = childStacks.map(({key, logicalId, template}) => {
    const nested = main.resources.find(resource => resource.logicalId === logicalId)
    return readStack(key, template, {folder, given: nested.properties.Parameters, exported})
  })
  const stacks = [main, ...children]
  const resources = stacks.flatMap(stack => stack.resources)
  const byId = new Map(resources.map(resource => [resource.id, resource]))
  return {stacks, resources, find: id => byId.get(id)}
}

/** Ids of the resources that a resolved value names. */
export function idsIn(value) {
  return [...new Set(Array.from(JSON.stringify(value ?? null).matchAll(reference), ([, id]) => id))]
}

function readStack(key, file, {folder, given, exported}) {
  const template = parseTemplate(readFileSync(path.join(folder, file), 'utf8'), file)
  const imports = new Map()
  const resolver = createResolver({
    template,
    parameters: resolveParameters(template, given),
    pseudo,
    lookups: {
      ref: logicalId => `«${key}.${logicalId}»`,
      getAtt: logicalId => `«${key}.${logicalId}»`,
      availabilityZones: region => ['a', 'b', 'c'].map(zone => `${region}${zone}`),
      importValue(name) {
        const output = exported.get(name)
        if (output === undefined) throw new Error(`${file} imports ${name}, which nothing before it exports.`)
        imports.set(name, output.stack)
        return output.value
      },
    },
  })
  const resources = Object.entries(template.resources).map(([logicalId, {type, properties}]) => {
    const exists = resolver.isActive(logicalId)
    const resolved = exists ? resolver.properties(logicalId) : {}
    return {
      id: `${key}.${logicalId}`,
      stack: key,
      logicalId,
      type,
      exists,
      declared: properties,
      properties: resolved,
    }
  })
  for (const name of resolver.activeOutputs()) {
    const {value, exportName} = resolver.output(name)
    if (exportName !== undefined) exported.set(exportName, {stack: key, value})
  }
  return {key, file, template, resources, imports}
}
