import type {Choice} from '../../../src/parity/templates/choice.js'
import type {Deployed, DeployedResource} from './deployed.js'
import type {TemplateSet} from './template-set.js'

/** What a property judges: the templates, and what they become under one choice. */
export interface World {
  readonly templates: TemplateSet
  readonly deployed: Deployed
  readonly choice: Choice
}

/** Something that holds for the templates whatever is chosen. */
export interface Property {
  /** Short and stable: mutations name the property that must catch them. */
  readonly id: string
  /** What holds, as a sentence. */
  readonly title: string
  /**
   * Each place where it does not hold, as `stack.LogicalId: what is wrong`. Also when there are fewer things to judge
   * than there have to be: a property of nothing would always hold.
   */
  violations(world: World): string[]
}

/** What may be wrong with one thing; `false` and `undefined` are nothing. */
export type Findings = readonly (string | false | undefined)[]

/** Judges each resource, and that there are enough of them. */
export function judgeEach(
  resources: readonly DeployedResource[],
  {atLeast, what}: {atLeast: number; what: string},
  judge: (resource: DeployedResource) => Findings,
): string[] {
  return [
    ...tooFew(resources, atLeast, what),
    ...resources.flatMap(resource => located(placeOf(resource), judge(resource))),
  ]
}

/** The violation of judging fewer than `atLeast` things. */
export function tooFew(found: readonly unknown[], atLeast: number, what: string): string[] {
  return found.length >= atLeast ? [] : [`${found.length} ${what} found, where there are at least ${atLeast}`]
}

/** Findings that say where. */
export function located(place: string, findings: Findings): string[] {
  return findings.flatMap(finding => (finding ? [`${place}: ${finding}`] : []))
}

/** `stack.LogicalId`. */
export function placeOf({stack, logicalId}: {stack: string; logicalId: string}): string {
  return `${stack}.${logicalId}`
}

/** Says so when a value is not what it must be. Compares as JSON, in which the order of members counts. */
export function differs(what: string, actual: unknown, expected: unknown): string | undefined {
  const [is, must] = [JSON.stringify(actual), JSON.stringify(expected)]
  return is === must ? undefined : `${what} is ${is ?? 'missing'}, not ${must}`
}
