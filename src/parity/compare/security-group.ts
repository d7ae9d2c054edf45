import type {TerraformResource} from '../plan/resource.js'
import type {DeployedResource} from '../templates/deployed.js'
import type {Comparing} from './comparing.js'
import type {Group, GroupVerdicts} from './group.js'
import {placeOf} from './place.js'
import {mayBe, type Rule, ruleText} from './rule.js'
import {rulesHere, standaloneRules} from './rules-here.js'
import {RulesInPlan} from './rules-in-plan.js'
import {pointersOf} from './stand-ins.js'
import {knownAfterApply} from './unknown.js'
import type {AttributeVerdict} from './verdict.js'

/** Compares rules of a security group by what they let through, however many resources they are spread over. */
export function compareSecurityGroup(
  {here, pointer, resources}: Group,
  all: readonly DeployedResource[],
  comparing: Comparing,
): GroupVerdicts {
  const standalone = standaloneRules(all, pointer, comparing.values)
  const ours = rulesHere(here, standalone, comparing.values)
  const texts = new Set(ours.map(ruleText))
  const hints = ours.flatMap(({peer = ''}) => pointersOf(peer))
  const plan = new RulesInPlan(pointer, hints, comparing)
  const theirs = resources.map(resource => [resource, plan.of(resource)] as const)
  return {
    byAddress: new Map(
      theirs.map(([resource, rules]) => [
        resource.address,
        [...wrongGroup(resource, pointer, comparing), ...rules.flatMap(rule => judge(rule, texts, ours))],
      ]),
    ),
    onlyHere: notInPlan(
      ours,
      theirs.flatMap(([, rules]) => rules),
    ),
    parts: standalone.map(placeOf),
  }
}

function judge(rule: Rule, texts: ReadonlySet<string>, ours: readonly Rule[]): AttributeVerdict[] {
  const text = ruleText(rule)
  if (texts.has(text)) return []
  if (ours.some(our => mayBe(rule, our))) {
    return [{attribute: 'rule', property: null, verdict: 'unknown', terraform: text, reason: knownAfterApply}]
  }
  return [{attribute: 'rule', property: null, verdict: 'different', terraform: text}]
}

function notInPlan(ours: readonly Rule[], theirs: readonly Rule[]): AttributeVerdict[] {
  const known = new Set(theirs.map(ruleText))
  return ours
    .filter(rule => !known.has(ruleText(rule)))
    .map((rule): AttributeVerdict => {
      const property = rule.direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress'
      const at = {attribute: null, property, here: ruleText(rule)}
      return theirs.some(their => mayBe(their, rule))
        ? {...at, verdict: 'unknown', reason: knownAfterApply}
        : {...at, verdict: 'different'}
    })
}

/** A rule of a group that is mapped to another one. */
function wrongGroup(
  resource: TerraformResource,
  pointer: string,
  {values, configured}: Comparing,
): AttributeVerdict[] {
  if (resource.type === 'aws_security_group') return []
  const {security_group_id: group} = resource.values
  const candidates = configured.of(resource, ['security_group_id'])
  const known =
    typeof group === 'string' ? [String(values.terraform(group, [], 'scalar'))] : candidates?.pointers
  if (known === undefined || known.includes(pointer)) return []
  const terraform = known.length === 1 ? (known[0] ?? null) : known
  return [{attribute: 'security_group_id', property: null, verdict: 'different', terraform, here: pointer}]
}
