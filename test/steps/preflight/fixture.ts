import {templatesFolder} from '../../../src/environment/templates.js'
import {readTemplateFolder} from '../../../src/input/template-folder.js'
import type {DeployContext, DeploySettings} from '../../../src/steps/deploy/context.js'
import type {CheckContext, Finding} from '../../../src/steps/preflight/check.js'
import {checks} from '../../../src/steps/preflight/checks.js'
import {willMake} from '../../../src/steps/preflight/will-make.js'
import {deployContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const templates = readTemplateFolder(templatesFolder())

/** An empty account, in which the real templates are to be deployed as environment `demo`. */
export function emptyAws(): FakeAws {
  const aws = new FakeAws(virtualClock())
  aws.elb.clear()
  aws.balancers.clear()
  return aws
}

/** What the checks see before deploy. `change` is made to what is known of the account by then. */
export async function checkContext(
  aws: FakeAws,
  settings: Partial<DeploySettings> = {},
  change: (context: DeployContext) => void = () => {},
): Promise<CheckContext> {
  const context = deployContext(aws, virtualClock(), {templates, ...settings})
  context.identity = await aws.identity.whoAmI()
  context.existingStacks = []
  change(context)
  return {...context, planned: willMake(context)}
}

/** What one check finds. */
export async function finding(
  id: string,
  aws: FakeAws,
  settings: Partial<DeploySettings> = {},
  change: (context: DeployContext) => void = () => {},
): Promise<Finding> {
  const check = checks.find(candidate => candidate.id === id)
  if (check === undefined) throw new Error(`no check ${id}`)
  return check.run(await checkContext(aws, settings, change))
}

/** An existing stack of the environment. */
export function stands(name: string, status: string, layout: 'nested' | 'individual' = 'nested') {
  return (context: DeployContext) => {
    const stack = {name, status, parameters: {}, tags: {'mcpgw:environment': 'demo'}}
    const stackTarget = {label: 'main', stackName: name}
    context.existingStacks = [...(context.existingStacks ?? []), {stackTarget, layout, stack}] as never
  }
}
