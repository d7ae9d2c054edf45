import type {ForeseenChange, ForeseenDetail} from '../../aws/foresee.js'

/** Whether another resource takes the place of the one that is there. */
export type Replacement = 'no' | 'maybe' | 'yes'

/** Attributes that a resource keeps as long as it is the same one. */
const lasting = /(^|\.)(Arn|[A-Za-z]*Id|Address|RepositoryUri|DNSName|DomainName)$/

/**
 * Which resources of a stack would be replaced, by logical id. CloudFormation says "Conditional" of every property that
 * only a new resource can have and that reads a resource which changes at all; where that one stays itself, what is read
 * of it (its name, its ARN) stays too, and nothing is replaced.
 * Source: CloudFormation API reference, ResourceChangeDetail, Evaluation.
 */
export function replacementsOf(changes: readonly ForeseenChange[]): ReadonlyMap<string, Replacement> {
  const byId = new Map(changes.map(change => [change.logicalId, change]))
  const known = new Map<string, Replacement>()

  function replacementOf(change: ForeseenChange): Replacement {
    const {logicalId, replacement} = change
    const before = known.get(logicalId)
    if (before !== undefined) return before
    // Against circles, of which a template has none.
    known.set(logicalId, 'maybe')
    const found = replacement === 'True' ? 'yes' : replacement === 'False' ? 'no' : byDetails(change)
    known.set(logicalId, found)
    return found
  }

  function byDetails({details}: ForeseenChange): Replacement {
    const recreating = details.filter(({recreates}) => recreates !== 'Never')
    if (recreating.length === 0) return 'maybe'
    return recreating.every(staysTheSame) ? 'no' : 'maybe'
  }

  function staysTheSame({isDynamic, resource}: ForeseenDetail): boolean {
    if (!isDynamic || resource === undefined) return false
    const [logicalId = '', ...attribute] = resource.split('.')
    const cause = byId.get(logicalId)
    if (cause === undefined || cause.action !== 'Modify' || replacementOf(cause) !== 'no') return false
    return attribute.length === 0 || lasting.test(attribute.join('.'))
  }

  for (const change of changes) replacementOf(change)
  return known
}
