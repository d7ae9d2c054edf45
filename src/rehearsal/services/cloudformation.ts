import type {Region} from '../account/account.js'
import type {World} from '../account/world.js'
import {exportsIn, importersOf} from '../engine/exports.js'
import {
  createStack,
  deleteStack,
  findStack,
  requestedTemplate,
  updateStack,
  validation,
} from '../engine/requests.js'
import type {Stack} from '../engine/stack.js'
import type {Operations} from '../wire/index.js'
import {describeEvent, describeRow, describeStack, summarise, summariseRow} from './cloudformation-output.js'
import {lastFirst, pageOf} from './paging.js'

/** Rows of one page. Source: CloudFormation API reference. */
const pageSize = 100

/** CloudFormation's API over the stack engine. */
export function cloudFormationOperations(world: World): Operations<'cloudformation'> {
  const regionOf = (call: {region: string}): Region => world.region(call.region)

  const requireStack = (
    region: Region,
    name: string | undefined,
    message: (name: string) => string,
  ): Stack => {
    const stack = findStack(region, name ?? '')
    if (!stack) throw validation(message(name ?? ''))
    return stack
  }
  const withId = (name: string) => `Stack with id ${name} does not exist`
  const bracketed = (name: string) => `Stack [${name}] does not exist`

  return {
    CreateStack(input, call) {
      if (input.TimeoutInMinutes !== undefined) {
        throw validation(
          'The embedded account gives a stack all the time it needs: leave TimeoutInMinutes out.',
        )
      }
      const stack = createStack(world, regionOf(call), {
        ...stackRequest(input),
        disableRollback: input.DisableRollback ?? false,
        onFailure: input.OnFailure ?? 'ROLLBACK',
        terminationProtection: input.EnableTerminationProtection ?? false,
      })
      return {StackId: stack.id, OperationId: stack.operation?.id}
    },
    UpdateStack(input, call) {
      const stack = updateStack(world, regionOf(call), {
        ...stackRequest(input),
        disableRollback: input.DisableRollback,
      })
      return {StackId: stack.id, OperationId: stack.operation?.id}
    },
    DeleteStack(input, call) {
      if (input.RetainResources?.length || input.DeletionMode || input.RoleARN) {
        throw validation('The embedded account deletes stacks only as a whole.')
      }
      deleteStack(world, regionOf(call), {
        name: input.StackName ?? '',
        clientRequestToken: input.ClientRequestToken,
      })
    },
    UpdateTerminationProtection(input, call) {
      const stack = requireStack(regionOf(call), input.StackName, bracketed)
      stack.terminationProtection = input.EnableTerminationProtection ?? false
      return {StackId: stack.id}
    },
    DescribeStacks(input, call) {
      const region = regionOf(call)
      const stacks =
        input.StackName === undefined
          ? Object.values(region.stacks).filter(({status}) => status !== 'DELETE_COMPLETE')
          : [requireStack(region, input.StackName, withId)]
      const {items, next} = pageOf(stacks, input.NextToken, pageSize)
      return {Stacks: items.map(describeStack), NextToken: next}
    },
    ListStacks(input, call) {
      const wanted = new Set<string>(input.StackStatusFilter ?? [])
      const stacks = Object.values(regionOf(call).stacks)
        .filter(({status}) => wanted.size === 0 || wanted.has(status))
        .toReversed()
      const {items, next} = pageOf(stacks, input.NextToken, pageSize)
      return {StackSummaries: items.map(summarise), NextToken: next}
    },
    DescribeStackEvents(input, call) {
      const stack = requireStack(regionOf(call), input.StackName, bracketed)
      const {items, next} = lastFirst(stack.events, input.NextToken, pageSize)
      return {StackEvents: items.map(event => describeEvent(stack, event)), NextToken: next}
    },
    DescribeStackResources(input, call) {
      const stack = requireStack(regionOf(call), input.StackName, withId)
      const rows = Object.values(stack.rows).filter(
        ({logicalId}) => input.LogicalResourceId === undefined || logicalId === input.LogicalResourceId,
      )
      return {StackResources: rows.slice(0, pageSize).map(row => describeRow(stack, row))}
    },
    DescribeStackResource(input, call) {
      const stack = requireStack(regionOf(call), input.StackName, withId)
      const row = stack.rows[input.LogicalResourceId ?? '']
      if (!row)
        throw validation(`Resource ${input.LogicalResourceId} does not exist for stack ${input.StackName}`)
      return {
        StackResourceDetail: {...describeRow(stack, row), LastUpdatedTimestamp: new Date(row.updatedAt)},
      }
    },
    ListStackResources(input, call) {
      const stack = requireStack(regionOf(call), input.StackName, withId)
      const {items, next} = pageOf(Object.values(stack.rows), input.NextToken, pageSize)
      return {StackResourceSummaries: items.map(summariseRow), NextToken: next}
    },
    GetTemplate(input, call) {
      const stack = requireStack(regionOf(call), input.StackName, withId)
      return {TemplateBody: stack.template, StagesAvailable: ['Original', 'Processed']}
    },
    ValidateTemplate(input) {
      const {template} = requestedTemplate(world, {
        templateBody: input.TemplateBody,
        templateUrl: input.TemplateURL,
      })
      return {
        Description: template.description,
        Parameters: Object.entries(template.parameters).map(([ParameterKey, declared]) => ({
          ParameterKey,
          DefaultValue: declared.default,
          NoEcho: declared.noEcho,
          Description: declared.description,
        })),
      }
    },
    ListExports(input, call) {
      const exports = [...exportsIn(regionOf(call))].map(([Name, {value, stack}]) => ({
        Name,
        Value: value,
        ExportingStackId: stack.id,
      }))
      const {items, next} = pageOf(exports, input.NextToken, pageSize)
      return {Exports: items, NextToken: next}
    },
    ListImports(input, call) {
      const names = importersOf(regionOf(call), input.ExportName ?? '')
      if (names.length === 0) {
        throw validation(`Export '${input.ExportName}' is not imported by any stack.`)
      }
      return {Imports: names}
    },
  }
}

interface RawRequest {
  StackName: string | undefined
  TemplateBody?: string
  TemplateURL?: string
  UsePreviousTemplate?: boolean
  Parameters?: {ParameterKey?: string; ParameterValue?: string; UsePreviousValue?: boolean}[]
  Tags?: {Key: string | undefined; Value: string | undefined}[]
  Capabilities?: string[]
  ClientRequestToken?: string
  NotificationARNs?: string[]
  RoleARN?: string
}

/** Source: CloudFormation API reference, the pattern of StackName. */
const stackNamePattern = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$|^arn:[-a-zA-Z0-9:/._+]*$/

function stackRequest(input: RawRequest) {
  const name = input.StackName ?? ''
  if (!stackNamePattern.test(name)) {
    throw validation(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*`,
    )
  }
  if ((input.TemplateBody?.length ?? 0) > 51_200) {
    throw validation(
      `1 validation error detected: Value '${input.TemplateBody}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200`,
    )
  }
  return {
    name,
    templateBody: input.TemplateBody,
    templateUrl: input.TemplateURL,
    usePreviousTemplate: input.UsePreviousTemplate,
    parameters: (input.Parameters ?? []).map(({ParameterKey, ParameterValue, UsePreviousValue}) => ({
      name: ParameterKey ?? '',
      value: ParameterValue,
      usePrevious: UsePreviousValue,
    })),
    tags: input.Tags && Object.fromEntries(input.Tags.map(({Key, Value}) => [Key ?? '', Value ?? ''])),
    capabilities: input.Capabilities ?? [],
    clientRequestToken: input.ClientRequestToken,
    notificationArns: input.NotificationARNs,
    roleArn: input.RoleARN,
  }
}
