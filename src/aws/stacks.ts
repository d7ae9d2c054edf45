import type {CloudFormation} from '@aws-sdk/client-cloudformation'
import {messageOf} from '../errors.js'
import type {Clients} from './clients.js'
import {isDenied, isMissingStack, isNothingToUpdate} from './errors.js'
import {withoutSeen} from './event-pages.js'
import {allPages, unlessAbsent} from './pages.js'
import type {StackDescription, StackEntry, StackEvent, StackResource} from './stack-data.js'
import {descriptionOf, eventOf, parameterList, resourceOf, tagList} from './stack-from-sdk.js'
import {operationOf} from './stack-status.js'
import {withFindings} from './validation-findings.js'

/** What to create. */
export interface CreateStack {
  readonly name: string
  readonly templateUrl: string
  readonly parameters: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  /** What AWS does when a resource fails: undo, leave everything for inspection, or delete the stack. */
  readonly onFailure: 'rollback' | 'keep' | 'delete'
  /**
   * In express mode: each row is complete when its call has succeeded; with it a stack cannot be deleted on failure.
   * @default false
   * Source: CloudFormation user guide, express mode.
   */
  readonly express?: boolean
  /** ARN of a role that CloudFormation takes on; nested stacks and later operations use it too. @default the caller's session */
  readonly serviceRole?: string
  /** ClientRequestToken, 1–128 of `[a-zA-Z0-9-]`: the same token never starts a second operation. */
  readonly token: string
}

/** What to update. */
export interface UpdateStack {
  readonly name: string
  /** @default the template that the stack has */
  readonly templateUrl?: string
  readonly parameters: Readonly<Record<string, string>>
  /** Parameters that keep the value they have. */
  readonly usePrevious: readonly string[]
  /** @default the tags that the stack has */
  readonly tags?: Readonly<Record<string, string>>
  readonly token: string
  /** @default the role that the stack has */
  readonly serviceRole?: string
  /** @default false */
  readonly disableRollback?: boolean
  /** In express mode; then what is said of the rollback goes into its settings. @default false */
  readonly express?: boolean
}

/** How to delete it. */
export interface DeleteStack {
  readonly token: string
  /**
   * In express mode: each row is complete when its deletion is asked for. @default false
   * Source: CloudFormation user guide, express mode.
   */
  readonly express?: boolean
  /** Logical ids to leave in place; only of a stack in DELETE_FAILED. */
  readonly retain?: readonly string[]
  /** Leaves in place whatever cannot be deleted, in nested stacks too; only of a stack in DELETE_FAILED. @default false */
  readonly force?: boolean
}

/** CloudFormation. */
export interface Stacks {
  /** Undefined only when AWS says that it does not exist; a deleted stack is still found by its id for 90 days. */
  describe(nameOrId: string): Promise<StackDescription | undefined>
  /**
   * All stacks that exist in the region, nested ones too, by one call; undefined where they do not fit into one page (of
   * 1 MB), or where the caller may only ask for some by their names. Source: CloudFormation API reference, DescribeStacks.
   */
  atOnce(): Promise<readonly StackDescription[] | undefined>
  /** Starts a creation with CAPABILITY_IAM and CAPABILITY_NAMED_IAM and returns the stack id. */
  create(stack: CreateStack): Promise<string>
  /** Starts an update; "no-changes" when AWS finds nothing to do. */
  update(stack: UpdateStack): Promise<'started' | 'no-changes'>
  /** Starts a deletion; a stack that does not exist, or is being deleted, is no error. */
  delete(nameOrId: string, options: DeleteStack): Promise<void>
  /**
   * Stops an update that runs; CloudFormation then undoes it.
   * @throws McpgwError STACK_BUSY when no update runs that could still be stopped
   */
  cancelUpdate(nameOrId: string, options: {readonly token: string}): Promise<void>
  /** Continues a rollback that got stuck (UPDATE_ROLLBACK_FAILED), leaving out resources by their logical ids. */
  continueRollback(
    nameOrId: string,
    options: {readonly token: string; readonly skip?: readonly string[]},
  ): Promise<void>
  /** The template that the stack was last given, as it was written. */
  template(nameOrId: string): Promise<string>
  /** All resources (ListStackResources; DescribeStackResources stops at 100). Empty when the stack does not exist. */
  resources(nameOrId: string): Promise<readonly StackResource[]>
  /** Every stack of the region, those too that were deleted in the last 90 days, the newest first. */
  list(): Promise<readonly StackEntry[]>
  /** What these stacks export. */
  exportsOf(stackIds: ReadonlySet<string>): Promise<readonly {name: string; stackId: string}[]>
  /** Names of the stacks that import an export. */
  importsOf(exportName: string): Promise<readonly string[]>
  /**
   * Events not in `seen` and not older than `since` (epoch ms), oldest first, ties in AWS's order. Reads back
   * only to the first page that holds a seen or older event. Empty when the stack does not exist.
   */
  newEvents(
    stackId: string,
    options: {readonly seen: ReadonlySet<string>; readonly since: number},
  ): Promise<readonly StackEvent[]>
}

const capabilities = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] as const
const onFailure = {rollback: 'ROLLBACK', keep: 'DO_NOTHING', delete: 'DELETE'} as const

export function createStacks(clients: Pick<Clients, 'cloudFormation'>): Stacks {
  const cloudFormation = clients.cloudFormation
  return {
    async describe(nameOrId) {
      const sdk = await cloudFormation()
      const answer = await unlessAbsent(
        () => sdk.describeStacks({StackName: nameOrId}),
        isMissingStack,
        undefined,
      )
      const stack = answer?.Stacks?.[0]
      return stack && descriptionOf(stack)
    },

    async atOnce() {
      const sdk = await cloudFormation()
      const page = await unlessAbsent(() => sdk.describeStacks({}), isDenied, undefined)
      return page === undefined || page.NextToken ? undefined : (page.Stacks ?? []).map(descriptionOf)
    },

    async create({
      name,
      templateUrl,
      parameters,
      tags,
      onFailure: whenFailed,
      express = false,
      serviceRole,
      token,
    }) {
      const sdk = await cloudFormation()
      const {StackId: id = ''} = await sdk.createStack({
        StackName: name,
        TemplateURL: templateUrl,
        Parameters: parameterList(parameters),
        Tags: tagList(tags),
        Capabilities: [...capabilities],
        // CloudFormation rejects both together. Source: aws/aws-sam-cli pull request 9106.
        ...(express
          ? {DeploymentConfig: {Mode: 'EXPRESS', DisableRollback: whenFailed === 'keep'}}
          : {OnFailure: onFailure[whenFailed]}),
        RoleARN: serviceRole,
        ClientRequestToken: token,
      })
      return id
    },

    async update({
      name,
      templateUrl,
      parameters,
      usePrevious,
      tags,
      token,
      serviceRole,
      disableRollback = false,
      express = false,
    }) {
      const sdk = await cloudFormation()
      const kept = usePrevious.map(key => ({ParameterKey: key, UsePreviousValue: true}))
      const start = async () => {
        await sdk.updateStack({
          StackName: name,
          ...(templateUrl === undefined ? {UsePreviousTemplate: true} : {TemplateURL: templateUrl}),
          Parameters: [...parameterList(parameters), ...kept],
          Tags: tags && tagList(tags),
          Capabilities: [...capabilities],
          RoleARN: serviceRole,
          ClientRequestToken: token,
          // CloudFormation rejects both together. Source: aws/aws-sam-cli pull request 9106.
          ...(express
            ? {DeploymentConfig: {Mode: 'EXPRESS', DisableRollback: disableRollback}}
            : {DisableRollback: disableRollback}),
        })
        return 'started' as const
      }
      return unlessAbsent(start, isNothingToUpdate, 'no-changes' as const)
    },

    async delete(nameOrId, {token, express = false, retain = [], force = false}) {
      const sdk = await cloudFormation()
      await unlessAbsent(
        () =>
          sdk.deleteStack({
            StackName: nameOrId,
            ClientRequestToken: token,
            ...(express && {DeploymentConfig: {Mode: 'EXPRESS'}}),
            ...(retain.length > 0 && {RetainResources: [...retain]}),
            ...(force && {DeletionMode: 'FORCE_DELETE_STACK'}),
          }),
        isMissingStack,
        undefined,
      )
    },

    async cancelUpdate(nameOrId, {token}) {
      const sdk = await cloudFormation()
      await sdk.cancelUpdateStack({StackName: nameOrId, ClientRequestToken: token})
    },

    async continueRollback(nameOrId, {token, skip = []}) {
      const sdk = await cloudFormation()
      await sdk.continueUpdateRollback({
        StackName: nameOrId,
        ClientRequestToken: token,
        ResourcesToSkip: skip.length === 0 ? undefined : [...skip],
      })
    },

    async template(nameOrId) {
      const sdk = await cloudFormation()
      return (await sdk.getTemplate({StackName: nameOrId, TemplateStage: 'Original'})).TemplateBody ?? ''
    },

    async resources(nameOrId) {
      const sdk = await cloudFormation()
      const found = await unlessAbsent(() => resourceSummaries(sdk, nameOrId), isMissingStack, [])
      return found.map(resourceOf)
    },

    async list() {
      const sdk = await cloudFormation()
      const all = await allPages(async token => {
        const page = await sdk.listStacks({NextToken: token})
        return {items: page.StackSummaries, token: page.NextToken}
      })
      return all.map(({StackId: id = '', StackName: name = '', StackStatus: status = '', ...more}) => ({
        ...{id, name, status},
        rootId: more.RootId ?? more.ParentId,
        updatedAt: more.LastUpdatedTime?.getTime(),
      }))
    },

    async exportsOf(stackIds) {
      const sdk = await cloudFormation()
      const all = await allPages(async token => {
        const page = await sdk.listExports({NextToken: token})
        return {items: page.Exports, token: page.NextToken}
      })
      return all.flatMap(({Name, ExportingStackId}) =>
        Name === undefined || ExportingStackId === undefined || !stackIds.has(ExportingStackId)
          ? []
          : [{name: Name, stackId: ExportingStackId}],
      )
    },

    async importsOf(exportName) {
      const sdk = await cloudFormation()
      return allPages(async token => {
        const page = await unlessAbsent(
          () => sdk.listImports({ExportName: exportName, NextToken: token}),
          isNotImported,
          undefined,
        )
        return {items: page?.Imports, token: page?.NextToken}
      })
    },

    async newEvents(stackId, {seen, since}) {
      const sdk = await cloudFormation()
      const found = await unlessAbsent(() => eventsBackTo(sdk, stackId, seen, since), isMissingStack, [])
      return withFindings(sdk, stackId, found)
    },
  }
}

/** When the operation that `stack.status` speaks of began (epoch ms): the `since` for following it. */
export function operationStartedAt(stack: StackDescription): number {
  const {createdAt, updatedAt, deletedAt} = stack
  switch (operationOf(stack.status)) {
    case 'delete':
      return deletedAt ?? updatedAt ?? createdAt
    case 'update':
      return updatedAt ?? createdAt
    default:
      return createdAt
  }
}

/** CloudFormation's words for an export that nobody imports, and for one that does not exist. */
function isNotImported(error: unknown): boolean {
  return /is not imported by any stack|does not exist/.test(messageOf(error))
}

function resourceSummaries(sdk: CloudFormation, nameOrId: string) {
  return allPages(async token => {
    const page = await sdk.listStackResources({StackName: nameOrId, NextToken: token})
    return {items: page.StackResourceSummaries, token: page.NextToken}
  })
}

/** AWS gives the newest events first, 100 a page, and has no filter. */
async function eventsBackTo(
  sdk: CloudFormation,
  stackId: string,
  seen: ReadonlySet<string>,
  since: number,
): Promise<readonly StackEvent[]> {
  const newestFirst: StackEvent[] = []
  let token: string | undefined
  do {
    const page = await sdk.describeStackEvents(withoutSeen({StackName: stackId, NextToken: token}, seen))
    const events = (page.StackEvents ?? []).map(eventOf)
    // The whole page is read, because an event can arrive late and be listed below one that was seen before.
    const wanted = events.filter(event => event.at >= since && !seen.has(event.eventId))
    newestFirst.push(...wanted)
    token = wanted.length === events.length ? page.NextToken || undefined : undefined
  } while (token !== undefined)
  return newestFirst.reverse()
}
