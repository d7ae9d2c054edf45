import {awsCommand, shell} from '../../../aws/command-line.js'
import type {ModelAccess} from '../../../aws/models.js'
import {modelParameter, profileOf, profileParameter} from '../../../environment/agent-model.js'
import {McpgwError} from '../../../errors.js'
import {templateOf} from '../../deploy/template-set.js'
import {targetsOfLayout} from '../../stacks/stack-targets.js'
import {type Check, type CheckContext, type Finding, judgePlanned, pass, warn} from '../check.js'
import {holdsSomething} from '../will-make.js'

/**
 * Whether the two agents get answers from Amazon Bedrock. Everything else works without, so that it only warns. Sources: Amazon
 * Bedrock user guide, "Access Amazon Bedrock foundation models", "Model lifecycle".
 */
export const agentModel: Check = {
  id: 'agent-model',
  title: 'Agent model',
  looksAt: `the model and the inference profile of the two agents (\`${modelParameter}\`, \`${profileParameter}\`); warns when one is not available in the region, when AWS is retiring the model, and when the account has not accepted its terms`,
  async run(context) {
    const {planned, refusal} = context
    // An existing environment keeps what it has, right or wrong, until somebody gives it another.
    if (refusal === undefined && planned?.length === 0) return judgeChosen(context)
    return judgePlanned(context, () => judgeChosen(context))
  },
}

async function judgeChosen(context: CheckContext): Promise<Finding> {
  const model = chosen(context, modelParameter)
  if (model === undefined) return pass('the templates do not have a parameter for it')
  const profile = chosen(context, profileParameter) || undefined
  try {
    return await judge(context, {model, profile})
  } catch (error) {
    // A region without Bedrock has no address for it.
    if (!(error instanceof McpgwError) || error.code !== 'UNREACHABLE') throw error
    return warn(
      `Amazon Bedrock does not answer in ${context.aws.region}, so the two agents cannot answer either.`,
      'Deploy to another --region if the class uses the agents.',
    )
  }
}

async function judge(
  context: CheckContext,
  {model, profile}: {model: string; profile: string | undefined},
): Promise<Finding> {
  const {aws} = context
  const access = await aws.models.access(model)
  if (access === undefined) {
    return warn(
      `Amazon Bedrock has no model ${model} in ${aws.region}: the two agents cannot answer.`,
      `Choose another with --set ${modelParameter}=ID: \`${awsCommand(aws, "bedrock list-foundation-models --query 'modelSummaries[].modelId'")}\` lists them.`,
    )
  }
  const id = profile === undefined ? model : `${profile}.${model}`
  if (profile !== undefined && !(await aws.models.hasProfile(id))) {
    const other = profileOf(aws.region)
    return warn(
      `Amazon Bedrock has no inference profile ${id} in ${aws.region}: the two agents cannot answer.`,
      `Choose another with --set ${profileParameter}=${other === profile ? 'global' : other}: \`${awsCommand(aws, "bedrock list-inference-profiles --query 'inferenceProfileSummaries[].inferenceProfileId'")}\` lists them.`,
    )
  }
  return judgeAccess(context, model, access) ?? pass(id)
}

function judgeAccess({aws}: CheckContext, model: string, access: ModelAccess): Finding | undefined {
  if (access.isLegacy) {
    const end =
      access.endsAt === undefined
        ? ''
        : `, and ends it on ${new Date(access.endsAt).toISOString().slice(0, 10)}`
    return warn(
      `AWS retires ${model}${end}: accounts that have not used it recently have no access to it.`,
      `Choose another with --set ${modelParameter}=ID: \`${awsCommand(aws, `bedrock list-foundation-models --query "modelSummaries[?modelLifecycle.status=='ACTIVE'].modelId"`)}\` lists them.`,
    )
  }
  if (!access.isAgreed || !access.isAuthorized) {
    const what = access.isAgreed ? 'may not use' : 'has not agreed to the terms of'
    const offers = awsCommand(aws, shell`bedrock list-foundation-model-agreement-offers --model-id ${model}`)
    return warn(
      `This account ${what} ${model}: the two agents cannot answer until then.`,
      `Open the model in the console of Amazon Bedrock once, as someone who may call aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions; Anthropic's models also require a form about the intended use. \`${offers}\` shows the terms.`,
    )
  }
  return undefined
}

/** What was given, what the environment has, what deploy gives a new one, or the template's own default. */
function chosen(context: CheckContext, name: string): string | undefined {
  const {settings, aws} = context
  const declared = templateOf(settings.templates, 'main-stack.yaml').parameters[name]
  if (declared === undefined) return undefined
  const kept = keptParameters(context)
  const own = kept === undefined && name === profileParameter ? profileOf(aws.region) : declared.default
  return settings.parameters[name] ?? kept?.[name] ?? (own === undefined ? undefined : String(own))
}

/** The parameters of the stack that gives the agents their role; undefined when it is made, or made anew. */
function keptParameters({
  settings,
  environment,
  existingStacks = [],
}: CheckContext): Readonly<Record<string, string>> | undefined {
  if (settings.replace) return undefined
  const label = settings.layout === 'nested' ? 'main' : 'compute'
  const target = targetsOfLayout(settings.layout, environment).find(each => each.label === label)
  return existingStacks.filter(holdsSomething).find(({stack}) => stack.name === target?.stackName)?.stack
    .parameters
}
