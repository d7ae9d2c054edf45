import {checkParameters} from '../../../../src/template/index.js'
import {fixedChoices} from '../choices.js'
import type {Deployed} from '../deployed.js'
import {perTemplates} from '../once.js'
import {type Property, tooFew} from '../property.js'
import {nameRules, regionless} from '../tables/name-rules.js'
import {environmentOf} from '../tasks.js'
import type {TemplateSet} from '../template-set.js'
import {worldOf} from '../world.js'

/** A name that exists once in an account and region. */
interface UniqueName {
  /** What it has to differ from: the names of one type of resource, or the exports. */
  readonly space: string
  readonly place: string
  readonly name: string
}

const uniqueRules = nameRules.filter(({unique}) => unique)

/** No part of any name in the templates, so that it shows where the environment's name is in each. */
const probe = 'q9-probe-x7'

/** In the place of the region's name: names are compared within one region. */
const regionMark = '<region>'

/**
 * Nothing that an environment makes is called what another one, under any name that is allowed, calls something of
 * its own. Shown by taking each name apart with the beginning and the end of every other: what is left between them
 * must not be a second environment. What has no region is also called otherwise in each of them.
 */
export const namesApart: Property = {
  id: 'names-apart',
  title: 'two environments in one account and region share no name and no export',
  violations({templates, deployed, choice}) {
    const names = uniqueNames(deployed, choice.region)
    return [
      ...tooFew(names, 125, 'unique names'),
      ...names
        .filter(({space, name}) => regionless.includes(space) && !name.includes(regionMark))
        .map(({place, name}) => `${place}: ${name} does not tell its region`),
      ...names.flatMap(({space, place, name}) => {
        const others = shapesOf(templates).flatMap(shape => {
          const environment = shape.space === space ? between(name, shape.name) : undefined
          return environment === undefined ? [] : [{environment, place: shape.place}]
        })
        const own = environmentOf(deployed)
        if (!others.some(({environment}) => environment === own)) {
          return [`${place}: ${name} does not tell its environment`]
        }
        return others
          .filter(({environment}) => environment !== own && isEnvironmentName(templates, environment))
          .map(other => `${place}: environment ${other.environment} calls its ${other.place} ${name} too`)
      }),
    ]
  },
}

/** The names that an environment may have, whatever its other parameters, with the probe for its own name. */
const shapesOf = perTemplates(templates => {
  const shapes = fixedChoices.flatMap(choice => {
    const parameters = {...choice.parameters, EnvironmentName: probe}
    return uniqueNames(worldOf(templates, {...choice, parameters}).deployed, choice.region)
  })
  return [...new Map(shapes.map(shape => [`${shape.place} ${shape.name}`, shape])).values()]
})

/** Only the names are evaluated: the rest of a task definition is a hundred times as much. */
function uniqueNames({stacks}: Deployed, region: string): UniqueName[] {
  return stacks.flatMap(({label, resources, exports, resolver}) => [
    ...resources.flatMap(({logicalId, type, declaration}) =>
      uniqueRules
        .filter(rule => rule.type === type && declaration.properties[rule.path] !== undefined)
        .map(({path}) => {
          const value = String(resolver.value(declaration.properties[path] ?? null))
          const name = value.replaceAll(region, regionMark)
          return {space: type, place: `${label}.${logicalId} ${path}`, name}
        }),
    ),
    ...exports.map(({name, output}) => ({space: 'exports', place: `${label} output ${output}`, name})),
  ])
}

/** What is in a name where the shape has the probe. */
function between(name: string, shape: string): string | undefined {
  const [start = '', end] = shape.split(probe)
  const fits = end !== undefined && name.startsWith(start) && name.endsWith(end)
  return fits && name.length > start.length + end.length
    ? name.slice(start.length, name.length - end.length)
    : undefined
}

function isEnvironmentName({network}: TemplateSet, EnvironmentName: string): boolean {
  return checkParameters(network, {EnvironmentName}).every(({parameter}) => parameter !== 'EnvironmentName')
}
