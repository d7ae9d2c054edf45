import type {Label} from '../../../../src/parity/templates/template-set.js'
import {down, itemOf} from '../properties/terraform-values.js'
import {terraformValues} from '../tables/terraform-values.js'
import type {Document} from '../template-set.js'
import {placeAt, plantedFor} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const planted = plantedFor('terraform-values')

export const terraformValueMutations: readonly Mutation[] = some(
  terraformValues.flatMap(({at, path, value}) => {
    const [label, logicalId = ''] = at.split('.')
    const place = placeAt(label as Label, logicalId)
    const name = path.at(-1) ?? ''
    const holder = (properties: Document) => down(properties, path.slice(0, -1))
    return [
      planted(place, `has no ${path.join('.')}`, properties => {
        const items = holder(properties)
        if (Array.isArray(items)) items.splice(items.indexOf(itemOf(items, name)), 1)
        else delete items[name]
      }),
      planted(place, `has another ${path.join('.')}`, properties => {
        const items = holder(properties)
        if (Array.isArray(items)) itemOf(items, name).Value = another(value)
        else items[name] = another(value)
      }),
    ]
  }),
  60,
)

function another(value: unknown): unknown {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  return Array.isArray(value) ? [{CapacityProvider: 'FARGATE_SPOT', Base: 1, Weight: 100}] : `other-${value}`
}
