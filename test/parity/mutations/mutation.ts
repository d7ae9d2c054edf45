import type {ParityResult} from '../../../src/results/parity.js'

/** Something that was changed on one side, and what must be told of it. */
export interface Mutation<Change> {
  readonly name: string
  readonly change: Change
  /** The address in the plan, or the resource of the templates, `network.Vpc`. */
  readonly where: string
  /** The attribute or property; empty where a resource is missing as a whole. */
  readonly what: string
  /** What is changed, where it is something else than `where`: changes of one thing are not made together. */
  readonly touches?: string
}

/** What is not listed as accepted, a line a difference, by everything that it is named by. */
export function findings({resources, onlyHere, stale}: ParityResult): string[] {
  return [
    ...resources.flatMap(({address, counterpart, differences}) =>
      differences
        .filter(({verdict}) => verdict === 'different' || verdict === 'missing')
        .map(({attribute, property, terraform, here, verdict}) =>
          [address, counterpart?.resource, attribute, property, verdict, ...[terraform, here].map(text)].join(
            ' ',
          ),
        ),
    ),
    ...onlyHere
      .filter(({verdict}) => verdict === 'different')
      .map(({stack, logicalId}) => `${stack}.${logicalId} is only here`),
    ...stale.map(({resource, attribute}) => `${resource} ${attribute} does not occur`),
  ]
}

function text(value: unknown): string {
  return JSON.stringify(value)
}
