import type {Label} from '../../../../src/parity/templates/template-set.js'
import type {DeployedStack} from '../deployed.js'
import {doubles} from '../lists.js'
import {differs, located, type Property, placeOf, tooFew} from '../property.js'
import {environmentOf} from '../tasks.js'

/** What is complete before a stack is begun. Data and compute are beside each other, which saves most of a deployment. */
const complete: Readonly<Record<Label, readonly Label[]>> = {
  main: [],
  network: [],
  data: ['network'],
  compute: ['network'],
  services: ['compute', 'data', 'network'],
}

/**
 * CloudFormation does not take an import for a dependency: nothing but the order of the stacks makes the export exist,
 * and a condition may keep it from existing.
 */
export const imports: Property = {
  id: 'imports',
  title:
    'every import has an export in a stack that is complete before, and data and compute need nothing of each other',
  violations({deployed}) {
    const exported = deployed.stacks.flatMap(({exports}) => exports.map(({name}) => name))
    return [
      ...deployed.stacks.flatMap(stack => {
        const broken = brokenIn(stack)
        return broken.length > 0 ? broken : misplacedIn(stack, environmentOf(deployed))
      }),
      ...deployed.stacks.flatMap(({label, existingBefore}) =>
        located(label, [differs('what is before it', [...existingBefore].sort(), complete[label])]),
      ),
      ...doubles(exported).map(name => `two outputs export ${name}`),
    ]
  },
}

/** Resources that cannot be evaluated, because nothing exports what they import. */
function brokenIn({resources}: DeployedStack): string[] {
  return resources.flatMap(resource => {
    try {
      void resource.properties
      return []
    } catch (error) {
      return [`${placeOf(resource)}: ${error instanceof Error ? error.message : error}`]
    }
  })
}

const fewest: Readonly<Record<Label, number>> = {main: 0, network: 0, data: 5, compute: 4, services: 35}

function misplacedIn(
  {label, imports: imported, existingBefore}: DeployedStack,
  environment: string,
): string[] {
  return [
    ...tooFew(imported, fewest[label], `imports of ${label}`),
    ...imported.flatMap(({name, from}) =>
      located(`${label} import ${name}`, [
        !existingBefore.includes(from) && `${from} exports it, and is not complete before`,
        !name.startsWith(`${environment}-`) && 'it is not of this environment',
      ]),
    ),
  ]
}
