import type {Health, PreflightResult} from '../results.js'

/** One thing that was checked, as reports for CI know it. */
export interface ReportedCheck {
  /** What it belongs to: a kind of thing, or a place. */
  readonly group: string
  readonly name: string
  readonly verdict: 'passed' | 'warned' | 'failed' | 'skipped'
  /** What was found; empty where there is nothing to say. */
  readonly detail: string
  /** What to do; empty where that is nothing. */
  readonly advice: string
}

/** What a command has checked. */
export interface CheckReport {
  /** The command and the environment. */
  readonly title: string
  readonly checks: readonly ReportedCheck[]
}

/** Everything that verify looked at. Resources are told together, as it names none that are well. */
export function healthChecks(health: Health, environment: string): CheckReport {
  const {services, targetGroups, endpoints, links, resources, resourcesChecked} = health
  const one =
    (group: string) => (thing: {name: string; ok: boolean; reason: string | null; hint?: string | null}) => ({
      group,
      name: thing.name,
      verdict: thing.ok ? ('passed' as const) : ('failed' as const),
      detail: thing.reason ?? '',
      advice: thing.hint ?? '',
    })
  const wrong = resources.map(({name, ok, reason, hint}) => ({
    group: 'resources',
    name,
    verdict: ok === false ? ('failed' as const) : ('skipped' as const),
    detail: reason,
    advice: hint,
  }))
  const others = resourcesChecked - resources.filter(({ok}) => ok === false).length
  const well = {
    group: 'resources',
    name: `${others} resources are as they were made`,
    verdict: 'passed' as const,
    detail: '',
    advice: '',
  }
  return {
    title: `mcpgw verify ${environment}`,
    checks: [
      ...services.map(one('services')),
      ...targetGroups.map(one('target groups')),
      ...endpoints.map(one('endpoints')),
      ...links.map(one('links')),
      ...wrong,
      ...(others > 0 ? [well] : []),
    ],
  }
}

const verdicts = {pass: 'passed', warn: 'warned', block: 'failed', skip: 'skipped'} as const

/** Every check of preflight. */
export function preflightChecks({environment, checks}: PreflightResult): CheckReport {
  return {
    title: `mcpgw preflight ${environment}`,
    checks: checks.map(({title, verdict, detail, advice}) => ({
      group: 'preflight',
      name: title,
      verdict: verdicts[verdict],
      detail,
      advice: advice ?? '',
    })),
  }
}
