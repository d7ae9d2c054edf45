import type {StackDescription, StackEntry, StackEvent, StackResource} from '../../src/aws/stack-data.js'
import type {Stacks} from '../../src/aws/stacks.js'
import type {Clock} from '../../src/clock.js'
import {childStacks, type StackKey} from '../../src/environment/stacks.js'

/** What happens to one resource when it is made; a reason makes it fail. */
export interface FakeResource {
  logicalId: string
  type: string
  fails?: string
}

interface FakeStack extends Omit<StackDescription, 'status' | 'reason'> {
  template: string
}

const nestedType = 'AWS::CloudFormation::Stack'

/**
 * CloudFormation as the workflows see it: a create, update or delete writes all its events at once, with time
 * stamps ahead of the clock, and they become visible as the clock moves on.
 */
export class FakeStacks implements Stacks {
  readonly calls: string[] = []
  /** How often it was asked for events. */
  asked = 0
  /** Leaf resources by template. */
  resourcesOf = new Map<string, FakeResource[]>([
    ['network-stack.yaml', [{logicalId: 'Vpc', type: 'AWS::EC2::VPC'}]],
    ['data-stack.yaml', [{logicalId: 'Database', type: 'AWS::RDS::DBCluster'}]],
    ['compute-stack.yaml', [{logicalId: 'BuildProject', type: 'AWS::CodeBuild::Project'}]],
    ['services-stack.yaml', [{logicalId: 'Registry', type: 'AWS::ECS::Service'}]],
  ])
  outputs: Record<string, string> = {}
  /** Called before a call is done; may throw in its place, or do what somebody else does at that moment. */
  before: (call: string) => void = () => {}
  /** Makes the next deletion of a stack of this label fail. */
  failDeletion: string | undefined
  /** Why. */
  failureReason = 'It is in use'
  readonly #clock: Clock
  readonly #stacks = new Map<string, FakeStack>()
  readonly #events = new Map<string, StackEvent[]>()
  #count = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Puts a stack there without any call, in any status. A root that holds something, or will, brings its nested stacks,
   * which are complete.
   */
  putStack(
    name: string,
    status: string,
    options: Partial<StackDescription> & {template?: string} = {},
  ): string {
    const {template = name.endsWith('-network') ? 'network-stack.yaml' : 'main-stack.yaml', ...rest} = options
    const id = this.#add(name, template, rest)
    if (template === 'main-stack.yaml' && /^(CREATE_(COMPLETE|IN_PROGRESS)$|UPDATE_|IMPORT_)/.test(status))
      this.#nest(id)
    this.#event(id, name, nestedType, status, 0, id)
    return id
  }

  /** Gives a root the resources of its nested stacks, and the stacks behind them. */
  #nest(id: string): void {
    const parent = this.#stacks.get(id)
    if (parent === undefined) throw new Error(id)
    for (const {logicalId, template} of childStacks) {
      const child = this.#child(parent, logicalId, template)
      this.#event(child, this.#stacks.get(child)?.name ?? '', nestedType, 'CREATE_COMPLETE', 0, child)
      this.#event(id, logicalId, nestedType, 'CREATE_COMPLETE', 0, child)
    }
  }

  /** What somebody has done to a nested stack of `root`, beside it: the root's resource says nothing of it. */
  alone(root: string, key: StackKey, status: string, inSeconds = 0): string {
    const {logicalId = ''} = childStacks.find(child => child.key === key) ?? {}
    const child = [...this.#stacks.values()].find(
      ({parentId, name}) => parentId === this.#find(root)?.id && name.includes(logicalId),
    )
    if (child === undefined) throw new Error(`no ${key} in ${root}`)
    this.#event(child.id, child.name, nestedType, status, inSeconds, child.id)
    return child.id
  }

  /** Writes an event of a running operation. */
  happen(
    id: string,
    logicalId: string,
    type: string,
    status: string,
    inSeconds: number,
    reason?: string,
  ): void {
    const physicalId = type === nestedType && logicalId === this.#stacks.get(id)?.name ? id : `${logicalId}-1`
    this.#event(id, logicalId, type, status, inSeconds, physicalId, reason)
  }

  async describe(nameOrId: string): Promise<StackDescription | undefined> {
    const stack = this.#find(nameOrId)
    if (stack === undefined) return undefined
    const {status, reason} = this.#last(stack.id)
    if (nameOrId === stack.name && status === 'DELETE_COMPLETE') return undefined
    return {...stack, status, reason}
  }

  /** Whether all stacks of the region fit into one page. */
  areFew = true
  async atOnce(): Promise<readonly StackDescription[] | undefined> {
    const names = new Set([...this.#stacks.values()].map(({name}) => name))
    const all = await Promise.all([...names].map(name => this.describe(name)))
    return this.areFew ? all.flatMap(stack => stack ?? []) : undefined
  }

  async create({name, templateUrl, parameters, tags}: Parameters<Stacks['create']>[0]): Promise<string> {
    this.before(`create ${name}`)
    this.calls.push(`create ${name}`)
    const template = templateUrl.split('/').at(-1) ?? ''
    const id = this.#add(name, template, {parameters, tags})
    this.#make(id, 'CREATE', 1)
    return id
  }

  async update({
    name,
    parameters,
    usePrevious,
  }: Parameters<Stacks['update']>[0]): Promise<'started' | 'no-changes'> {
    this.before(`update ${name}`)
    this.calls.push(`update ${name}`)
    const stack = this.#find(name)
    if (stack === undefined) throw new Error(`no ${name}`)
    const kept = Object.fromEntries(usePrevious.map(key => [key, stack.parameters[key] ?? '']))
    const wanted = {...kept, ...parameters}
    const isSame = Object.entries(wanted).every(([key, value]) => stack.parameters[key] === value)
    if (isSame) return 'no-changes'
    this.#stacks.set(stack.id, {...stack, parameters: wanted, updatedAt: this.#clock.now()})
    this.#make(stack.id, 'UPDATE', 0)
    return 'started'
  }

  async delete(nameOrId: string, _options?: Parameters<Stacks['delete']>[1]): Promise<void> {
    const stack = this.#find(nameOrId)
    if (stack === undefined) return
    this.before(`delete ${stack.name}`)
    this.calls.push(`delete ${stack.name}`)
    if (this.#last(stack.id).status === 'DELETE_IN_PROGRESS') return
    this.#stacks.set(stack.id, {...stack, deletedAt: this.#clock.now()})
    this.#unmake(stack.id, 0)
  }

  async cancelUpdate(nameOrId: string): Promise<void> {
    this.#undo('cancel', nameOrId)
  }

  async continueRollback(nameOrId: string): Promise<void> {
    this.#undo('continue', nameOrId)
  }

  /** The rollback of an update; it gets stuck when the next deletion is to fail. */
  #undo(what: string, nameOrId: string): void {
    const stack = this.#find(nameOrId)
    if (stack === undefined) throw new Error(`no ${nameOrId}`)
    this.before(`${what} ${stack.name}`)
    this.calls.push(`${what} ${stack.name}`)
    const events = this.#events.get(stack.id) ?? []
    // What was to come of the update no longer does.
    this.#events.set(
      stack.id,
      events.filter(({at}) => at <= this.#clock.now()),
    )
    this.#stacks.set(stack.id, {...stack, updatedAt: this.#clock.now()})
    this.#event(stack.id, stack.name, nestedType, 'UPDATE_ROLLBACK_IN_PROGRESS', 0, stack.id)
    const end = this.failDeletion === undefined ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_FAILED'
    if (this.failDeletion !== undefined)
      this.#event(
        stack.id,
        'Registry',
        'AWS::ECS::Service',
        'UPDATE_FAILED',
        10,
        'Registry-1',
        'still broken',
      )
    this.#event(stack.id, stack.name, nestedType, end, 20, stack.id)
  }

  /** No template is kept. */
  async template(_nameOrId: string): Promise<string> {
    return ''
  }

  async list(): Promise<readonly StackEntry[]> {
    return [...this.#stacks.values()].map(({id, name, parentId}) => ({
      ...{id, name, rootId: parentId, status: this.#last(id).status},
    }))
  }

  async exportsOf(_stackIds: ReadonlySet<string>): Promise<readonly {name: string; stackId: string}[]> {
    return []
  }

  async importsOf(_exportName: string): Promise<readonly string[]> {
    return []
  }

  async resources(nameOrId: string): Promise<readonly StackResource[]> {
    const stack = this.#find(nameOrId)
    if (stack === undefined) return []
    const rows = new Map<string, StackResource>()
    for (const {logicalId, physicalId, type, status, reason} of this.#visible(stack.id)) {
      if (physicalId !== stack.id) rows.set(logicalId, {logicalId, physicalId, type, status, reason})
    }
    return [...rows.values()]
  }

  async newEvents(stackId: string, {seen, since}: {seen: ReadonlySet<string>; since: number}) {
    this.asked += 1
    this.before(`events ${stackId.split('/')[1]}`)
    return this.#visible(stackId).filter(({eventId, at}) => at >= since && !seen.has(eventId))
  }

  #make(id: string, verb: 'CREATE' | 'UPDATE', start: number): {end: number; ok: boolean} {
    const stack = this.#stacks.get(id)
    if (stack === undefined) throw new Error(id)
    let at = start
    let ok = true
    this.#event(id, stack.name, nestedType, `${verb}_IN_PROGRESS`, at, id)
    for (const {logicalId, type, fails} of this.resourcesOf.get(stack.template) ?? []) {
      at += 10
      this.#event(id, logicalId, type, `${verb}_IN_PROGRESS`, at, '')
      at += 10
      this.#event(
        id,
        logicalId,
        type,
        `${verb}_${fails ? 'FAILED' : 'COMPLETE'}`,
        at,
        `${logicalId}-1`,
        fails,
      )
      ok &&= fails === undefined
    }
    if (stack.template === 'main-stack.yaml') {
      for (const {logicalId, template} of childStacks) {
        if (!ok) break
        const child = this.#child(stack, logicalId, template)
        this.#event(id, logicalId, nestedType, `${verb}_IN_PROGRESS`, at, child)
        const made = this.#make(child, verb, at + 1)
        at = made.end + 5
        ok = made.ok
        this.#event(
          id,
          logicalId,
          nestedType,
          `${verb}_${ok ? 'COMPLETE' : 'FAILED'}`,
          at,
          child,
          ok ? undefined : 'Embedded stack',
        )
      }
    }
    const failed = verb === 'CREATE' ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE'
    at += 5
    this.#event(id, stack.name, nestedType, ok ? `${verb}_COMPLETE` : failed, at, id)
    return {end: at, ok}
  }

  #child(parent: FakeStack, logicalId: string, template: string): string {
    const known = [...this.#stacks.values()].find(
      ({parentId, name}) => parentId === parent.id && name.includes(logicalId),
    )
    return (
      known?.id ??
      this.#add(`${parent.name}-${logicalId}-1A2B`, template, {parentId: parent.id, tags: parent.tags})
    )
  }

  #unmake(id: string, start: number): number {
    const stack = this.#stacks.get(id)
    if (stack === undefined) throw new Error(id)
    let at = start
    this.#event(id, stack.name, nestedType, 'DELETE_IN_PROGRESS', at, id)
    for (const child of [...this.#stacks.values()].filter(({parentId}) => parentId === id).reverse()) {
      const logicalId = child.name.split('-').at(-2) ?? ''
      this.#event(id, logicalId, nestedType, 'DELETE_IN_PROGRESS', at, child.id)
      at = this.#unmake(child.id, at + 1)
      this.#event(id, logicalId, nestedType, 'DELETE_COMPLETE', at, child.id)
    }
    const fails = this.failDeletion !== undefined && stack.name.endsWith(this.failDeletion)
    for (const {logicalId, type} of this.resourcesOf.get(stack.template) ?? []) {
      const status = fails ? 'DELETE_FAILED' : 'DELETE_COMPLETE'
      at += 10
      this.#event(id, logicalId, type, status, at, `${logicalId}-1`, fails ? this.failureReason : undefined)
    }
    at += 5
    this.#event(id, stack.name, nestedType, fails ? 'DELETE_FAILED' : 'DELETE_COMPLETE', at, id)
    return at
  }

  #add(name: string, template: string, rest: Partial<StackDescription>): string {
    const id = `arn:aws:cloudformation:us-west-2:123456789012:stack/${name}/${++this.#count}`
    const {parameters = {}, tags = {}, terminationProtection = false, parentId} = rest
    const outputs = rest.outputs ?? this.outputs
    this.#stacks.set(id, {
      id,
      name,
      template,
      parameters,
      tags,
      terminationProtection,
      parentId,
      outputs,
      createdAt: this.#clock.now(),
    })
    this.#events.set(id, [])
    return id
  }

  #event(
    id: string,
    logicalId: string,
    type: string,
    status: string,
    seconds: number,
    physicalId: string,
    reason?: string,
  ) {
    const events = this.#events.get(id)
    const stackName = this.#stacks.get(id)?.name ?? ''
    const at = this.#clock.now() + seconds * 1000
    events?.push({
      eventId: `${id}#${events.length}`,
      stackId: id,
      stackName,
      logicalId,
      physicalId,
      type,
      status,
      reason,
      at,
    })
  }

  #visible(id: string): StackEvent[] {
    return (this.#events.get(id) ?? []).filter(({at}) => at <= this.#clock.now())
  }

  #last(id: string): {status: string; reason?: string} {
    const own = this.#visible(id).filter(({physicalId}) => physicalId === id)
    return own.at(-1) ?? {status: 'CREATE_IN_PROGRESS'}
  }

  /** By id; by name the newest that is not deleted. */
  #find(nameOrId: string): FakeStack | undefined {
    const named = [...this.#stacks.values()].filter(({name}) => name === nameOrId).reverse()
    return (
      this.#stacks.get(nameOrId) ??
      named.find(({id}) => this.#last(id).status !== 'DELETE_COMPLETE') ??
      named[0]
    )
  }
}
