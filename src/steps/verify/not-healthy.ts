import {McpgwError} from '../../errors.js'
import type {Health} from '../../results.js'

/** The environment was looked at and is not well: a result (exit code 1), with everything that was found. */
export class NotHealthy extends McpgwError {
  readonly health: Health

  constructor(health: Health, hint: string) {
    const {services, targetGroups, endpoints, links} = health
    const tried = links.filter(({hint}) => hint !== null)
    const problems = [...services, ...targetGroups, ...endpoints, ...tried].filter(({ok}) => !ok)
    const names = problems.map(({name}) => name).join(', ')
    super(`The environment is not healthy: ${names}.`, {code: 'NOT_HEALTHY', exitCode: 1, hint})
    this.health = health
  }
}
