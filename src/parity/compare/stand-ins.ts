import {member} from '../../template/value.js'
import type {Json} from '../json.js'
import type {Deployed, DeployedResource} from '../templates/deployed.js'
import {type Reference, replaceReferences} from '../templates/references.js'
import {aspectOf, pointer} from './aspects.js'
import {placeOf} from './place.js'
import {TextFinder} from './text-finder.js'

/** Attributes that are what a property says, or what the service takes where it says nothing. */
const told: Readonly<Record<string, {readonly property: string; readonly otherwise?: string}>> = {
  CidrBlock: {property: 'CidrBlock'},
  'Endpoint.Port': {property: 'Port', otherwise: '3306'},
}

/** Types that other resources are told of by an ARN with their name in it, and the part of the ARN before the name. */
const named: Readonly<Record<string, {readonly property: string; readonly arn: string}>> = {
  'AWS::Logs::LogGroup': {property: 'LogGroupName', arn: 'log-group:'},
  'AWS::ECR::Repository': {property: 'RepositoryName', arn: 'repository/'},
}

/** Writes what points at resources in the values of the templates: `<network.Vpc>`. */
export class StandIns {
  readonly #deployed: Deployed
  readonly #named: ReadonlyMap<string, string>
  readonly #finder: TextFinder

  constructor(deployed: Deployed) {
    this.#deployed = deployed
    this.#named = new Map(deployed.resources(...Object.keys(named)).flatMap(namesOf))
    this.#finder = new TextFinder(this.#named.keys())
  }

  /** Two of the same fingerprint write every text alike. */
  get fingerprint(): string {
    const properties = Object.values(told).flatMap(({property}) =>
      this.#deployed.resources().map(({properties}) => String(properties[property] ?? '')),
    )
    return [...[...this.#named].flat(), ...properties].join('\n')
  }

  text(text: string): string {
    const pointed = text.includes('<') ? replaceReferences(text, reference => this.#meaning(reference)) : text
    if (!pointed.includes('arn:')) return pointed
    const known = this.#finder.replace(pointed, found => this.#named.get(found) ?? found)
    // An ARN that is put together around what points at its resource means that resource.
    return known.replaceAll(/arn:[\w-]+:[\w-]+:[\w-]*:\d*:(?:[\w-]+[/:]?)?(?=<[a-z]+\.\w+>)/g, '')
  }

  #meaning(reference: Reference): string {
    const {stack, logicalId, attribute} = reference
    const rule = member(told, attribute ?? '')
    const value: Json | undefined = rule && this.#deployed.resource(reference)?.properties[rule.property]
    if (rule !== undefined && (value !== undefined || rule.otherwise !== undefined)) {
      return String(value ?? rule.otherwise)
    }
    return pointer(`${stack}.${logicalId}`, aspectOf(attribute))
  }
}

/** `log-group:/ecs/demo-registry`, which an ARN of the log group ends in. */
function namesOf(resource: DeployedResource): [string, string][] {
  const rule = member(named, resource.type)
  const name = rule && resource.properties[rule.property]
  if (rule === undefined || typeof name !== 'string' || name.includes('<')) return []
  return [[`${rule.arn}${name}`, pointer(placeOf(resource), null)]]
}

/** What a value points at, in order: `<network.Vpc>` and so on. */
export function pointersIn(value: Json): string[] {
  return pointersOf(typeof value === 'string' ? value : JSON.stringify(value))
}

export function pointersOf(text: string): string[] {
  return text.match(/<[a-z_]+\.[^<>\s]+>/g) ?? []
}

/** A text that is nothing but one pointer. */
export function isPointer(text: string): boolean {
  return /^<[a-z_]+\.[^<>\s]+>$/.test(text)
}
