import type {Json} from '../json.js'
import type {TerraformResource} from '../plan/resource.js'
import type {Comparing} from './comparing.js'
import {isEmpty, memberOf} from './path.js'
import {portsOf, protocolOf, type Rule} from './rule.js'
import {listOf} from './scalars.js'

/** Reads the rules that resources of a plan make for one group. */
export class RulesInPlan {
  readonly #group: string
  readonly #hints: readonly string[]
  readonly #comparing: Comparing

  /** @param hints what rules of the templates point at */
  constructor(group: string, hints: readonly string[], comparing: Comparing) {
    this.#group = group
    this.#hints = hints
    this.#comparing = comparing
  }

  /** None for a group without rules of its own. */
  of(resource: TerraformResource): Rule[] {
    const {type, values} = resource
    if (type === 'aws_security_group') {
      return (['ingress', 'egress'] as const).flatMap(direction =>
        listOf(values[direction] ?? []).flatMap(block => this.#rules(block, direction, resource)),
      )
    }
    const isEgress = type === 'aws_security_group_rule' ? values.type === 'egress' : type.includes('egress')
    return this.#rules(values, isEgress ? 'egress' : 'ingress', resource)
  }

  #rules(block: Json, direction: Rule['direction'], resource: TerraformResource): Rule[] {
    const protocol = protocolOf(memberOf(block, 'protocol') ?? memberOf(block, 'ip_protocol'))
    const ports = portsOf(protocol, memberOf(block, 'from_port'), memberOf(block, 'to_port'))
    const named = peerAttributes.flatMap(attribute => this.#peers(block, attribute, resource))
    const isSelf = String(memberOf(block, 'self')) === 'true'
    return (isSelf ? [...named, this.#group] : named).map(peer => ({direction, protocol, ports, peer}))
  }

  #peers(block: Json, attribute: string, resource: TerraformResource): (string | undefined)[] {
    const {values, configured} = this.#comparing
    const candidates = configured.of(resource, [attribute])
    // What nobody configures is unknown too, and a state tells what AWS made of it.
    if (memberOf(resource.unknownInPlan, attribute) === true && candidates === undefined) return []
    const value = memberOf(block, attribute)
    if (value !== undefined && value !== null) {
      return listOf(value).map(peer =>
        isEmpty(peer) ? undefined : String(values.terraform(peer, this.#hints, 'scalar')),
      )
    }
    if (candidates === undefined || memberOf(resource.unknown, attribute) === undefined) return []
    return candidates.isComplete && candidates.pointers.length === 1 ? [...candidates.pointers] : [undefined]
  }
}

/** Where the three forms of a rule in Terraform name peers. */
const peerAttributes: readonly string[] = [
  ...['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'source_security_group_id', 'security_groups'],
  ...['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'],
]
