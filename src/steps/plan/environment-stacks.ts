import {defaultTemplateBucket} from '../../environment/names.js'
import {invalidInput} from '../../errors.js'
import {TemplateError} from '../../template/error.js'
import {validateTemplate} from '../../template/validate.js'
import {member} from '../../template/value.js'
import {decidedParameters} from '../deploy/target-parameters.js'
import {templateOf} from '../deploy/template-set.js'
import {targetsOfLayout} from '../stacks/stack-targets.js'
import type {PlanContext} from './context.js'
import {type PlannedStack, plannedStacks} from './planned-stacks.js'

/** Nobody has asked AWS who we are. */
const someAccount = '000000000000'
/** Nor for the list, which nearly every region has. */
const somePrefixList = 'pl-00000000'

/**
 * All stacks of the environment as these parameters make them, in the order of creation.
 * @throws exit code 2 when a template is wrong, or the parameters do not suit it
 */
export function environmentStacks(
  {environment, region, settings}: Pick<PlanContext, 'environment' | 'region' | 'settings'>,
  parameters: Readonly<Record<string, string>>,
): readonly PlannedStack[] {
  const bucket = defaultTemplateBucket(environment, someAccount, region)
  const all = decidedParameters(parameters, {
    environment,
    region,
    location: {bucket, prefix: `${environment}/`},
    cloudFrontPrefixListId: somePrefixList,
    creates: true,
  })
  try {
    for (const {template} of settings.templates.files.values()) validateTemplate(template)
    return targetsOfLayout(settings.layout, environment).flatMap(stackTarget => {
      const declared = Object.keys(templateOf(settings.templates, stackTarget.template).parameters)
      const given = declared.flatMap(name => {
        const value = member(all, name)
        return value === undefined ? [] : [[name, value] as const]
      })
      return plannedStacks(
        settings.templates,
        stackTarget,
        Object.fromEntries(given),
        pseudoParameters(region),
      )
    })
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const where = error.location === '' ? '' : `${error.location}: `
    throw invalidInput(
      'INVALID_TEMPLATE',
      `${where}${error.message}`,
      'Give what is missing with --set Key=Value, or correct the template.',
    )
  }
}

function pseudoParameters(region: string) {
  const isChina = region.startsWith('cn-')
  const partition = isChina ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
  return {
    'AWS::AccountId': someAccount,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': isChina ? 'amazonaws.com.cn' : 'amazonaws.com',
  }
}
