import type {ParityDifference, ParityResource, ParityResult} from '../../results/parity.js'
import type {Json} from '../json.js'
import {covers, coversAny, memberOf} from '../plan/masks.js'
import type {TerraformPlan, TerraformResource} from '../plan/resource.js'
import type {SecretValues} from '../plan/secret-values.js'
import type {Choice} from '../templates/choice.js'
import type {TemplateSet} from '../templates/template-set.js'
import type {Judged} from './judge-accepted.js'
import type {Compared} from './resources.js'
import {type AttributeVerdict, verdicts} from './verdict.js'

/** What a result is about, beside what came of it. */
export interface About {
  readonly plan: TerraformPlan
  readonly templates: TemplateSet
  readonly choice: Choice
  readonly environment: string
}

/** The result as users get it, without a secret value in it. */
export function resultOf({plan, templates, choice, environment}: About, judged: Judged): ParityResult {
  const parameters = Object.entries(choice.parameters)
  const isSecret = (name: string) => templates.main.parameters[name]?.noEcho === true
  const given = parameters.filter(([name, value]) => isSecret(name) && value !== '').map(([, value]) => value)
  const secrets = plan.secrets.and({secrets: new Set(given), names: '', open: new Set()})
  const resources = judged.resources.map(compared => resourceOf(compared, secrets))
  const count = (verdict: ParityResource['verdict']) =>
    resources.filter(one => one.verdict === verdict).length
  return {
    environment,
    region: choice.region,
    layout: 'nested',
    plan: {
      tool: plan.tool,
      version: plan.version,
      formatVersion: plan.formatVersion,
      resources: plan.resources.length,
    },
    partial: plan.partial,
    parameters: Object.fromEntries(
      parameters.filter(([name]) => !isSecret(name)).map(([name, value]) => [name, secrets.text(value)]),
    ),
    totals: {
      same: count('same'),
      accepted: count('accepted'),
      different: count('different'),
      unknown: count('unknown'),
      missing: count('missing'),
      onlyHere: judged.onlyHere.length,
    },
    resources,
    onlyHere: judged.onlyHere.map(({resource: {stack, logicalId, type}, verdict, reason}) => {
      return {stack, logicalId, type, verdict, reason}
    }),
    stale: judged.stale,
    deadPatterns: judged.deadPatterns,
  }
}

function resourceOf({resource, mapping, verdicts: found}: Compared, secrets: SecretValues): ParityResource {
  const counterpart = mapping?.counterpart
  return {
    address: secrets.text(resource.address),
    type: resource.type,
    verdict: worst(found),
    counterpart:
      counterpart === undefined
        ? null
        : {
            kind: counterpart.kind,
            resource: counterpart.kind === 'nothing' ? null : counterpart.resource,
            reason: counterpart.kind === 'nothing' ? counterpart.reason : null,
          },
    differences:
      counterpart?.kind === 'nothing' ? [] : found.map(one => differenceOf(one, resource, secrets)),
  }
}

function worst(found: readonly AttributeVerdict[]): ParityResource['verdict'] {
  return verdicts.find(verdict => found.some(one => one.verdict === verdict)) ?? 'same'
}

function differenceOf(
  {attribute, property, verdict, terraform, here, reason}: AttributeVerdict,
  {sensitive}: TerraformResource,
  secrets: SecretValues,
): ParityDifference {
  // Behind a mask not even that two values are not the same tells what they are.
  const isHidden = attribute !== null && isSensitive(sensitive, attribute.split('.'))
  const shown = (value: Json | undefined) => {
    if (value === undefined) return null
    return isHidden ? secrets.hide(value, true) : secrets.hide(value)
  }
  return {
    attribute: attribute === null ? null : secrets.text(attribute),
    property: property === null ? null : secrets.text(property),
    verdict,
    terraform: shown(terraform),
    here: shown(here),
    reason: reason ?? null,
  }
}

/** Whether a mask covers a path, or something below it. */
function isSensitive(mask: Json, path: readonly string[]): boolean {
  return (
    covers(mask, path) || coversAny(path.reduce<Json | undefined>((at, step) => memberOf(at, step), mask))
  )
}
