import {differs, located, type Property, tooFew} from '../property.js'
import {terraformValues} from '../tables/terraform-values.js'
import type {Document} from '../template-set.js'

/**
 * Whoever comes from Terraform v1.0.7 finds the same figures. Where another one is right, it is not in the table, and the
 * documentation says why.
 */
export const sameFigures: Property = {
  id: 'terraform-values',
  title: 'figures that Terraform v1.0.7 sets are the same here',
  violations({deployed}) {
    const hasDomain = deployed.stack('compute').parameters.BaseDomain !== ''
    const resources = new Map(
      deployed.resources().map(({stack, logicalId, properties}) => [`${stack}.${logicalId}`, properties]),
    )
    const judged = terraformValues.filter(
      ({at, withDomain}) => resources.has(at) && (hasDomain || !withDomain),
    )
    return [
      ...tooFew(judged, 60, 'figures of Terraform'),
      ...judged.flatMap(({at, path, value, terraform}) =>
        located(at, [
          differs(
            `${path.join('.')}, in Terraform ${terraform},`,
            textual(down(resources.get(at), path)),
            textual(value),
          ),
        ]),
      ),
    ]
  },
}

/** The value at the end of a path, as `TerraformValue` has it. */
export function down(properties: Document, path: readonly string[]): Document {
  return path.reduce((value, name) => itemOf(value, name)?.Value ?? itemOf(value, name), properties)
}

/** A member of a map, or the item of a list that has this key or name. */
export function itemOf(value: Document, name: string): Document {
  return Array.isArray(value) ? value.find(({Key, Name}) => (Key ?? Name) === name) : value?.[name]
}

/** CloudFormation takes numbers and booleans as text as well. */
function textual(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null), (_, member) =>
    typeof member === 'object' ? member : String(member),
  )
}
