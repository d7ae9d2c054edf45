import {childStacks} from '../../environment/stacks.js'
import type {PseudoParameters} from '../../template/evaluation.js'
import {resolveParameters} from '../../template/parameters.js'
import {createResolver} from '../../template/resolver.js'
import type {Template} from '../../template/template.js'
import {isMap, isScalar} from '../../template/value.js'
import type {StackUnit} from '../stacks/units.js'
import {type TemplateSet, templateOf} from './template-set.js'

/** The resources of one stack that are not stacks themselves. */
export interface ExpectedStack {
  label: string
  resources: number
}

type Given = Readonly<Record<string, string>>

/**
 * How many resources creating a unit will make, by stack label. Only for progress: a template that cannot be
 * resolved here is counted as it is written, and CloudFormation says what is wrong with it.
 */
export function expectedResources(
  templates: TemplateSet,
  unit: StackUnit,
  given: Given,
  pseudo: PseudoParameters,
): ExpectedStack[] {
  const template = templateOf(templates, unit.template)
  const own = {label: unit.label, resources: leaves(template, given, pseudo)}
  if (unit.label !== 'main') return [own]
  const nested = childStacks.map(child => ({
    label: child.key,
    resources: leaves(
      templateOf(templates, child.template),
      passedDown(template, child.logicalId, given, pseudo),
      pseudo,
    ),
  }))
  return own.resources === 0 ? nested : [own, ...nested]
}

function leaves(template: Template, given: Given, pseudo: PseudoParameters): number {
  const isLeaf = (logicalId: string) => template.resources[logicalId]?.type !== 'AWS::CloudFormation::Stack'
  try {
    const parameters = resolveParameters(template, given)
    return createResolver({template, parameters, pseudo}).activeResources().filter(isLeaf).length
  } catch {
    return Object.keys(template.resources).filter(isLeaf).length
  }
}

/** The parameters that the main template passes to a nested stack. */
function passedDown(main: Template, logicalId: string, given: Given, pseudo: PseudoParameters): Given {
  try {
    const resolver = createResolver({template: main, parameters: resolveParameters(main, given), pseudo})
    const {Parameters: passed} = resolver.properties(logicalId)
    if (!isMap(passed)) return {}
    return Object.fromEntries(
      Object.entries(passed).flatMap(([name, value]) => (isScalar(value) ? [[name, String(value)]] : [])),
    )
  } catch {
    return {}
  }
}
