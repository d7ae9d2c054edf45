import {createResolver, type Lookups, type Template} from '../../template/index.js'

/** A template with the values that its parameters have, or will have. */
export interface Version {
  readonly template: Template
  readonly parameters: Readonly<Record<string, string>>
  readonly pseudo: {
    readonly 'AWS::AccountId': string
    readonly 'AWS::Region': string
    readonly 'AWS::Partition': string
  }
}

/**
 * Names of exports that an update changes or takes away: whose expression comes to something else, or reads a resource
 * in whose place another one is made. What resources give is compared by name, because nobody knows their new values yet.
 * @param isReplaced whether another resource surely takes the place of the one with this logical id
 */
export function changedExports(
  before: Version,
  after: Version,
  isReplaced: (logicalId: string) => boolean,
): readonly string[] {
  const old = exportsOf(
    before,
    marks(() => false),
  )
  const now = exportsOf(after, marks(isReplaced))
  return [...old]
    .filter(
      ([name, value]) =>
        !now.has(name) || (isTold(value) && isTold(now.get(name)) && now.get(name) !== value),
    )
    .map(([name]) => name)
}

function isTold(value: string | undefined): value is string {
  return value !== undefined
}

/** Stands for what is read of a resource, and for what is not known of it yet. */
function marks(isReplaced: (logicalId: string) => boolean): Lookups {
  const mark = (logicalId: string, attribute: string) =>
    `<${isReplaced(logicalId) ? 'another ' : ''}${logicalId}.${attribute}>`
  return {
    ref: logicalId => mark(logicalId, 'Ref'),
    getAtt: (logicalId, attribute) => mark(logicalId, attribute),
    importValue: name => `<import ${name}>`,
    availabilityZones: region => [0, 1, 2, 3, 4, 5].map(index => `<zone ${index} of ${region}>`),
  }
}

/**
 * Values by export name; undefined for what cannot be told without its resources, such as a part of a list: that it
 * changes is then seen by CloudFormation alone, which takes the update back.
 */
function exportsOf(
  {template, parameters, pseudo}: Version,
  lookups: Lookups,
): ReadonlyMap<string, string | undefined> {
  const defaults = Object.entries(template.parameters).flatMap(([name, declared]) =>
    declared.default === undefined ? [] : [[name, declared.default] as const],
  )
  const values = {...Object.fromEntries(defaults), ...parameters}
  const resolver = createResolver({template, parameters: values, pseudo, lookups})
  const found = new Map<string, string | undefined>()
  for (const name of resolver.activeOutputs()) {
    const {exportName} = template.outputs[name] ?? {}
    if (exportName === undefined) continue
    try {
      found.set(String(resolver.value(exportName)), resolver.output(name)?.value)
    } catch {
      found.set(String(resolver.value(exportName)), undefined)
    }
  }
  return found
}
