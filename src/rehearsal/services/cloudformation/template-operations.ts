import type {ParameterDeclaration as SdkParameter} from '@aws-sdk/client-cloudformation'
import type {ParameterDeclaration, Template} from '../../../template/index.js'
import type {World} from '../../account/world.js'
import {capabilitiesReason, requiredCapabilities} from '../../engine/capabilities.js'
import {findChangeSet} from '../../engine/change-sets/find.js'
import {findStack, validation} from '../../engine/lookup.js'
import {templateOf} from '../../engine/parsed-template.js'
import {requestedTemplate} from '../../engine/submitted.js'
import type {Operations} from '../../wire/index.js'

/** What can be asked about templates, those of stacks and others. */
export function templateOperations(world: World): Operations<'cloudformation'> {
  const textOf = (
    input: {
      StackName?: string | undefined
      TemplateBody?: string | undefined
      TemplateURL?: string | undefined
    },
    call: {region: string},
  ) => {
    if (input.StackName === undefined) {
      return requestedTemplate(world, {templateBody: input.TemplateBody, templateUrl: input.TemplateURL}).text
    }
    const stack = findStack(world.region(call.region), input.StackName)
    if (!stack) throw validation(`Stack with id ${input.StackName} does not exist`)
    return stack.template
  }

  return {
    GetTemplate(input, call) {
      const region = world.region(call.region)
      const TemplateBody =
        input.ChangeSetName === undefined
          ? textOf({StackName: input.StackName ?? ''}, call)
          : findChangeSet(region, input.ChangeSetName, input.StackName).changeSet.change.template
      return {TemplateBody, StagesAvailable: ['Original', 'Processed']}
    },
    GetTemplateSummary(input, call) {
      if (input.StackSetName !== undefined) throw validation('The embedded account has no stack sets.')
      const template = templateOf(textOf(input, call))
      return {
        ...capabilities(template),
        Description: template.description,
        Metadata: template.metadata === undefined ? undefined : JSON.stringify(template.metadata),
        Parameters: Object.entries(template.parameters).map(declarationOf),
        ResourceTypes: [...new Set(Object.values(template.resources).map(({type}) => type))],
        Version: '2010-09-09',
      }
    },
    ValidateTemplate(input, call) {
      const template = templateOf(textOf(input, call))
      return {
        ...capabilities(template),
        Description: template.description,
        Parameters: Object.entries(template.parameters).map(([ParameterKey, declared]) => ({
          ParameterKey,
          DefaultValue: declared.default,
          NoEcho: declared.noEcho,
          Description: declared.description,
        })),
      }
    },
  }
}

function capabilities(template: Template) {
  return {
    Capabilities: requiredCapabilities(template) as ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM')[],
    CapabilitiesReason: capabilitiesReason(template),
  }
}

function declarationOf([ParameterKey, declared]: [string, ParameterDeclaration]): SdkParameter {
  return {
    ParameterKey,
    ParameterType: declared.type,
    DefaultValue: declared.default,
    NoEcho: declared.noEcho,
    Description: declared.description,
    ParameterConstraints: {AllowedValues: declared.allowedValues && [...declared.allowedValues]},
  }
}
