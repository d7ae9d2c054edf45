import {labels} from '../../../../src/parity/templates/template-set.js'
import {differs, type Findings, located, type Property} from '../property.js'
import {equalToTerraform, notInTerraform, otherThanTerraform} from '../tables/terraform-defaults.js'

/**
 * Property 11, of every template: an individual stack is created from its own defaults. What differs on purpose is held
 * to its own value, and what has become equal is no exception any more.
 */
export const terraformDefaults: Property = {
  id: 'terraform-defaults',
  title: 'parameter defaults are those of Terraform v1.0.7, or differ for a listed reason',
  violations({templates}) {
    const declared = labels.flatMap(label =>
      Object.entries(templates[label].parameters).map(([name, declaration]) => {
        return {label, name, value: declaration.default ?? null}
      }),
    )
    const inMain = declared.filter(({label}) => label === 'main').map(({name}) => name)
    const listed = [equalToTerraform, otherThanTerraform, notInTerraform].flatMap(Object.keys)
    return [
      ...declared.flatMap(({label, name, value}) => located(`${label}.${name}`, judge(name, value, inMain))),
      ...listed.filter(name => !inMain.includes(name)).map(name => `main.${name}: it is not declared`),
      ...listed
        .filter((name, index) => listed.indexOf(name) !== index)
        .map(name => `${name} is listed twice`),
    ]
  },
}

function judge(name: string, value: string | null, inMain: readonly string[]): Findings {
  if (!inMain.includes(name)) return ['it cannot be given to the main stack']
  const same = equalToTerraform[name]
  if (same !== undefined) return [differs('its default', value, same.default)]
  const other = otherThanTerraform[name]
  if (other !== undefined) {
    return [
      differs('its default', value, other.ours),
      value === other.default && "its default is Terraform's, so that it is no exception",
    ]
  }
  const ours = notInTerraform[name]
  return [ours ? differs('its default', value, ours.ours) : 'it is compared to no variable of Terraform']
}
