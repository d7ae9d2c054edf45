import type {Choice} from '../../../src/parity/templates/choice.js'
import {deploy} from '../../../src/parity/templates/deploy.js'
import type {Deployed} from './deployed.js'
import type {World} from './property.js'
import {loadTemplates, type TemplateSet} from './template-set.js'

const unedited = loadTemplates()
const known = new WeakMap<TemplateSet, Map<string, World>>()

/**
 * What the templates become under a choice. Evaluated when it is first asked for, and remembered, so that every property
 * judges the same evaluation.
 */
export function worldOf(templates: TemplateSet, choice: Choice): World {
  const worlds = known.get(templates) ?? new Map<string, World>()
  known.set(templates, worlds)
  // Two runs of one seed give equal choices, not the same ones.
  const key = JSON.stringify(choice)
  const world = worlds.get(key) ?? newWorld(templates, choice)
  worlds.set(key, world)
  return world
}

function newWorld(templates: TemplateSet, choice: Choice): World {
  let deployed: Deployed | undefined
  return {
    templates,
    choice,
    get deployed() {
      deployed ??= deploy(
        templates,
        choice,
        templates === unedited ? undefined : worldOf(unedited, choice).deployed,
      )
      return deployed
    },
  }
}
