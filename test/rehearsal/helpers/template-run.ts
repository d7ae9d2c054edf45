import {readdirSync, readFileSync} from 'node:fs'
import type {Resource} from '../../../src/rehearsal/account/account.js'
import {availabilityZones} from '../../../src/rehearsal/resources/names.js'
import {createResolver, creationNeeds, parseTemplate, resolveParameters} from '../../../src/template/index.js'
import type {Maker} from './providers.js'

const folder = new URL('../../../cloudformation/', import.meta.url)

/** Longer than any kind waits for another. */
const settledMs = 60_000

/** File names of the product's templates. */
export function templateNames(): string[] {
  return readdirSync(folder).filter(name => name.endsWith('.yaml'))
}

export function readProductTemplate(name: string) {
  return parseTemplate(readFileSync(new URL(name, folder), 'utf8'), name)
}

/** What a template became: live resources by logical id, and its exports. */
export interface Made {
  resources: Record<string, Resource>
  order: string[]
  exports: Record<string, string>
}

/**
 * Makes every active resource of a template in order, one after the other; custom resources,
 * which need a running function, are left to the engine's own tests and get the attributes given here.
 */
export function makeTemplate(
  maker: Maker,
  name: string,
  given: Record<string, string>,
  imports: Record<string, string>,
  customAttributes: Record<string, string> = {},
): Made {
  const template = readProductTemplate(name)
  const made: Made = {resources: {}, order: [], exports: {}}
  const resolver = createResolver({
    template,
    parameters: resolveParameters(template, given),
    pseudo: {
      'AWS::AccountId': maker.world.account.id,
      'AWS::Region': maker.regionName,
      'AWS::Partition': 'aws',
      'AWS::StackName': name,
      'AWS::StackId': maker.stackId,
      'AWS::URLSuffix': 'amazonaws.com',
    },
    lookups: {
      ref: logicalId => made.resources[logicalId]?.physicalId ?? 'custom',
      getAtt(logicalId, attribute) {
        const attributes = made.resources[logicalId]?.attributes ?? customAttributes
        if (!(attribute in attributes)) throw new Error(`${logicalId} has no attribute ${attribute}`)
        return attributes[attribute]
      },
      importValue(exported) {
        const value = imports[exported]
        if (value === undefined) throw new Error(`No export named ${exported} found`)
        return value
      },
      availabilityZones: region => availabilityZones(region || maker.regionName),
    },
  })
  const needs = creationNeeds(template, resolver.activeResources(), name => resolver.condition(name))
  for (const logicalId of inOrder(needs)) {
    const type = template.resources[logicalId]?.type ?? ''
    if (/^Custom::|CustomResource$/.test(type)) continue
    made.resources[logicalId] = maker.make(type, resolver.properties(logicalId), {logicalId})
    made.order.push(logicalId)
    // What was made before has settled: some kinds refuse to build on what is seconds old.
    maker.world.account.now += settledMs
  }
  for (const output of resolver.activeOutputs().map(each => resolver.output(each))) {
    if (output?.exportName) made.exports[output.exportName] = output.value
  }
  return made
}

/** Every name once, after everything that it needs, as early as possible: an engine works on many at a time. */
function inOrder(needs: ReadonlyMap<string, readonly string[]>): string[] {
  const waves = new Map<string, number>()
  const waveOf = (name: string): number => {
    const known = waves.get(name) ?? Math.max(0, ...(needs.get(name) ?? []).map(needed => waveOf(needed) + 1))
    waves.set(name, known)
    return known
  }
  return [...needs.keys()].sort((a, b) => waveOf(a) - waveOf(b))
}
