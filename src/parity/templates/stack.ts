import {childStacks} from '../../environment/stacks.js'
import {
  checkRules,
  createResolver,
  type Lookups,
  type Resolver,
  type ResourceDeclaration,
  resolveParameters,
  type Template,
  TemplateError,
  type ValueMap,
} from '../../template/index.js'
import type {Choice} from './choice.js'
import type {DeployedExport, DeployedImport, DeployedResource, DeployedStack} from './deployed.js'
import {standIn} from './references.js'
import type {Label, TemplateSet} from './template-set.js'

export type Given = Readonly<Record<string, string>>

/** Where stacks find each other. */
export interface Account {
  readonly templates: TemplateSet
  readonly choice: Choice
  /** Those that are known so far; grows. */
  readonly stacks: Stack[]
}

/** One stack, of which everything is evaluated when it is first read, and then remembered. */
export class Stack implements DeployedStack {
  readonly template: Template
  readonly parameters: Readonly<Record<string, string>>
  readonly resolver: Resolver
  readonly #account: Account
  readonly #imports = new Map<string, DeployedImport>()
  #resources: DeployedResource[] | undefined
  #exports: DeployedExport[] | undefined
  #outputs: {name: string; value: string; exportName?: string}[] | undefined

  constructor(
    account: Account,
    readonly label: Label,
    readonly name: string,
    readonly given: Given,
    readonly existingBefore: readonly Label[],
  ) {
    const {choice} = account
    this.#account = account
    this.template = account.templates[label]
    this.parameters = resolveParameters(this.template, given)
    const input = {
      template: this.template,
      parameters: this.parameters,
      pseudo: {
        'AWS::AccountId': choice.account,
        'AWS::Region': choice.region,
        'AWS::Partition': choice.partition,
        'AWS::StackName': name,
        'AWS::StackId': `arn:${choice.partition}:cloudformation:${choice.region}:${choice.account}:stack/${name}/1`,
        'AWS::URLSuffix': choice.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
        'AWS::NotificationARNs': [],
      },
      lookups: this.#lookups(),
    }
    this.resolver = createResolver(input)
    const [broken] = checkRules(input)
    if (broken !== undefined)
      throw new TemplateError(`${label}: ${broken.message}`, {
        source: this.template.source,
        line: broken.line,
      })
  }

  get templates(): TemplateSet {
    return this.#account.templates
  }

  get resources(): readonly DeployedResource[] {
    this.#resources ??= this.resolver.activeResources().map(id => this.#resource(id))
    return this.#resources
  }

  get outputs(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#evaluatedOutputs().map(({name, value}) => [name, value]))
  }

  get exports(): readonly DeployedExport[] {
    this.#exports ??= this.#evaluatedOutputs().flatMap(({name, value, exportName}) =>
      exportName === undefined ? [] : [{name: exportName, value, output: name}],
    )
    return this.#exports
  }

  get imports(): readonly DeployedImport[] {
    this.#evaluatedOutputs()
    for (const {properties} of this.resources) void properties
    return [...this.#imports.values()]
  }

  #evaluatedOutputs() {
    this.#outputs ??= this.resolver.activeOutputs().flatMap(name => this.resolver.output(name) ?? [])
    return this.#outputs
  }

  #resource(logicalId: string): DeployedResource {
    const declaration = this.template.resources[logicalId] as ResourceDeclaration
    const {resolver} = this
    let properties: ValueMap | undefined
    return {
      stack: this.label,
      logicalId,
      type: declaration.type,
      declaration,
      get properties() {
        properties ??= resolver.properties(logicalId)
        return properties
      },
    }
  }

  #lookups(): Lookups {
    const {stacks} = this.#account
    return {
      ref: logicalId => standIn({stack: this.label, logicalId}),
      getAtt: (logicalId, attribute) => {
        const output = /^Outputs\.(.+)$/.exec(attribute)?.[1]
        if (output === undefined) return standIn({stack: this.label, logicalId, attribute})
        const value = stackIn(stacks, childLabel(logicalId)).outputs[output]
        if (value === undefined)
          throw new TemplateError(`${logicalId} has no output ${output}`, {source: this.template.source})
        return value
      },
      importValue: name => {
        for (const stack of stacks) {
          const found = stack === this ? undefined : stack.exports.find(candidate => candidate.name === name)
          if (found === undefined) continue
          this.#imports.set(name, {name, from: stack.label})
          return found.value
        }
        const {source} = this.template
        throw new TemplateError(`${this.label} imports ${name}, which no stack exports`, {source})
      },
      availabilityZones: region => ['a', 'b', 'c'].map(letter => `${region}${letter}`),
    }
  }
}

/** The stack that a resource of the main template nests. */
export function childLabel(logicalId: string): Label {
  return childStacks.find(stack => stack.logicalId === logicalId)?.key ?? 'main'
}

export function stackIn(stacks: readonly Stack[], label: Label): Stack {
  const stack = stacks.find(candidate => candidate.label === label)
  if (stack === undefined) throw new Error(`There is no stack ${label} under this choice`)
  return stack
}
